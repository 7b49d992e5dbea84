import type { BatchRow } from "../api/batches";

const WORKSPACES: Readonly<Record<string, string>> = { adjudicate: "adjudicate", review: "review" };

/** Where a batch of this kind is worked on. */
export const workPath = (project: string, batch: Pick<BatchRow, "id" | "kind">): string =>
  `/p/${project}/${WORKSPACES[batch.kind] ?? "annotate"}/${batch.id}`;

/** Time that is left at the batch's own pace; null before the first piece and after the last. */
export function timeLeft(batch: Pick<BatchRow, "accepted" | "places" | "active_ms">): number | null {
  if (batch.accepted === 0 || batch.active_ms === 0 || batch.accepted >= batch.places) return null;
  return Math.round((batch.active_ms / batch.accepted) * Math.max(0, batch.places - batch.accepted));
}
