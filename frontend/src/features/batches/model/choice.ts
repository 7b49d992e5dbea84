import type { What } from "../api/newBatch";

export type Source = "everything" | "samples" | "questions";

/** Names as people paste them: one a line, or separated by commas, semicolons, spaces or tabs. */
export const namesIn = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];

/** The form's choice as the API takes it. Null while nothing is named. */
export function whatOf(form: {
  readonly source: Source;
  readonly names: string;
  readonly onlyNotJudged: boolean;
  readonly onlyNotInBatch: boolean;
  readonly most: number | null;
}): What | null {
  const names = form.source === "everything" ? [] : namesIn(form.names);
  if (form.source !== "everything" && names.length === 0) return null;
  return {
    everything: form.source === "everything",
    samples: form.source === "samples" ? names : [],
    questions: form.source === "questions" ? names : [],
    only_not_judged: form.onlyNotJudged,
    only_not_in_batch: form.onlyNotInBatch,
    most: form.most,
  };
}
