import type { Severity } from "../lib/severity";
import type { Shape } from "./shapes";

/** A place on one candidate that shows a defect of one aspect. */
export interface Region {
  readonly id: string;
  readonly slot: string;
  readonly aspect: string;
  readonly shape: Shape;
  readonly note: string;
}
/** Slot → aspect → severity; a cell that is not there is not judged. */
export type Cells = Readonly<Record<string, Readonly<Record<string, Severity>>>>;
export interface Judgement {
  readonly cells: Cells;
  readonly regions: readonly Region[];
}
export const EMPTY: Judgement = { cells: {}, regions: [] };

export type Change =
  | {
      readonly type: "cell";
      readonly slot: string;
      readonly aspect: string;
      readonly from: Severity | null;
      readonly to: Severity | null;
    }
  | { readonly type: "region"; readonly from: Region | null; readonly to: Region | null }
  /** Several at once, undone at once. */
  | { readonly type: "all"; readonly changes: readonly Change[] };

export const severityAt = (judgement: Judgement, slot: string, aspect: string): Severity | null =>
  judgement.cells[slot]?.[aspect] ?? null;

function setCell(cells: Cells, slot: string, aspect: string, to: Severity | null): Cells {
  const { [aspect]: _, ...others } = cells[slot] ?? {};
  return { ...cells, [slot]: to === null ? others : { ...others, [aspect]: to } };
}

function setRegion(regions: readonly Region[], from: Region | null, to: Region | null): readonly Region[] {
  if (from === null) {
    if (to === null) throw new Error("a change of a region needs one");
    if (regions.some((each) => each.id === to.id)) throw new Error(`region ${to.id} is there already`);
    return [...regions, to];
  }
  if (!regions.some((each) => each.id === from.id)) throw new Error(`region ${from.id} is missing`);
  return regions.flatMap((each) => (each.id === from.id ? (to === null ? [] : [to]) : [each]));
}

/** A change to something missing, or from a value that does not stand there, is an error and never a warning. */
export function apply(judgement: Judgement, change: Change): Judgement {
  switch (change.type) {
    case "cell": {
      const stands = severityAt(judgement, change.slot, change.aspect);
      if (stands !== change.from)
        throw new Error(
          `${change.slot}/${change.aspect} is ${stands ?? "not judged"}, not ${change.from ?? "not judged"}`,
        );
      return { ...judgement, cells: setCell(judgement.cells, change.slot, change.aspect, change.to) };
    }
    case "region":
      return { ...judgement, regions: setRegion(judgement.regions, change.from, change.to) };
    case "all":
      return change.changes.reduce(apply, judgement);
  }
}

export function inverse(change: Change): Change {
  if (change.type === "all") return { type: "all", changes: change.changes.map(inverse).toReversed() };
  return { ...change, from: change.to, to: change.from } as Change;
}
