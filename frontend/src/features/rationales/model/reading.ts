import type { RationaleRow } from "../api/rationales";

/** `{{B}}` in a stored text becomes the letter B; slots are shown by their own letters here. */
export const plain = (text: string): string => text.replace(/\{\{\s*([A-H])\s*\}\}/g, "$1");

export const pictureAddress = (
  project: string,
  sha256: string,
  fit: "320" | "768" | "full" = "320",
): string => `/api/v1/projects/${project}/pictures/${sha256}?fit=${fit}`;

/** The original first, then the candidates by slot. */
export const picturesOf = (row: Pick<RationaleRow, "pictures">): readonly (readonly [string, string])[] =>
  Object.entries(row.pictures).sort(([a], [b]) => (a === "O" ? -1 : b === "O" ? 1 : a.localeCompare(b)));
