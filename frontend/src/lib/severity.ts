/** The four severities of a cell, and `todo` for a cell that nobody judged. */
export type Severity = "none" | "minor" | "major" | "unsure";
export type Mark = Severity | "todo";
export const SEVERITIES: readonly Severity[] = ["none", "minor", "major", "unsure"];
export const isSeverity = (word: unknown): word is Severity => SEVERITIES.includes(word as Severity);
export const isFlagged = (mark: Mark): boolean => mark === "minor" || mark === "major";
