import { IconPencil } from "@tabler/icons-react";
import { type ReactNode, useMemo } from "react";
import { ErrorPanel } from "../../../components/ErrorPanel";
import { Loading } from "../../../components/Loading";
import { useLocale } from "../../../lib/locale";
import { useStore } from "../../../lib/store";
import { useTexts } from "../../../lib/texts";
import { type RationaleTask, useRationaleTask } from "../api/rationale";
import type { Turn } from "../model/desk";
import { type Piece, pieceOf } from "../model/piece";
import { texts } from "../texts";
import { Frame, gridOf } from "./Frame";
import type { DeskProps } from "./LabelDesk";
import { DeskNotices } from "./Notices";
import { Reader } from "./Reader";
import { WritingDesk } from "./WritingDesk";

/** Writing, reading and revising rationales, one question after another, beside its pictures. */
export function RationaleDesk(props: DeskProps) {
  const now = useStore(props.open.desk.state);
  if (!now.current) return null;
  return <Task key={now.current.claimed.assignment_id} {...props} turn={now.current} lost={now.lost} />;
}

interface TaskProps extends DeskProps {
  readonly turn: Turn;
  readonly lost: boolean;
}
type FrameOf = (work: ReactNode, foot: ReactNode) => ReactNode;
export interface AtHand extends TaskProps {
  readonly piece: Piece;
  readonly task: RationaleTask;
  readonly frame: FrameOf;
}

function Task(props: TaskProps) {
  const { project, turn, aspects, open, batch } = props;
  const now = useStore(open.desk.state);
  const locale = useLocale();
  const task = useRationaleTask(project, turn.claimed.assignment_id, turn.claimed.fence);
  // A rationale names candidates by their slots, so here the letters are not shuffled.
  const piece = useMemo(() => {
    const letters = [...turn.claimed.letters].sort().join("");
    const keys = task.data ? [task.data.question.aspect] : [];
    return pieceOf({ ...turn.claimed, letters, aspects: keys }, aspects, locale);
  }, [turn.claimed, aspects, locale, task.data]);
  const t = useTexts(texts);
  const frame: FrameOf = (inside, foot) => (
    <Frame
      batch={batch}
      project={project}
      progress={now.progress}
      ahead={now.ahead}
      {...gridOf(piece.candidates.length)}
      badge={
        <span className="badge">
          <IconPencil size={13} /> {t.kinds[batch.kind as keyof typeof t.kinds]}
        </span>
      }
      notices={<DeskNotices desk={open.desk} now={now} outbox={open.outbox} batch={batch.id} />}
      foot={foot}
    >
      {inside}
    </Frame>
  );
  if (!task.data)
    return frame(
      task.error ? (
        <div className="pb">
          <ErrorPanel error={task.error} retry={task.refetch} />
        </div>
      ) : (
        <Loading what={t.opening} />
      ),
      null,
    );
  const Desk = batch.kind === "read_rationale" ? Reader : WritingDesk;
  return <Desk {...props} piece={piece} task={task.data} frame={frame} />;
}
