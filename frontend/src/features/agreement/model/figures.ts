import type { AgreementAspect, AgreementCell, AlphaFigure, OverlapFigure } from "../api/agreement";

/** Below this no conclusion should rest on the labels (Krippendorff 2019, ch. 12: 0.667 for tentative ones). */
export const FLOOR = 0.667;
/** Two people must share as many samples before their figure is worth a colour. */
export const LEAST_SHARED = 10;

export type By = "defect" | "severity" | "overlap";
/** One number with its interval, whatever it measures. */
export interface Figure {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** How many cells, or pairs of regions, it rests on. */
  readonly count: number;
  readonly alpha: AlphaFigure | null;
}

const ofAlpha = (alpha: AlphaFigure): Figure => ({
  value: alpha.alpha,
  low: alpha.low,
  high: alpha.high,
  count: alpha.units,
  alpha,
});
const ofOverlap = (overlap: OverlapFigure): Figure => ({
  value: overlap.mean,
  low: overlap.low,
  high: overlap.high,
  count: overlap.pairs,
  alpha: null,
});

export const figureOf = (of: AgreementAspect | AgreementCell, by: By): Figure =>
  by === "overlap" ? ofOverlap(of.overlap) : ofAlpha(of[by]);
export const answerOf = (aspect: AgreementAspect): Figure => ofAlpha(aspect.answer);

/** Overlap has no floor of its own; alpha is coloured by how far above the floor it lies. */
export type Tone = "undefined" | "low" | "some" | "good" | "high";
export function toneOf(value: number | null, by: By): Tone {
  if (value === null) return "undefined";
  if (by === "overlap") return value < 0.3 ? "some" : value < 0.6 ? "good" : "high";
  return value < FLOOR ? "low" : value < 0.75 ? "some" : value < 0.85 ? "good" : "high";
}

export const twoDigits = (value: number): string => value.toFixed(2);
export const span = (low: number | null, high: number | null): string =>
  low === null || high === null ? "" : `${twoDigits(low)}–${twoDigits(high)}`;

export interface WorstCell {
  readonly aspect: AgreementAspect;
  readonly cell: AgreementCell;
  readonly figure: Figure;
}
/** The cells people agree on least, where somebody differs at all. */
export function worstCells(aspects: readonly AgreementAspect[], by: By, most = 8): WorstCell[] {
  return aspects
    .flatMap((aspect) => aspect.cells.map((cell) => ({ aspect, cell, figure: figureOf(cell, by) })))
    .filter(({ figure, cell }) => figure.value !== null && cell.differing > 0)
    .toSorted((a, b) => (a.figure.value ?? 1) - (b.figure.value ?? 1))
    .slice(0, most);
}

/** A letter or two for a narrow place: "Mara Lind" → ML. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0]?.[0], words.at(-1)?.[0]] : [...(words[0] ?? "")].slice(0, 2);
  return letters.join("").toUpperCase();
}

/** One word for the end of a line in a chart. */
export function shortOf(name: string): string {
  if (/[\u4e00-\u9fff]/.test(name)) return name.slice(0, 4);
  const words = name.split(/\s+/).toSorted((a, b) => a.length - b.length);
  const word = (words.find((each) => each.length > 3) ?? name).slice(0, 10);
  return word.charAt(0).toUpperCase() + word.slice(1);
}
