import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconEye, IconEyeOff, IconHistory } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { createJudgementStore } from "../../../canvas/store";
import { Keycap } from "../../../components/Keycap";
import { moment } from "../../../lib/format";
import { useLocale } from "../../../lib/locale";
import { useStore } from "../../../lib/store";
import { useTexts } from "../../../lib/texts";
import { decisionsQuery, useDecisions } from "../api/decisions";
import { useSentBack } from "../api/sentBack";
import type { AspectRow, BatchRow, DecisionRow } from "../api/shapes";
import type { Turn } from "../model/desk";
import { judgementFrom, pieceOf, regionsFrom, wireOf } from "../model/piece";
import type { OpenDesk } from "../model/useDesk";
import { useDraft } from "../model/useDraft";
import { texts } from "../texts";
import { AnswerDialog } from "./AnswerDialog";
import { Frame, gridOf, workWithFoot } from "./Frame";
import { Judging } from "./Judging";
import { LastDecisions } from "./LastDecisions";
import { DeskNotices } from "./Notices";
import { PracticeAgain } from "./PracticeAgain";
import { Revising } from "./Revising";
import { SkipDialog } from "./SkipDialog";
import { Suggested } from "./Suggested";
import classes from "./Workspace.module.css";

export interface DeskProps {
  readonly project: string;
  readonly batch: BatchRow;
  readonly aspects: readonly AspectRow[];
  readonly threshold: string;
  readonly open: OpenDesk;
}
const SUBMIT = "/api/v1/projects/{slug}/assignments/{assignment_id}/submit";

export function LabelDesk(props: DeskProps) {
  const { project, batch, open } = props;
  const now = useStore(open.desk.state);
  const t = useTexts(texts);
  const client = useQueryClient();
  const decisions = useDecisions(project, batch.id);
  const [revising, setRevising] = useState<DecisionRow | null>(null);

  // Round the piece, so that the next one on the desk does not build the bars anew.
  const framed = (candidates: number, badge: ReactNode, inside: ReactNode) => (
    <Frame
      batch={batch}
      project={project}
      progress={now.progress}
      ahead={now.ahead}
      practised={now.practised}
      badge={badge}
      {...gridOf(candidates)}
      notices={<DeskNotices desk={open.desk} now={now} outbox={open.outbox} batch={batch.id} />}
    >
      {inside}
    </Frame>
  );

  const openLast = async () => {
    if (now.ahead > 0) return notifications.show({ message: t.stillSending });
    const fresh = await client.fetchQuery({ ...decisionsQuery(project, batch.id), staleTime: 0 });
    const last = fresh.results[0];
    if (last) openDecision(last);
    else notifications.show({ message: t.noDecision });
  };
  const { answer } = now;
  const answered = answer && (
    <AnswerDialog
      key={answer.claimed.assignment_id}
      answer={answer}
      floor={now.progress?.practice?.floor ?? null}
      aspects={props.aspects}
      onClose={() => open.desk.read()}
      onChange={() => {
        open.desk.read();
        void openDecisionOf(answer.claimed.assignment_id);
      }}
    />
  );
  const openDecisionOf = async (assignment: number) => {
    const fresh = await client.fetchQuery({ ...decisionsQuery(project, batch.id), staleTime: 0 });
    const decision = fresh.results.find((each) => each.assignment_id === assignment);
    if (decision) openDecision(decision);
  };
  const openDecision = (decision: DecisionRow) =>
    decision.revisable ? setRevising(decision) : notifications.show({ message: t.notRevisable });

  if (revising)
    return framed(
      revising.letters.length,
      <span className="badge warn">
        <IconHistory size={13} /> {t.revising}
      </span>,
      <Revising {...props} decision={revising} frame={workWithFoot} onDone={() => setRevising(null)} />,
    );
  if (!now.current) return null;
  return framed(
    now.current.claimed.letters.length,
    <Badges batch={batch} turn={now.current} />,
    <>
      {answered}
      <CurrentTurn
        key={now.current.claimed.assignment_id}
        {...props}
        turn={now.current}
        lost={now.lost}
        decisions={decisions.data?.results ?? []}
        onPrevious={() => void openLast()}
        onDecision={openDecision}
      />
    </>,
  );
}

