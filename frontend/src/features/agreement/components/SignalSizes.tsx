import { Button, NumberInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAdjustments } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay, useProject } from "../../../api/project";
import { Dialog } from "../../../components/Dialog";
import { ErrorPanel } from "../../../components/ErrorPanel";
import { useTexts } from "../../../lib/texts";
import { type Sizes, sizesQuery, useSetSizes } from "../api/signalSizes";
import classes from "../People.module.css";
import { texts } from "../texts";

const NAMES = ["rush", "fast", "even", "run", "difference", "drop", "favourite", "opinions", "rate"] as const;
const WHOLE: readonly string[] = ["run", "opinions"];

/** The button, and behind it from what size on a signal is shown. Leads change it, reviewers may look. */
export function SignalSizes() {
  const t = useTexts(texts);
  const project = useProject();
  const sizes = useQuery(sizesQuery(project.slug)).data;
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="compact-sm" leftSection={<IconAdjustments size={14} />} onClick={open}>
        {t.sizes}
      </Button>
      {opened && sizes && (
        <Dialog onClose={close} title={t.sizes} size="lg">
          <Fields now={sizes} onDone={close} />
        </Dialog>
      )}
    </>
  );
}

function Fields({ now, onDone }: { now: Sizes; onDone: () => void }) {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const set = useSetSizes(project.slug);
  const [sizes, setSizes] = useState(now);
  return (
    <div className="col gap5">
      <p className="s t2">{t.sizesWhy}</p>
      <div className={classes.sizes}>
        {NAMES.map((name) => (
          <NumberInput
            key={name}
            label={t.sizeNames[name]}
            description={t.sizeHints[name]}
            inputWrapperOrder={["label", "input", "description", "error"]}
            disabled={!lead}
            suffix={WHOLE.includes(name) ? "" : " %"}
            min={WHOLE.includes(name) ? 2 : 0.1}
            max={name === "opinions" ? 10_000 : 100}
            decimalScale={1}
            value={WHOLE.includes(name) ? sizes[name] : Math.round((sizes[name] ?? 0) * 1000) / 10}
            onChange={(value) =>
              typeof value === "number" &&
              setSizes({ ...sizes, [name]: WHOLE.includes(name) ? Math.round(value) : value / 100 })
            }
          />
        ))}
      </div>
      {set.error && <ErrorPanel error={set.error} />}
      {lead && (
        <div className="row">
          <span className="sp" />
          <Button onClick={onDone}>{t.cancel}</Button>
          <Button
            variant="filled"
            loading={set.isPending}
            onClick={() => set.mutate(sizes, { onSuccess: onDone })}
          >
            {t.useThis}
          </Button>
        </div>
      )}
    </div>
  );
}
