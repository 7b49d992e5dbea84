import { Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { createJudgementStore } from "../../../canvas/store";
import { useTexts } from "../../../lib/texts";
import { REVIEW } from "../api/review";
import { judgementFrom, wireOf } from "../model/piece";
import { texts } from "../texts";
import { Judging } from "./Judging";
import { BackToWork } from "./LabelDesk";
import type { OpenedReview } from "./ReviewParts";

/** The opinion as the reviewer's to correct; submitting accepts it so, and the author's own stays on record. */
export function FixedOpinion(props: OpenedReview & { onBack: () => void }) {
  const { piece, detail, open, batch, threshold } = props;
  const t = useTexts(texts);
  const [store] = useState(() =>
    createJudgementStore(judgementFrom({ cells: detail.cells, regions: detail.regions }, piece)),
  );
  const [reason, setReason] = useState("");
  return (
    <Judging
      piece={piece}
      store={store}
      threshold={threshold}
      guideline={batch.guideline_version}
      open={!props.lost}
      sideExtra={
        <>
          <div className="alert warn">{t.fixingWhy}</div>
          <Textarea
            aria-label={t.reason}
            placeholder={t.fixReason}
            value={reason}
            maxLength={2000}
            maxRows={4}
            onChange={(event) => setReason(event.target.value)}
          />
        </>
      }
      footLead={<BackToWork onBack={props.onBack} />}
      onSubmit={(judgement) => {
        if (store.depth() === 0) {
          notifications.show({ message: t.nothingFixed });
          return;
        }
        const { cells, regions } = wireOf(judgement);
        open.desk.finish(REVIEW, { verdict: "fixed", reason: reason.trim(), cells, fixed_regions: regions });
      }}
      onPrevious={props.onBack}
      onBack={props.onBack}
      frame={props.frame}
    />
  );
}
