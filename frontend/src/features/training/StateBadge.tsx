import { percent } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import type { RunRow, RunState } from "./api/runs";
import { texts } from "./texts";

const TONES: Readonly<Record<RunState, string>> = {
  queued: "",
  preparing: "info",
  running: "info",
  done: "ok",
  failed: "bad",
  cancelled: "warn",
};

/** Where a run stands; while it works, how far it is. */
export function StateBadge({ run }: { run: RunRow }) {
  const t = useTexts(texts);
  return (
    <span className={`badge ${TONES[run.state]}`}>
      {t.states[run.state]}
      {run.state === "running" && `, ${percent(run.progress)}`}
    </span>
  );
}
