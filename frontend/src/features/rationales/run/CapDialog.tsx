import { NumberInput } from "@mantine/core";
import { useState } from "react";
import { useProject } from "../../../api/project";
import { Dialog } from "../../../components/Dialog";
import { SaveRow } from "../../../components/SaveRow";
import { useTexts } from "../../../lib/texts";
import { type RunDetail, useSetCap } from "../api/run";
import { texts } from "../texts";

/** Another cap for the run. */
export function CapDialog({ detail, close }: { detail: RunDetail; close: () => void }) {
  const t = useTexts(texts);
  const project = useProject();
  const [cap, setCap] = useState<number | string>(Number(detail.run.cap));
  const save = useSetCap(project.slug, detail.run.id);
  return (
    <Dialog onClose={close} title={t.raise}>
      <form
        className="col gap6"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(String(cap), { onSuccess: close });
        }}
      >
        <NumberInput label={t.newCap} value={cap} onChange={setCap} min={0} decimalScale={4} data-autofocus />
        <SaveRow verb={t.save} saving={save} disabled={cap === ""} />
      </form>
    </Dialog>
  );
}
