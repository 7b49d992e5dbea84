import { type Cells, type Judgement, severityAt } from "../../../canvas/judgement";
import type { Severity } from "../../../lib/severity";
import type { Piece } from "./piece";

export interface Opinion {
  readonly cells: Cells;
}
export interface TiedCell {
  readonly slot: string;
  readonly letter: string;
  readonly aspect: string;
  /** What each opinion says, in the order of the opinions. */
  readonly said: readonly (Severity | null)[];
}

/** A severity as a vote under the project's rule: has the defect, has it not, or no vote. */
export function voteOf(severity: Severity | null, threshold: string): boolean | null {
  if (severity === null || severity === "unsure") return null;
  return severity === "major" || (severity === "minor" && threshold !== "major");
}

/** The cells that the opinions leave open, and that a ruling must settle. */
export function tiedCells(
  opinions: readonly Opinion[],
  disputed: readonly string[],
  piece: Piece,
  threshold: string,
): TiedCell[] {
  return disputed.flatMap((aspect) =>
    piece.candidates.flatMap(({ slot, letter }): TiedCell[] => {
      const said = opinions.map((each) => each.cells[slot]?.[aspect] ?? null);
      const votes = new Set(said.map((each) => voteOf(each, threshold)));
      return votes.size === 1 && !votes.has(null) ? [] : [{ slot, letter, aspect, said }];
    }),
  );
}

const GRAVITY: readonly (Severity | null)[] = ["none", "minor", "major"];

/** What stands in a cell that needs no ruling: the gravest of equal votes, as the server merges them. */
export function agreed(opinions: readonly Opinion[], slot: string, aspect: string): Severity | null {
  const said = opinions.map((each) => each.cells[slot]?.[aspect] ?? null);
  return said.toSorted((a, b) => GRAVITY.indexOf(b) - GRAVITY.indexOf(a))[0] ?? null;
}

export const openTies = (ties: readonly TiedCell[], ruling: Judgement): TiedCell[] =>
  ties.filter(({ slot, aspect }) => severityAt(ruling, slot, aspect) === null);
