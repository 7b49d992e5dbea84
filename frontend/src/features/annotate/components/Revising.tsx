import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import type { Judgement } from "../../../canvas/judgement";
import { createJudgementStore } from "../../../canvas/store";
import { ErrorPanel } from "../../../components/ErrorPanel";
import { Loading } from "../../../components/Loading";
import { useCommands } from "../../../lib/commands";
import { useLocale } from "../../../lib/locale";
import { useTexts } from "../../../lib/texts";
import { useRevise } from "../api/revise";
import { sampleQuery } from "../api/sample";
import type { DecisionRow } from "../api/shapes";
import { judgementFrom, type Piece, pieceOf, wireOf } from "../model/piece";
import { texts } from "../texts";
import { Judging } from "./Judging";
import { BackToWork, type DeskProps } from "./LabelDesk";

interface Props extends DeskProps {
  readonly decision: DecisionRow;
  readonly frame: (work: ReactNode, foot: ReactNode) => ReactNode;
  readonly onDone: () => void;
}

/** Changing an opinion that was submitted; the piece in work waits meanwhile. */
export function Revising(props: Props) {
  const { project, decision, aspects } = props;
  const locale = useLocale();
  const sample = useQuery(sampleQuery(project, decision.sample));
  const piece = useMemo((): Piece | null => {
    if (!sample.data) return null;
    const judged = new Set(Object.values(decision.cells).flatMap((row) => Object.keys(row)));
    return pieceOf(
      {
        assignment_id: decision.assignment_id,
        fence: 0,
        lease_until: decision.submitted_at,
        letters: decision.letters,
        active_ms: decision.active_ms,
        sent_back: "",
        practice: false,
        suggestion: null,
        subject_id: null,
        sample: { id: sample.data.id, external_id: decision.sample },
        pictures: sample.data.pictures,
        aspects: aspects.map((each) => each.key).filter((key) => judged.has(key)),
        draft: null,
      },
      aspects,
      locale,
    );
  }, [sample.data, decision, aspects, locale]);
  useCommands(
    {
      name: "revising",
      title: "",
      commands: [{ name: "back-to-work", label: "", keys: ["Escape"], keyOnly: true, perform: props.onDone }],
    },
    piece === null,
  );
  if (!piece)
    return props.frame(
      sample.error ? <ErrorPanel error={sample.error} retry={sample.refetch} /> : <Loading />,
      <BackToWork onBack={props.onDone} />,
    );
  return <Opened {...props} piece={piece} />;
}

function Opened({ piece, decision, project, threshold, batch, frame, onDone }: Props & { piece: Piece }) {
  const t = useTexts(texts);
  const revise = useRevise(project, decision.annotation_id);
  const store = useMemo(
    () => createJudgementStore(judgementFrom({ cells: decision.cells, regions: decision.regions }, piece)),
    [decision, piece],
  );
  const submit = (judgement: Judgement) => revise.mutate(wireOf(judgement), { onSuccess: onDone });
  return (
    <Judging
      piece={piece}
      store={store}
      threshold={threshold}
      guideline={batch.guideline_version}
      open={!revise.isPending}
      sideExtra={
        <>
          <div className="alert warn">{t.revisingWhy}</div>
          {revise.error && <ErrorPanel error={revise.error} />}
        </>
      }
      footLead={<BackToWork onBack={onDone} />}
      onSubmit={submit}
      onPrevious={onDone}
      onBack={onDone}
      frame={frame}
    />
  );
}
