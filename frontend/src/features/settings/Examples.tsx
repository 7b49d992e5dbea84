import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Example } from "../../api/guidelines";
import { ExampleCard } from "../../components/ExampleCard";
import { severityTexts } from "../../components/severityTexts";
import { isSeverity } from "../../lib/severity";
import { useTexts } from "../../lib/texts";
import classes from "./settings.module.css";
import { texts } from "./texts";

/** Samples that show what an aspect's words mean; a lead adds one by its id. */
export function Examples(props: {
  examples: readonly Example[];
  severities: readonly string[];
  onChange?: ((examples: Example[]) => void) | undefined;
}) {
  const t = useTexts(texts);
  const said = useTexts(severityTexts);
  const { examples, onChange } = props;
  const [sample, setSample] = useState("");
  const [slot, setSlot] = useState("A");
  const [severity, setSeverity] = useState("major");
  const [note, setNote] = useState("");
  const add = () => {
    onChange?.([...examples, { sample: sample.trim(), slot, severity, note: { en: note, zh: "" } }]);
    setSample("");
    setNote("");
  };
  return (
    <div className="col gap5">
      {examples.length > 0 && (
        <div className={classes.examples}>
          {examples.map((example, index) => (
            <ExampleCard
              key={`${example.sample} ${example.slot} ${example.severity}`}
              example={example}
              {...(onChange && { remove: () => onChange(examples.filter((_, place) => place !== index)) })}
            />
          ))}
        </div>
      )}
      {onChange && (
        <div className="row wrap">
          <TextInput
            size="xs"
            aria-label={t.exampleSample}
            placeholder={t.exampleSample}
            value={sample}
            onChange={(event) => setSample(event.currentTarget.value)}
          />
          <Select
            size="xs"
            w={64}
            aria-label={t.exampleSlot}
            allowDeselect={false}
            data={[..."ABCDEFGH"]}
            value={slot}
            onChange={(value) => value && setSlot(value)}
          />
          <Select
            size="xs"
            w={110}
            aria-label={t.severities}
            allowDeselect={false}
            data={props.severities.filter(isSeverity).map((each) => ({ value: each, label: said[each] }))}
            value={severity}
            onChange={(value) => value && setSeverity(value)}
          />
          <TextInput
            size="xs"
            className="sp"
            aria-label={t.exampleNote}
            placeholder={t.exampleNote}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button size="compact-sm" disabled={!sample.trim()} onClick={add}>
            {t.addExample}
          </Button>
        </div>
      )}
    </div>
  );
}
