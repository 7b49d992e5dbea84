import { useMemo } from "react";
import { ErrorPanel } from "../../../components/ErrorPanel";
import { Loading } from "../../../components/Loading";
import { useLocale } from "../../../lib/locale";
import { useStore } from "../../../lib/store";
import { useTexts } from "../../../lib/texts";
import { useAdjudication } from "../api/adjudication";
import { pieceOf } from "../model/piece";
import { texts } from "../texts";
import { DisputeFrame, type DisputeProps } from "./DisputeFrame";
import type { DeskProps } from "./LabelDesk";
import { Ruling } from "./Ruling";

/** Disputed samples one after another: opinions without names, a ruling with its reason. */
export function AdjudicateDesk(props: DeskProps) {
  const now = useStore(props.open.desk.state);
  if (!now.current) return null;
  return <Dispute key={now.current.claimed.assignment_id} {...props} turn={now.current} lost={now.lost} />;
}

function Dispute(props: DisputeProps) {
  const { project, turn, aspects } = props;
  const t = useTexts(texts);
  const locale = useLocale();
  const detail = useAdjudication(project, turn.claimed.assignment_id, turn.claimed.fence);
  const piece = useMemo(() => {
    const keys = aspects.map((each) => each.key);
    const judged = new Set(
      detail.data?.opinions.flatMap((each) => Object.values(each.cells).flatMap(Object.keys)),
    );
    const shown = keys.filter((key) => judged.has(key) || turn.claimed.aspects.includes(key));
    return pieceOf({ ...turn.claimed, aspects: shown }, aspects, locale);
  }, [turn.claimed, aspects, locale, detail.data]);
  if (!detail.data)
    return (
      <DisputeFrame {...props} candidates={piece.candidates.length} foot={null}>
        {detail.error ? (
          <ErrorPanel error={detail.error} retry={detail.refetch} />
        ) : (
          <Loading what={t.loadingOpinions} />
        )}
      </DisputeFrame>
    );
  return <Ruling {...props} piece={piece} detail={detail.data} />;
}
