import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useProject } from "../../../api/project";
import { usd } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import { budgetQuery } from "../api/budget";
import type { RunDetail } from "../api/run";
import { texts } from "../texts";

/** Why the run stands still, and what makes it go on. */
export function Paused({ run }: { run: RunDetail["run"] }) {
  const t = useTexts(texts);
  const project = useProject();
  const budget = useQuery({ ...budgetQuery(project.slug), enabled: run.pause_reason === "daily_cap" });
  const daily = budget.data?.daily_cap ?? null;
  const never = run.needs !== null && daily !== null && Number(run.needs) > Number(daily);
  return (
    <div className="alert warn" role="status">
      <IconAlertTriangle size={16} />
      {never && run.needs !== null ? t.neverFits(usd(run.needs)) : t.pauses[run.pause_reason]}
    </div>
  );
}
