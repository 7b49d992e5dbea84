import { Button, Popover, Select } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { guidelinesQuery } from "../../api/guidelines";
import { useProject } from "../../api/project";
import { day, number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import type { Preview } from "./api/newBatch";
import classes from "./batches.module.css";
import { Count } from "./Count";
import { type BatchValues, unusualTerms } from "./model/form";
import {
  AfterDue,
  AgreementFloor,
  AssistField,
  below,
  ExtraShare,
  GoldFields,
  PauseFields,
  ShuffleField,
  type TermsProps,
} from "./TermsFields";
import { texts } from "./texts";

const KINDS = ["label", "adjudicate"] as const;
const ORDERS = ["drawn", "hardest", "by_id", "given"] as const;
const SKIPS = ["to_others", "back_to_me", "out"] as const;

interface Props {
  readonly form: UseFormReturnType<BatchValues>;
  readonly preview: Preview | undefined;
}

/** What people do with a piece, by which words, and how many of them. One ruling settles an adjudication. */
export function HowJudged({ form, preview }: Props) {
  const t = useTexts(texts);
  const now = form.values;
  const labels = now.kind === "label";
  const terms = { values: now.terms, set: setTermOf(form) };
  return (
    <section className="panel">
      <div className="ph">
        <span className={classes.step}>2</span>
        <h2 className="sp">{t.how}</h2>
        <MoreTerms {...terms} labels={labels} />
      </div>
      <div className={`pb ${classes.four}`}>
        <Select
          {...below}
          label={t.kind}
          description={t.kindHints[now.kind]}
          allowDeselect={false}
          data={KINDS.map((value) => ({ value, label: t.kinds[value] }))}
          {...form.getInputProps("kind")}
        />
        <GuidelineField value={now.guideline} set={(version) => form.setFieldValue("guideline", version)} />
        {labels && <AssistField {...terms} />}
        <Select
          {...below}
          label={t.order}
          description={
            now.order === "hardest" && preview?.known_difficulty != null
              ? t.knownDifficulty(number(preview.known_difficulty), number(preview.pieces))
              : t.orderHints[now.order]
          }
          allowDeselect={false}
          data={ORDERS.map((value) => ({ value, label: t.orders[value] }))}
          {...form.getInputProps("order")}
        />
        {labels && <Opinions form={form} preview={preview} />}
        <Select
          {...below}
          label={t.afterSkip}
          description={t.skipHint}
          allowDeselect={false}
          data={SKIPS.map((value) => ({ value, label: t.skips[value] }))}
          {...form.getInputProps("skip")}
        />
      </div>
    </section>
  );
}

/** Sets one of the terms in a form. */
export const setTermOf =
  (form: UseFormReturnType<BatchValues>): TermsProps["set"] =>
  (name, value) =>
    form.setFieldValue(`terms.${name}`, value as never);

function GuidelineField({ value, set }: { value: number | null; set: (version: number | null) => void }) {
  const t = useTexts(texts);
  const project = useProject();
  const versions = useQuery(guidelinesQuery(project.slug)).data?.results ?? [];
  const newest = versions[0]?.version ?? 1;
  return (
    <Select
      {...below}
      label={t.guideline}
      description={value === null || value === newest ? t.newestGuideline : t.olderGuideline(newest)}
      allowDeselect={false}
      data={versions.map((each) => ({
        value: String(each.version),
        label: t.guidelineOf(each.version, day(each.created_at)),
      }))}
      value={String(value ?? newest)}
      onChange={(version) => set(Number(version) === newest ? null : Number(version))}
    />
  );
}

/** How many opinions, when one more, and what of it is measured with. */
function Opinions({ form, preview }: Props) {
  const t = useTexts(texts);
  const now = form.values;
  const terms = { values: now.terms, set: setTermOf(form) };
  return (
    <>
      <Count
        {...below}
        label={t.wanted}
        description={t.wantedHint}
        min={1}
        max={20}
        clampBehavior="strict"
        value={now.wanted}
        set={(wanted) => {
          form.setFieldValue("wanted", wanted);
          form.setFieldValue("maximum", Math.max(wanted, now.maximum));
        }}
      />
      <Count
        {...below}
        label={t.maximum}
        description={t.maximumHint}
        min={now.wanted}
        max={20}
        value={now.maximum}
        set={(maximum) => form.setFieldValue("maximum", maximum)}
      />
      <AgreementFloor {...terms} />
      <ExtraShare {...terms} />
      <GoldFields {...terms} stock={preview?.gold_stock} />
    </>
  );
}

/** What most batches leave as usual; how much is not is said on the button. */
function MoreTerms({ values, set, labels }: Pick<TermsProps, "values" | "set"> & { labels: boolean }) {
  const t = useTexts(texts);
  return (
    <Popover width={420} position="bottom-end">
      <Popover.Target>
        <Button size="compact-sm">{t.moreTerms(unusualTerms(values))}</Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.two}>
          {labels && <PauseFields values={values} set={set} />}
          <AfterDue values={values} set={set} />
          <ShuffleField values={values} set={set} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
