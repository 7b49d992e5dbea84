import type { What } from "../api/newBatch";

export type Source = "everything" | "samples" | "questions" | "batch";

/** Names as people paste them: one a line, or separated by commas, semicolons, spaces or tabs. */
export const namesIn = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];

/** The form's choice as the API takes it. Null while nothing is named. */
export function whatOf(form: {
  readonly source: Source;
  readonly names: string;
  /** The batch whose pieces are asked again, and whether only those that lack an opinion. */
  readonly batch?: string | null;
  readonly onlyUnfinished?: boolean;
  readonly onlyNotJudged: boolean;
  readonly onlyNotInBatch: boolean;
  readonly most: number | null;
}): What | null {
  const named = form.source === "samples" || form.source === "questions";
  const names = named ? namesIn(form.names) : [];
  if (named && names.length === 0) return null;
  return {
    everything: form.source === "everything",
    samples: form.source === "samples" ? names : [],
    questions: form.source === "questions" ? names : [],
    batch: form.source === "batch" ? (form.batch ?? null) : null,
    only_unfinished: form.source === "batch" && (form.onlyUnfinished ?? false),
    only_not_judged: form.onlyNotJudged,
    only_not_in_batch: form.onlyNotInBatch,
    most: form.most,
  };
}

/** Days that so much active time takes when people give so much of it a day, to a tenth. */
export const daysFor = (activeMs: number, perDayMs: number): number =>
  Math.round((10 * activeMs) / perDayMs) / 10;
