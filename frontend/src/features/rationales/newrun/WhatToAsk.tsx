import { Checkbox, MultiSelect, NumberInput, Textarea } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { aspectsQuery, useAspectName } from "../../../api/aspects";
import { useProject } from "../../../api/project";
import { useTexts } from "../../../lib/texts";
import type { Values } from "../model/newRun";
import classes from "../rationales.module.css";
import { texts } from "../texts";
import { BELOW } from "./choices";

interface Props {
  readonly form: UseFormReturnType<Values>;
  /** What is asked as the form stands. */
  readonly scope: { readonly only_settled: boolean; readonly only_without: boolean };
  /** A model that is told the answer is asked only where there is one. */
  readonly told: boolean;
  readonly evaluation: boolean;
}

/** Which questions. */
export function WhatToAsk({ form, scope, told, evaluation }: Props) {
  const t = useTexts(texts);
  const project = useProject();
  const aspectName = useAspectName();
  const aspects = useQuery(aspectsQuery(project.slug));
  const { values } = form;
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.whatToAsk}</h2>
      </div>
      <div className={`pb ${classes.two}`}>
        <MultiSelect
          label={t.aspects}
          placeholder={values.aspects.length === 0 ? t.allAspects : ""}
          data={(aspects.data?.results ?? []).map((each) => ({
            value: each.key,
            label: aspectName(each.key),
          }))}
          {...form.getInputProps("aspects")}
        />
        <NumberInput
          label={t.most}
          inputWrapperOrder={BELOW}
          description={t.mostHint}
          min={1}
          value={values.most}
          onChange={(value) => form.setFieldValue("most", typeof value === "number" ? value : "")}
        />
        <div className="col gap5">
          <Checkbox
            label={t.settledOnly}
            description={told ? t.settledAlways : undefined}
            disabled={told}
            checked={scope.only_settled}
            onChange={(event) => form.setFieldValue("settled", event.currentTarget.checked)}
          />
          <Checkbox
            label={t.withoutOnly}
            disabled={evaluation}
            checked={scope.only_without}
            onChange={(event) => form.setFieldValue("without", event.currentTarget.checked)}
          />
        </div>
        <Textarea
          label={t.samples}
          inputWrapperOrder={BELOW}
          description={t.samplesHint}
          autosize
          minRows={2}
          maxRows={6}
          {...form.getInputProps("samples")}
        />
      </div>
    </section>
  );
}
