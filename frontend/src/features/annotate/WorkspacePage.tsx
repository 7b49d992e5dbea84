import { Button } from "@mantine/core";
import { IconChecks, IconHandStop } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { Link, useParams } from "react-router";
import { aspectsQuery } from "../../api/aspects";
import { type Guideline, guidelinesQuery } from "../../api/guidelines";
import { useProject } from "../../api/project";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { useLocale } from "../../lib/locale";
import { useStore } from "../../lib/store";
import { useTexts } from "../../lib/texts";
import { useBatch } from "./api/batch";
import type { BatchRow } from "./api/shapes";
import { AdjudicateDesk } from "./components/AdjudicateDesk";
import { AnswerDialog } from "./components/AnswerDialog";
import { Frame } from "./components/Frame";
import { Guidelines } from "./components/guideWords";
import { type DeskProps, LabelDesk } from "./components/LabelDesk";
import { DeskNotices } from "./components/Notices";
import { RationaleDesk } from "./components/RationaleDesk";
import { ReviewDesk } from "./components/ReviewDesk";
import { refusalWords } from "./model/refusal";
import { type OpenDesk, useDesk } from "./model/useDesk";
import { texts } from "./texts";

const DESKS: Readonly<Record<string, (props: DeskProps) => ReactNode>> = {
  label: LabelDesk,
  adjudicate: AdjudicateDesk,
  review: ReviewDesk,
  write_rationale: RationaleDesk,
  read_rationale: RationaleDesk,
  revise_rationale: RationaleDesk,
};

const NO_GUIDELINES: readonly Guideline[] = [];

/** Work in one batch, whatever its kind: the desk is the same, what is done on it differs. */
export function WorkspacePage() {
  const { batch: id = "" } = useParams();
  const project = useProject();
  const t = useTexts(texts);
  const batch = useBatch(project.slug, id);
  const aspects = useQuery(aspectsQuery(project.slug));
  const guidelines = useQuery(guidelinesQuery(project.slug));
  const failed = batch.error ?? aspects.error;
  if (failed)
    return (
      <EmptyState
        icon={<IconHandStop size={24} />}
        title={t.cannotOpen}
        action={
          <Button component={Link} to={`/p/${project.slug}/batches`}>
            {t.toBatches}
          </Button>
        }
      >
        <ErrorPanel error={failed} retry={() => void Promise.all([batch.refetch(), aspects.refetch()])} />
      </EmptyState>
    );
  if (!batch.data || !aspects.data) return <Loading />;
  return (
    <Guidelines value={guidelines.data?.results ?? NO_GUIDELINES}>
      <Opened
        key={id}
        project={project.slug}
        batch={batch.data.batch}
        aspects={aspects.data.results}
        threshold={aspects.data.threshold}
      />
    </Guidelines>
  );
}

function Opened(props: Omit<DeskProps, "open">) {
  const open = useDesk(props.project, props.batch.id, props.batch.idle_ms);
  return open ? <AtWork {...props} open={open} /> : <Waiting batch={props.batch} project={props.project} />;
}

function AtWork(props: DeskProps & { open: OpenDesk }) {
  const { project, batch, open } = props;
  const now = useStore(open.desk.state);
  const t = useTexts(texts);
  const locale = useLocale();
  const WorkDesk = DESKS[batch.kind];
  if (now.phase === "working" && WorkDesk) return <WorkDesk {...props} />;
  const toBatches = (
    <Button component={Link} to={`/p/${project}/batches`}>
      {t.toBatches}
    </Button>
  );
  if (now.phase === "opening") return <Waiting {...props} />;
  return (
    <Frame
      batch={batch}
      project={project}
      progress={now.progress}
      ahead={now.ahead}
      practised={now.practised}
      notices={<DeskNotices desk={open.desk} now={now} outbox={open.outbox} batch={batch.id} />}
    >
      {now.answer && (
        <AnswerDialog
          key={now.answer.claimed.assignment_id}
          answer={now.answer}
          floor={null}
          aspects={props.aspects}
          onClose={() => open.desk.read()}
          onChange={null}
        />
      )}
      {now.phase === "empty" ? (
        <EmptyState
          icon={<IconChecks size={24} />}
          title={now.cap === "day" ? t.capDay : now.cap === "batch" ? t.capBatch : t.emptyTitle}
          action={
            <>
              <Button onClick={() => void open.desk.look()}>{t.lookAgain}</Button>
              {toBatches}
            </>
          }
        >
          {now.cap === "day"
            ? t.capDayWhy
            : now.cap === "batch"
              ? t.capBatchWhy
              : t.emptyWhy((now.progress?.submitted ?? 0) + now.ahead)}
        </EmptyState>
      ) : (
        <EmptyState icon={<IconHandStop size={24} />} title={t.refusedWork} action={toBatches}>
          {now.problem && refusalWords(now.problem, t.refusals, t.listed, locale)}
        </EmptyState>
      )}
    </Frame>
  );
}

/** Nothing for the first moment, so that a fast server shows no flicker; then what is being done. */
function Waiting({ batch, project }: { batch: BatchRow; project: string }) {
  const t = useTexts(texts);
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Frame batch={batch} project={project} progress={null} ahead={0}>
      {slow ? <Loading rows={3} what={t.opening} /> : <span />}
    </Frame>
  );
}
