import { Checkbox, NumberInput, SegmentedControl, Select } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { SandboxTag } from "../../../components/SandboxTag";
import { money, percent } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import type { EndpointChoice } from "../api/choices";
import type { PromptRow } from "../api/prompts";
import { drawsFit, type Values } from "../model/newRun";
import classes from "../rationales.module.css";
import { texts } from "../texts";
import { BELOW, endpointChoices, promptChoices } from "./choices";

interface Props {
  readonly form: UseFormReturnType<Values>;
  readonly known: readonly PromptRow[];
  readonly active: readonly EndpointChoice[];
  /** What is chosen, where nothing was chosen by hand what is proposed. */
  readonly prompt: PromptRow | undefined;
  readonly endpoint: EndpointChoice | undefined;
  readonly evaluation: boolean;
  readonly chained: boolean;
  readonly batched: boolean;
  readonly draws: number;
}

/** Prompt, endpoint, purpose, and how the questions are asked under which cap. */
export function WithWhat({
  form,
  known,
  active,
  prompt,
  endpoint,
  evaluation,
  chained,
  batched,
  draws,
}: Props) {
  const t = useTexts(texts);
  const { values } = form;
  const batchShare = endpoint?.price?.batch_share ?? null;
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.withWhat}</h2>
      </div>
      <div className={`pb ${classes.two}`}>
        <Select
          label={t.prompt}
          value={prompt?.id ?? null}
          allowDeselect={false}
          onChange={(value) => form.setValues({ prompt: value, limit: null })}
          data={promptChoices(known, t)}
          inputWrapperOrder={BELOW}
          description={prompt ? `${t.ways[prompt.way]}, ${t.stages[prompt.stage]}` : undefined}
        />
        <Select
          label={t.endpoint}
          value={endpoint?.id ?? null}
          allowDeselect={false}
          onChange={(value) => form.setValues({ endpoint: value, limit: null })}
          data={endpointChoices(active)}
          inputWrapperOrder={BELOW}
          description={
            endpoint && (
              <span className="row gap2">
                {endpoint.sandbox && <SandboxTag />}
                {endpoint.price
                  ? `${money(endpoint.price.input_per_million)} / ${money(endpoint.price.output_per_million)}`
                  : "–"}
              </span>
            )
          }
        />
        <div>
          <span className="mantine-InputWrapper-label">{t.purpose}</span>
          <SegmentedControl
            fullWidth
            disabled={prompt?.way !== "automated"}
            value={evaluation ? "evaluation" : "rationale"}
            onChange={(value) => form.setFieldValue("purpose", value as Values["purpose"])}
            data={[
              { value: "rationale", label: t.purposes.rationale },
              { value: "evaluation", label: t.purposes.evaluation },
            ]}
          />
          <div className="s t3">{t.purposeHint[evaluation ? "evaluation" : "rationale"]}</div>
        </div>
        <NumberInput
          label={t.draws}
          inputWrapperOrder={BELOW}
          description={
            drawsFit(prompt)
              ? t.drawsHint[prompt.way === "automated" ? "automated" : "blind_first"]
              : undefined
          }
          disabled={!drawsFit(prompt) || evaluation}
          min={1}
          max={16}
          value={draws}
          onChange={(value) => form.setFieldValue("draws", typeof value === "number" ? value : 1)}
        />
        <div className="col gap5">
          <Checkbox
            label={t.pilotFirst}
            description={t.pilotHint}
            disabled={chained}
            checked={values.pilot && !chained}
            onChange={(event) => form.setFieldValue("pilot", event.currentTarget.checked)}
          />
          <Checkbox
            label={t.askAgain}
            description={t.askAgainHint}
            disabled={chained}
            checked={values.again && !chained}
            onChange={(event) => form.setFieldValue("again", event.currentTarget.checked)}
          />
          <Checkbox
            label={t.inBatches}
            description={batchShare === null ? t.noBatches : t.inBatchesHint(percent(Number(batchShare), 0))}
            disabled={batchShare === null}
            checked={batched}
            onChange={(event) => form.setFieldValue("batched", event.currentTarget.checked)}
          />
        </div>
        <NumberInput
          label={t.newCap}
          inputWrapperOrder={BELOW}
          description={t.capHint}
          min={0}
          decimalScale={4}
          value={values.cap}
          onChange={(value) => form.setFieldValue("cap", typeof value === "number" ? value : "")}
        />
      </div>
    </section>
  );
}