/** What a person should know of the piece before judging it: practice or not, blind or not, and until when. */
function Badges({ batch, turn }: { batch: BatchRow; turn: Turn }) {
  const t = useTexts(texts);
  return (
    <>
      {turn.claimed.practice && <span className="badge warn">{t.practice}</span>}
      {batch.assist === "from_start" ? (
        <span className="badge">
          <IconEye size={13} /> {t.assisted}
        </span>
      ) : (
        <span className="badge">
          <IconEyeOff size={13} /> {t.blind}
        </span>
      )}
      {batch.due_at && <span className={`t3 s nw ${classes.wide}`}>{t.dueBy(moment(batch.due_at))}</span>}
    </>
  );
}

interface TurnProps extends DeskProps {
  readonly turn: Turn;
  readonly lost: boolean;
  readonly decisions: readonly DecisionRow[];
  readonly onPrevious: () => void;
  readonly onDecision: (decision: DecisionRow) => void;
}

function CurrentTurn({
  project,
  batch,
  aspects,
  threshold,
  open,
  turn,
  lost,
  decisions,
  ...props
}: TurnProps) {
  const t = useTexts(texts);
  const locale = useLocale();
  const piece = useMemo(() => pieceOf(turn.claimed, aspects, locale), [turn.claimed, aspects, locale]);
  const draft = useDraft(turn, project, batch.id);
  const { conflict } = draft;
  // A turn's judgement begins once, from the draft it came with; this component is mounted anew for the next turn.
  const [store] = useState(() => createJudgementStore(judgementFrom(turn.draft?.body ?? {}, piece)));
  const { save } = draft;
  useEffect(() => store.subscribe(() => save(wireOf(store.get()))), [store, save]);
  const [skipping, setSkipping] = useState(false);
  const returned = useSentBack(project, piece.assignmentId, piece.sentBack !== "");
  const pointed = useMemo(() => regionsFrom(returned.data?.results.at(-1)?.regions ?? []), [returned.data]);
  return (
    <>
      <Judging
        pointed={pointed}
        piece={piece}
        store={store}
        threshold={threshold}
        guideline={batch.guideline_version}
        open={!lost && !conflict}
        leftExtra={<LastDecisions decisions={decisions} piece={piece} onOpen={props.onDecision} />}
        sideExtra={
          <>
            {turn.claimed.practice && <PracticeAgain open={open} aspects={aspects} />}
            {turn.claimed.suggestion && (
              <Suggested piece={piece} suggestion={turn.claimed.suggestion} store={store} />
            )}
            {piece.sentBack && (
              <div className="alert warn">
                <span>
                  <b>{t.sentBack}</b> {piece.sentBack}
                  {pointed.length > 0 && ` ${t.placesMarked(pointed.length)}`}
                </span>
              </div>
            )}
            {conflict && (
              <div className="alert warn" role="alert">
                <span className="sp">{t.draftConflict}</span>
                <Button size="compact-sm" onClick={() => window.location.reload()}>
                  {t.loadThere}
                </Button>
              </div>
            )}
          </>
        }
        onSubmit={(judgement) => {
          draft.stop();
          open.desk.finish(SUBMIT, wireOf(judgement));
        }}
        onSkip={() => setSkipping(true)}
        onPrevious={props.onPrevious}
        frame={workWithFoot}
      />
      {skipping && <SkipDialog desk={open.desk} draft={draft} onClose={() => setSkipping(false)} />}
    </>
  );
}

/** The way back from a side track to the piece in work. */
export function BackToWork({ onBack }: { onBack: () => void }) {
  const t = useTexts(texts);
  return (
    <Button variant="subtle" color="gray" onClick={onBack} rightSection={<Keycap chord="Escape" />}>
      {t.backToWork}
    </Button>
  );
}
