import { Button } from "@mantine/core";
import { IconHourglass } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { useMay, useProject } from "../../../api/project";
import { ConfirmDialog } from "../../../components/ConfirmDialog";
import { clock } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import type { RunDetail } from "../api/run";
import { texts } from "../texts";

const WORTH_SAYING_MS = 30_000; // a single call is back sooner than anyone has read that it is waited for

/** Whose replies this run waits for, since another run has asked the same, and the way to wait no longer. */
export function Awaiting({ detail, onAsk }: { detail: RunDetail; onAsk: () => void }) {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const [asking, setAsking] = useState(false);
  const long = detail.waits_for.filter(
    (each) => each.batched || Date.now() - new Date(each.sent_at).getTime() > WORTH_SAYING_MS,
  );
  if (long.length === 0) return null;
  return (
    <div className="alert" role="status">
      <IconHourglass size={16} />
      <span className="sp">
        {long.map((each) => (
          <div key={each.run_id}>
            {t.waitsFor(each.count)}{" "}
            <Link to={`/p/${project.slug}/rationales/${each.run_id}`}>{t.run(each.number)}</Link>{" "}
            {t.sentAt(clock(each.sent_at), each.batched)}
          </div>
        ))}
      </span>
      {lead && (
        <Button size="compact-sm" onClick={() => setAsking(true)}>
          {t.askWithout}
        </Button>
      )}
      <ConfirmDialog
        opened={asking}
        close={() => setAsking(false)}
        title={t.askWithoutSure}
        why={t.askWithoutWhy(long.reduce((sum, each) => sum + each.count, 0))}
        keep={t.keepWaiting}
        perform={t.askWithout}
        onPerform={onAsk}
      />
    </div>
  );
}
