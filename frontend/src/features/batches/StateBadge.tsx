import { useTexts } from "../../lib/texts";
import type { BatchState } from "./api/batches";
import { texts } from "./texts";

const TONES: Readonly<Record<BatchState, string>> = { open: "info", paused: "warn", closed: "" };

export function StateBadge({ state }: { state: BatchState }) {
  const t = useTexts(texts);
  return <span className={`badge ${TONES[state]}`}>{t.states[state]}</span>;
}
