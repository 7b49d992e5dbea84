import type { GoldRequest, GoldRow } from "./api/gold";

export type Question = NonNullable<GoldRequest["questions"]>[number];

/** Gold as a file gives it: one JSON object a line. Throws with the number of the line that does not fit. */
export function questionsIn(text: string): Question[] {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    let found: unknown;
    try {
      found = JSON.parse(line);
    } catch {
      throw new Error(`${index + 1}`);
    }
    const row = found as Partial<Question> | null;
    if (typeof row?.sample !== "string" || typeof row.expected !== "object") throw new Error(`${index + 1}`);
    return [{ sample: row.sample, expected: row.expected, note: row.note ?? "" }];
  });
}

/** Slots of the cells that are checked, in their order. */
export const slotsOf = (row: Pick<GoldRow, "expected">): string[] => Object.keys(row.expected).toSorted();
