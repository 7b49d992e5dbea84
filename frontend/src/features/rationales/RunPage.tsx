import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import { useMay, useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { SandboxTag } from "../../components/SandboxTag";
import { clock, duration } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { runQuery, useMoveRun } from "./api/run";
import { CheckDialog } from "./CheckDialog";
import { purposeOf, RunBadge } from "./Parts";
import classes from "./rationales.module.css";
import { Awaiting } from "./run/Awaiting";
import { Batches } from "./run/Batches";
import { CapDialog } from "./run/CapDialog";
import { Figures } from "./run/Figures";
import { Funnel } from "./run/Funnel";
import { JustNow } from "./run/JustNow";
import { Pace } from "./run/Pace";
import { Paused } from "./run/Paused";
import { Together } from "./run/Together";
import { Verbs } from "./run/Verbs";
import { Wrong } from "./run/Wrong";
import { texts } from "./texts";

/** One run: is it going, what will it cost, why do some fail, are the good ones good? */
export function RunPage() {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const { run: id = "" } = useParams();
  const detail = useQuery(runQuery(project.slug, id));
  const move = useMoveRun(project.slug, id);
  const [capping, setCapping] = useState(false);
  const [checking, setChecking] = useState(false);
  const back = { to: `/p/${project.slug}/rationales`, label: t.title };
  if (detail.isPending) return <Loading />;
  if (detail.error)
    return (
      <>
        <PageHeader title={t.title} back={back} />
        <ErrorPanel error={detail.error} retry={() => void detail.refetch()} />
      </>
    );
  const { run } = detail.data;
  const open = run.state !== "done" && run.state !== "cancelled";
  const took = run.started_at
    ? new Date(run.finished_at ?? Date.now()).getTime() - new Date(run.started_at).getTime()
    : 0;
  return (
    <>
      <PageHeader
        title={t.run(run.number)}
        back={back}
        note={
          <span className="row">
            <RunBadge run={run} />
            <span className="badge">{purposeOf(t, run)}</span>
            {run.sandbox && <SandboxTag />}
            <span className="clip">
              {run.prompt} · {run.locale} · {t.versionN(run.prompt_version)} · {run.model}
              {took > 0 && ` · ${duration(took)}`}
            </span>
          </span>
        }
      >
        {lead && run.purpose === "rationale" && detail.data.done > 0 && (
          <Button onClick={() => setChecking(true)}>{t.checkMore}</Button>
        )}
        {lead && <Verbs detail={detail.data} move={move} />}
      </PageHeader>
      {move.error && <ErrorPanel error={move.error} />}
      {run.state === "paused" && <Paused run={run} />}
      {run.state === "running" && detail.data.rests_until && (
        <div className="alert" role="status">
          {t.resting(clock(detail.data.rests_until))}
        </div>
      )}
      {open && <Awaiting detail={detail.data} onAsk={() => move.mutate("stop-waiting")} />}
      <Figures detail={detail.data} onCap={lead && open ? () => setCapping(true) : null} />
      {checking && <CheckDialog detail={detail.data} close={() => setChecking(false)} />}
      {capping && <CapDialog detail={detail.data} close={() => setCapping(false)} />}
      <div className={classes.columns}>
        <div>
          <Batches detail={detail.data} />
          <Pace detail={detail.data} />
          <Wrong detail={detail.data} />
        </div>
        <div>
          <Funnel detail={detail.data} />
          <Together detail={detail.data} />
          <JustNow detail={detail.data} />
        </div>
      </div>
    </>
  );
}
