import { Button, Modal } from "@mantine/core";
import { IconPlayerPlay, IconSquare } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useParams } from "react-router";
import { useProject } from "../../api/project";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { SandboxTag } from "../../components/SandboxTag";
import { ago, number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { eventsQuery } from "./api/events";
import { logQuery, type RunDetail, runQuery, useMoveRun } from "./api/run";
import { isLive } from "./api/runs";
import { CurvePanels } from "./CurvePanels";
import { Doubts } from "./Doubts";
import { EvaluationTable } from "./EvaluationTable";
import { curvesOf } from "./model/curves";
import { Stages } from "./Stages";
import { Standings } from "./Standings";
import { StateBadge } from "./StateBadge";
import { texts } from "./texts";
import classes from "./training.module.css";

function Evaluation({ detail }: { detail: RunDetail }) {
  const t = useTexts(texts);
  const asked = detail.evaluation[0]?.figures.exact?.n ?? 0;
  const aspects = Object.keys(detail.evaluation[0]?.per_aspect ?? {});
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.evaluation}</h2>
        {asked > 0 && <span className="s t2">{t.questions(number(asked))}</span>}
      </div>
      {detail.evaluation.length === 0 ? (
        <p className="pb t2">{t.evaluationLater}</p>
      ) : (
        <div className={classes.scroll}>
          <EvaluationTable
            rows={detail.evaluation}
            comparisons={detail.comparisons}
            aspects={aspects}
            fewest={3}
          />
        </div>
      )}
      {detail.endpoint && !detail.endpoint_answered && (
        <p className={`${classes.message} row s t2`}>
          {detail.endpoint_note || t.endpointWaits(detail.endpoint)}
          {detail.endpoint_sandbox && <SandboxTag />}
        </p>
      )}
    </section>
  );
}

function Log(props: { run: string; live: boolean; opened: boolean; onClose: () => void }) {
  const t = useTexts(texts);
  const project = useProject();
  const log = useQuery({ ...logQuery(project.slug, props.run, props.live), enabled: props.opened });
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t.log} size="xl">
      {log.error && <ErrorPanel error={log.error} />}
      <pre className={classes.log}>{log.data?.text || t.noLog}</pre>
    </Modal>
  );
}

function Verbs({ detail }: { detail: RunDetail }) {
  const t = useTexts(texts);
  const project = useProject();
  const { run } = detail;
  const move = useMoveRun(project.slug, run.id);
  const [asking, setAsking] = useState(false);
  const [log, setLog] = useState(false);
  const live = isLive(run.state);
  return (
    <>
      {move.error && <ErrorPanel error={move.error} />}
      <Button onClick={() => setLog(true)}>{t.log}</Button>
      {live && (
        <Button
          color="red"
          leftSection={<IconSquare size={14} stroke={1.6} />}
          disabled={detail.cancel_asked_at !== null}
          onClick={() => setAsking(true)}
        >
          {t.cancel}
        </Button>
      )}
      {!live && run.resumable && (
        <Button
          variant="filled"
          leftSection={<IconPlayerPlay size={15} stroke={1.6} />}
          loading={move.isPending}
          onClick={() => move.mutate("resume")}
        >
          {t.resume}
        </Button>
      )}
      <Log run={run.id} live={live} opened={log} onClose={() => setLog(false)} />
      <ConfirmDialog
        opened={asking}
        close={() => setAsking(false)}
        title={t.cancelSure}
        why={t.cancelWhy}
        keep={t.keep}
        perform={t.cancel}
        onPerform={() => move.mutate("cancel")}
      />
    </>
  );
}

/** One run: does it learn, where is signal lost, which answers does it doubt, and the batch that mends them. */
export function RunPage() {
  const t = useTexts(texts);
  const project = useProject();
  const { run: id = "" } = useParams();
  const detail = useQuery(runQuery(project.slug, id));
  const live = !detail.data || isLive(detail.data.run.state);
  const events = useQuery(eventsQuery(project.slug, id, live));
  const curves = useMemo(() => curvesOf(events.data ?? []), [events.data]);
  const back = { to: `/p/${project.slug}/training`, label: t.runs };
  if (detail.isPending) return <Loading rows={10} />;
  if (detail.error)
    return (
      <>
        <PageHeader title={t.runs} back={back} />
        <ErrorPanel error={detail.error} retry={() => void detail.refetch()} />
      </>
    );
  const { run } = detail.data;
  const trivial = detail.data.evaluation.find((row) => row.name === detail.data.best_trivial);
  return (
    <>
      <PageHeader
        title={t.title(run.number)}
        back={back}
        note={
          <span className="row">
            <StateBadge run={run} />
            <span className="clip">
              {run.recipe} · {run.release} · {t.seed} {run.seed}
              {run.smoke && ` · ${t.smoke}`} · {ago(run.finished_at ?? run.created_at)}
            </span>
          </span>
        }
      >
        <Verbs detail={detail.data} />
      </PageHeader>
      {run.failure && <ErrorPanel error={new Error(run.failure)} />}
      {curves.alarms.map((alarm) => (
        <div key={alarm} className="alert warn">
          {alarm}
        </div>
      ))}
      {events.error && <ErrorPanel error={events.error} retry={() => void events.refetch()} />}
      <div className={classes.columns}>
        <div>
          <Stages detail={detail.data} curves={curves} />
          {detail.data.evaluation.length > 0 && <Evaluation detail={detail.data} />}
          {curves.names.length === 0 && (
            <section className="panel">
              <EmptyState title={run.message || t.states[run.state]}>{t.curvesLater}</EmptyState>
            </section>
          )}
          {curves.names.length > 0 && (
            <CurvePanels curves={curves} trivial={trivial?.figures.exact?.value ?? null} />
          )}
        </div>
        <div>
          {detail.data.evaluation.length === 0 && <Evaluation detail={detail.data} />}
          <Standings detail={detail.data} />
          <Doubts detail={detail.data} />
        </div>
      </div>
    </>
  );
}
