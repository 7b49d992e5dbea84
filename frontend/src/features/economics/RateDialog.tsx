import { NumberInput, Select } from "@mantine/core";
import { useState } from "react";
import { useProject } from "../../api/project";
import { Dialog } from "../../components/Dialog";
import { SaveRow } from "../../components/SaveRow";
import { useTexts } from "../../lib/texts";
import { type Economics, useEnterRate } from "./api/economics";
import { texts } from "./texts";

type Work = Economics["rates"][number]["work"];

/** A rate of people's time from today on. */
export function RateDialog({ rates, close }: { rates: Economics["rates"]; close: () => void }) {
  const t = useTexts(texts);
  const project = useProject();
  const [work, setWork] = useState<Work>("writing");
  const [rate, setRate] = useState<number | string>(Number(rates[0]?.usd_per_hour ?? 0));
  const enter = useEnterRate(project.slug);
  return (
    <Dialog onClose={close} title={t.enterRate}>
      <form
        className="col gap6"
        onSubmit={(event) => {
          event.preventDefault();
          enter.mutate({ work, usd_per_hour: String(rate) }, { onSuccess: close });
        }}
      >
        <p className="s t2">{t.rateWhy}</p>
        <Select
          label={t.work}
          allowDeselect={false}
          value={work}
          onChange={(value) => value && setWork(value as Work)}
          data={rates.map((each) => ({ value: each.work, label: t.works[each.work] }))}
        />
        <NumberInput
          label={t.usdPerHour}
          min={0}
          max={9999}
          decimalScale={4}
          value={rate}
          onChange={setRate}
          data-autofocus
        />
        <SaveRow verb={t.save} saving={enter} disabled={rate === ""} />
      </form>
    </Dialog>
  );
}
