import { ActionIcon, Button, Checkbox, NumberInput, Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconX } from "@tabler/icons-react";
import { useTexts } from "../../../lib/texts";
import type { EndpointChoice } from "../api/choices";
import type { PromptRow } from "../api/prompts";
import { drawsFit, RUNGS_AT_MOST, type Rung, type Values } from "../model/newRun";
import classes from "../rationales.module.css";
import { texts } from "../texts";
import { endpointChoices, promptChoices } from "./choices";

interface Props {
  readonly form: UseFormReturnType<Values>;
  readonly rungs: readonly Rung[];
  readonly known: readonly PromptRow[];
  readonly active: readonly EndpointChoice[];
  readonly chained: boolean;
  takesBatches(endpoint: string): boolean;
}

/** Further runs for what the first leaves, at last people: together a cascade. */
export function Then({ form, rungs, known, active, chained, takesBatches }: Props) {
  const t = useTexts(texts);
  const { values } = form;
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.thenTitle}</h2>
        <Button
          size="compact-sm"
          disabled={values.rungs.length >= RUNGS_AT_MOST - 1}
          onClick={() =>
            form.insertListItem("rungs", {
              key: crypto.randomUUID(),
              prompt: null,
              endpoint: null,
              draws: 1,
              batched: false,
            })
          }
        >
          {t.addRung}
        </Button>
      </div>
      <div className="pb col gap6">
        <p className="s t2">{t.thenWhy}</p>
        {rungs.map((rung, place) => {
          const chosen = known.find((each) => each.id === rung.prompt);
          return (
            <div key={rung.key} className={classes.rungRow}>
              <b>{t.rungN(place + 2)}</b>
              <Select
                aria-label={t.prompt}
                value={rung.prompt ?? null}
                allowDeselect={false}
                onChange={(value) => form.setFieldValue(`rungs.${place}.prompt`, value)}
                data={promptChoices(known, t)}
              />
              <Select
                aria-label={t.endpoint}
                value={rung.endpoint}
                allowDeselect={false}
                onChange={(value) => form.setFieldValue(`rungs.${place}.endpoint`, value)}
                data={endpointChoices(active)}
              />
              <NumberInput
                aria-label={t.draws}
                min={1}
                max={16}
                disabled={!drawsFit(chosen)}
                value={drawsFit(chosen) ? rung.draws : 1}
                onChange={(value) =>
                  form.setFieldValue(`rungs.${place}.draws`, typeof value === "number" ? value : 1)
                }
              />
              <Checkbox
                label={t.inABatch}
                disabled={rung.endpoint === null || !takesBatches(rung.endpoint)}
                checked={rung.batched && rung.endpoint !== null && takesBatches(rung.endpoint)}
                onChange={(event) =>
                  form.setFieldValue(`rungs.${place}.batched`, event.currentTarget.checked)
                }
              />
              <ActionIcon
                variant="subtle"
                aria-label={t.dropRung}
                title={t.dropRung}
                onClick={() => form.removeListItem("rungs", place)}
              >
                <IconX size={15} stroke={1.6} />
              </ActionIcon>
            </div>
          );
        })}
        <Checkbox
          label={t.thenPeople}
          checked={values.people}
          onChange={(event) => form.setFieldValue("people", event.currentTarget.checked)}
        />
        {chained && (
          <TextInput label={t.cascadeName} maxLength={120} required {...form.getInputProps("cascade")} />
        )}
      </div>
    </section>
  );
}
