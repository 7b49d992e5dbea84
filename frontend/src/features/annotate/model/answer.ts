import type { Answer } from "./desk";
import type { Aspect, Candidate } from "./piece";

/** A cell on which the person and what is known (or imported) say different things. */
export interface Difference {
  readonly slot: string;
  readonly aspect: string;
  readonly said: string;
  readonly expected: string;
}

/**
 * Practice: the cells that are wrong under the gold's tolerance. Imported verdicts: every cell that differs.
 * In the order in which the person has candidates and aspects before them.
 */
export function differencesOf(
  answer: Omit<Answer, "claimed">,
  piece: {
    readonly candidates: readonly Pick<Candidate, "slot">[];
    readonly aspects: readonly Pick<Aspect, "key">[];
  },
): Difference[] {
  const place = (cell: Difference) =>
    piece.candidates.findIndex((each) => each.slot === cell.slot) * piece.aspects.length +
    piece.aspects.findIndex((each) => each.key === cell.aspect);
  return found(answer).sort((one, other) => place(one) - place(other));
}

function found({ cells, feedback, suggestion }: Omit<Answer, "claimed">): Difference[] {
  if (feedback)
    return feedback.cells
      .filter((cell) => cell.is_right === false)
      .map(({ slot, aspect, said, expected }) => ({ slot, aspect, said, expected }));
  return Object.entries(suggestion?.cells ?? {}).flatMap(([slot, row]) =>
    Object.entries(row).flatMap(([aspect, expected]) => {
      const said = cells[slot]?.[aspect];
      return said === undefined || said === expected ? [] : [{ slot, aspect, said, expected }];
    }),
  );
}
