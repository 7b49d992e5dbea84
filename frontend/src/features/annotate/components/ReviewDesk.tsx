import { IconEyeOff } from "@tabler/icons-react";
import { type ReactNode, useMemo, useState } from "react";
import { ErrorPanel } from "../../../components/ErrorPanel";
import { Loading } from "../../../components/Loading";
import { useLocale } from "../../../lib/locale";
import { useStore } from "../../../lib/store";
import { useTexts } from "../../../lib/texts";
import { useReview } from "../api/review";
import { pieceOf } from "../model/piece";
import { texts } from "../texts";
import { Deciding } from "./Deciding";
import { FixedOpinion } from "./FixedOpinion";
import { Frame, gridOf } from "./Frame";
import type { DeskProps } from "./LabelDesk";
import { DeskNotices } from "./Notices";
import type { OpenedReview, ReviewProps } from "./ReviewParts";

/** Opinions one after another, without their authors: accept, fix and accept, or send back with reason and places. */
export function ReviewDesk(props: DeskProps) {
  const now = useStore(props.open.desk.state);
  if (!now.current) return null;
  return (
    <UnderReview key={now.current.claimed.assignment_id} {...props} turn={now.current} lost={now.lost} />
  );
}

function UnderReview(props: ReviewProps) {
  const { project, turn, aspects, open, batch } = props;
  const now = useStore(open.desk.state);
  const t = useTexts(texts);
  const locale = useLocale();
  const detail = useReview(project, turn.claimed.assignment_id, turn.claimed.fence);
  const piece = useMemo(() => {
    const judged = new Set(Object.values(detail.data?.cells ?? {}).flatMap((row) => Object.keys(row)));
    for (const key of detail.data?.aspects ?? []) judged.add(key);
    const keys = aspects.map((each) => each.key).filter((key) => judged.has(key));
    // In the author's letters, not in some of the reviewer's own: the reason names candidates, and the author reads it.
    const letters = detail.data?.letters || turn.claimed.letters;
    return pieceOf({ ...turn.claimed, letters, aspects: keys }, aspects, locale);
  }, [turn.claimed, aspects, locale, detail.data]);
  const frame = (work: ReactNode, foot: ReactNode) => (
    <Frame
      batch={batch}
      project={project}
      progress={now.progress}
      ahead={now.ahead}
      {...gridOf(piece.candidates.length)}
      badge={
        <span className="badge">
          <IconEyeOff size={13} /> {t.kinds.review}
        </span>
      }
      notices={<DeskNotices desk={open.desk} now={now} outbox={open.outbox} batch={batch.id} />}
      foot={foot}
    >
      {work}
    </Frame>
  );
  if (!detail.data)
    return frame(
      detail.error ? (
        <ErrorPanel error={detail.error} retry={detail.refetch} />
      ) : (
        <Loading what={t.loadingOpinions} />
      ),
      null,
    );
  return <Opened {...props} piece={piece} detail={detail.data} frame={frame} />;
}

/** Deciding, and correcting: two ways to look at one opinion, and back. */
function Opened(props: OpenedReview) {
  const [fixing, setFixing] = useState(false);
  if (fixing) return <FixedOpinion {...props} onBack={() => setFixing(false)} />;
  return <Deciding {...props} onFix={() => setFixing(true)} />;
}
