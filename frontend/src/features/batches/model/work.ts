import type { BatchRow } from "../api/batches";

const WORKSPACES: Readonly<Record<string, string>> = { adjudicate: "adjudicate", review: "review" };

/** Where a batch of this kind is worked on. */
export const workPath = (project: string, batch: Pick<BatchRow, "id" | "kind">): string =>
  `/p/${project}/${WORKSPACES[batch.kind] ?? "annotate"}/${batch.id}`;

/** The kind in the language of the page; a kind the pages do not know, in the server's own words. */
export const kindOf = (
  batch: Pick<BatchRow, "kind" | "kind_label">,
  words: Readonly<Record<string, string>>,
): string => words[batch.kind] ?? batch.kind_label;

/** Time that is left at the batch's own pace; null before the first piece and after the last. */
export function timeLeft(batch: Pick<BatchRow, "accepted" | "places" | "active_ms">): number | null {
  if (batch.accepted === 0 || batch.active_ms === 0 || batch.accepted >= batch.places) return null;
  return Math.round((batch.active_ms / batch.accepted) * Math.max(0, batch.places - batch.accepted));
}

/** How a deadline stands. */
export function dueState(batch: Pick<BatchRow, "due_at">, at = new Date()): "none" | "ahead" | "late" {
  if (batch.due_at === null) return "none";
  return new Date(batch.due_at) > at ? "ahead" : "late";
}
