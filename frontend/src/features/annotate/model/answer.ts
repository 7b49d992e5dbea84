import type { Answer } from "./desk";

/** A cell on which the person and what is known (or imported) say different things. */
export interface Difference {
  readonly slot: string;
  readonly aspect: string;
  readonly said: string;
  readonly expected: string;
}

/** Practice: the cells that are wrong under the gold's tolerance. Imported verdicts: every cell that differs. */
export function differencesOf(answer: Omit<Answer, "claimed">): Difference[] {
  const { feedback, suggestion } = answer;
  if (feedback)
    return feedback.cells
      .filter((cell) => cell.is_right === false)
      .map(({ slot, aspect, said, expected }) => ({ slot, aspect, said, expected }));
  return Object.entries(suggestion?.cells ?? {}).flatMap(([slot, row]) =>
    Object.entries(row).flatMap(([aspect, expected]) => {
      const said = answer.cells[slot]?.[aspect];
      return said === undefined || said === expected ? [] : [{ slot, aspect, said, expected }];
    }),
  );
}
