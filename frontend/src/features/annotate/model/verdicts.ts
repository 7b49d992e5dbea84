import { type Cells, type Change, type Judgement, type Region, severityAt } from "../../../canvas/judgement";
import { isFlagged, type Mark, type Severity } from "../../../lib/severity";
import type { Piece } from "./piece";

export const markAt = (judgement: Judgement, slot: string, aspect: string): Mark =>
  severityAt(judgement, slot, aspect) ?? "todo";

/** Pressed again and again: minor, major, no defect. */
export function nextSeverity(now: Mark, allowed: readonly string[]): Severity {
  const round: Severity[] = (["minor", "major", "none"] as const).filter((each) => allowed.includes(each));
  const at = round.indexOf(now as Severity);
  return round[(at + 1) % round.length] ?? "none";
}

const cell = (judgement: Judgement, slot: string, aspect: string, to: Severity | null): Change => ({
  type: "cell",
  slot,
  aspect,
  from: severityAt(judgement, slot, aspect),
  to,
});

export function cycled(judgement: Judgement, piece: Piece, slot: string, aspect: string): Change {
  const allowed = piece.aspects.find((each) => each.key === aspect)?.severities ?? [];
  return cell(judgement, slot, aspect, nextSeverity(markAt(judgement, slot, aspect), allowed));
}

/** Unsure and back to not judged. */
export const unsure = (judgement: Judgement, slot: string, aspect: string): Change =>
  cell(judgement, slot, aspect, severityAt(judgement, slot, aspect) === "unsure" ? null : "unsure");

export function openCells(judgement: Judgement, piece: Piece): { slot: string; aspect: string }[] {
  return piece.candidates.flatMap(({ slot }) =>
    piece.aspects.flatMap(({ key }) =>
      severityAt(judgement, slot, key) === null ? [{ slot, aspect: key }] : [],
    ),
  );
}

/** One key says that everything not judged yet is clean. Null when nothing was open. */
export function restClean(judgement: Judgement, piece: Piece): Change | null {
  const changes = openCells(judgement, piece).map(({ slot, aspect }) =>
    cell(judgement, slot, aspect, "none"),
  );
  return changes.length > 0 ? { type: "all", changes } : null;
}

/** The letters with the defect, or null while a cell of the aspect is open or unsure. */
export function answerOf(
  judgement: Judgement,
  piece: Piece,
  aspect: string,
  threshold: string,
): string[] | null {
  const marks = piece.candidates.map(({ slot, letter }) => ({
    letter,
    mark: markAt(judgement, slot, aspect),
  }));
  if (marks.some(({ mark }) => mark === "todo" || mark === "unsure")) return null;
  return marks
    .filter(({ mark }) => mark === "major" || (mark === "minor" && threshold !== "major"))
    .map(({ letter }) => letter);
}

/** Letters without any defect; null while something is open. */
export function usable(judgement: Judgement, piece: Piece, threshold: string): string[] | null {
  const answers = piece.aspects.map(({ key }) => answerOf(judgement, piece, key, threshold));
  if (answers.some((each) => each === null)) return null;
  const marked = new Set(answers.flatMap((each) => each ?? []));
  return piece.candidates.map(({ letter }) => letter).filter((letter) => !marked.has(letter));
}

export interface Issue {
  readonly kind: "open" | "region_open" | "region_clean";
  readonly slot: string;
  readonly aspect: string;
  readonly region?: Region;
}

/** What keeps this sample from being submitted, in the order in which `J` goes through it. */
export function issuesOf(judgement: Judgement, piece: Piece): Issue[] {
  const marked = judgement.regions.flatMap((region): Issue[] => {
    const mark = markAt(judgement, region.slot, region.aspect);
    const { slot, aspect } = region;
    if (mark === "todo") return [{ kind: "region_open", slot, aspect, region }];
    return mark === "none" ? [{ kind: "region_clean", slot, aspect, region }] : [];
  });
  const told = new Set(marked.map((each) => `${each.slot}/${each.aspect}`));
  const open = openCells(judgement, piece)
    .filter(({ slot, aspect }) => !told.has(`${slot}/${aspect}`))
    .map(({ slot, aspect }): Issue => ({ kind: "open", slot, aspect }));
  return [...marked, ...open];
}

export const judgedCount = (judgement: Judgement, piece: Piece): number =>
  piece.candidates.length * piece.aspects.length - openCells(judgement, piece).length;

/** "Sh 1", "Sh 2": numbered within their aspect over the whole sample. */
export function regionTags(regions: readonly Region[], piece: Piece): Map<string, string> {
  const counts = new Map<string, number>();
  return new Map(
    regions.map((region) => {
      const count = (counts.get(region.aspect) ?? 0) + 1;
      counts.set(region.aspect, count);
      const tag = piece.aspects.find((each) => each.key === region.aspect)?.tag ?? region.aspect.slice(0, 2);
      return [region.id, `${tag} ${count}`];
    }),
  );
}

/** Places somebody else points at: drawn beside one's own regions, and not one's own to change. */
export const pointedAt = (regions: readonly Region[], slot: string) =>
  regions
    .filter((region) => region.slot === slot)
    .map(({ id, shape }) => ({ id: `pointed ${id}`, tag: "?", mark: "unsure" as const, shape }));

/** A judgement's regions on one candidate, as the picture draws them. */
export const drawnAt = (judgement: Judgement, tags: ReadonlyMap<string, string>, slot: string) =>
  judgement.regions
    .filter((region) => region.slot === slot)
    .map(({ id, aspect, shape }) => ({
      id,
      tag: tags.get(id) ?? "",
      mark: markAt(judgement, slot, aspect),
      shape,
    }));

export const flaggedCells = (
  cells: Cells,
  piece: Piece,
): { slot: string; letter: string; aspect: string; mark: Mark }[] =>
  piece.candidates.flatMap(({ slot, letter }) =>
    piece.aspects.flatMap(({ key }) => {
      const mark: Mark = cells[slot]?.[key] ?? "todo";
      return isFlagged(mark) ? [{ slot, letter, aspect: key, mark }] : [];
    }),
  );

/** The first free name of a region: r1, r2 … */
export function freshRegionId(regions: readonly Region[]): string {
  const taken = new Set(regions.map((each) => each.id));
  let number = regions.length + 1;
  while (taken.has(`r${number}`)) number += 1;
  return `r${number}`;
}
