import {
  Button,
  Checkbox,
  FileButton,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type DragEvent, useRef } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import { useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { ProgressLine } from "../../components/ProgressLine";
import { useCommands } from "../../lib/commands";
import { number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type BatchDetail, batchQuery } from "./api/batch";
import { asOptions, membersQuery } from "./api/members";
import { type BatchRequest, type Preview, previewQuery, useMakeBatch } from "./api/newBatch";
import { slicesQuery, useMatch } from "./api/slices";
import classes from "./batches.module.css";
import { type Source, whatOf } from "./model/choice";
import { type TermValues, termsOf, USUAL, valuesOf } from "./model/terms";
import { Takes } from "./Takes";
import { below, FixedFields, GoldFields, LimitFields, type TermsProps, whole } from "./TermsFields";
import { texts } from "./texts";

interface Values {
  source: Source;
  names: string;
  onlyNotJudged: boolean;
  onlyNotInBatch: boolean;
  most: number | "";
  name: string;
  wanted: number;
  maximum: number;
  order: NonNullable<BatchRequest["order"]>;
  skip: NonNullable<BatchRequest["skip_policy"]>;
  people: string[];
  onlyUnfinished: boolean;
  terms: TermValues;
}

function Funnel({ preview }: { preview: Preview }) {
  const t = useTexts(texts);
  const lines: [string, number][] = [
    [t.picturesMissing, preview.pictures_missing],
    [t.judgedAlready, preview.judged],
    [t.inBatch, preview.in_open_batch],
  ];
  return (
    <div className={classes.funnel}>
      <span>{t.asked}</span>
      <span />
      <span className={classes.value}>{number(preview.asked)}</span>
      {lines
        .filter(([, count]) => count > 0)
        .map(([label, count]) => [
          <span key={label} className="t2">
            {label}
          </span>,
          <span key={`${label} bar`} />,
          <span key={`${label} value`} className={classes.value}>
            −{number(count)}
          </span>,
        ])}
      <span className={classes.total}>{t.samples}</span>
      <span className={classes.total}>
        <span className="sp">
          <ProgressLine parts={[{ value: preview.samples }]} total={preview.asked} />
        </span>
      </span>
      <span className={`${classes.total} ${classes.value}`}>{number(preview.samples)}</span>
    </div>
  );
}

/** Which samples, judged how and by whom; what it takes moves as one types. */
export function NewBatchPage() {
  const project = useProject();
  const [search] = useSearchParams();
  const id = search.get("batch");
  const detail = useQuery({
    ...batchQuery(project.slug, id ?? ""),
    enabled: id !== null,
    refetchInterval: false,
  });
  if (id === null) return <Form like={null} />;
  if (detail.error) return <ErrorPanel error={detail.error} retry={() => void detail.refetch()} />;
  return detail.data ? <Form like={detail.data} /> : <Loading />;
}

function Form({ like }: { like: BatchDetail | null }) {
  const t = useTexts(texts);
  const project = useProject();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  // The explorer hands over too many names for an address.
  const handed = (useLocation().state as { samples?: string } | null)?.samples;
  const samples = handed ?? search.get("samples");
  const given = search.get("questions") ?? samples ?? "";
  const form = useForm<Values>({
    initialValues: {
      source: like
        ? "batch"
        : search.has("questions")
          ? "questions"
          : samples !== null
            ? "samples"
            : "everything",
      names: given,
      onlyNotJudged: !given && !like,
      onlyNotInBatch: !given && !like,
      onlyUnfinished: false,
      most: "",
      name: search.get("name") ?? (like ? t.again(like.batch.name) : ""),
      wanted: like?.batch.wanted ?? 2,
      maximum: like?.batch.maximum ?? 3,
      order: like?.batch.order ?? "drawn",
      skip: like?.batch.skip_policy ?? "to_others",
      people: like?.batch.people.map(String) ?? [],
      // A deadline belongs to the batch it was set for.
      terms: like?.terms ? { ...valuesOf(like.terms), due: "" } : USUAL,
    },
  });
  const now = form.values;
  const [settled] = useDebouncedValue(now, 300);
  const chosenBy = (values: Values) =>
    whatOf({ ...values, batch: like?.batch.id ?? null, most: values.most === "" ? null : values.most });
  const setTerm: TermsProps["set"] = (name, value) => form.setFieldValue(`terms.${name}`, value as never);
  const what = chosenBy(settled);
  const preview = useQuery({
    ...previewQuery(project.slug, {
      what: what ?? {},
      wanted: settled.wanted,
      maximum: Math.max(settled.wanted, settled.maximum),
      terms: termsOf(settled.terms),
    }),
    enabled: what !== null,
  });
  const members = useQuery(membersQuery(project.slug));
  const slices = useQuery(slicesQuery(project.slug));
  const match = useMatch(project.slug);
  const make = useMakeBatch(project.slug);
  const key = useRef(crypto.randomUUID());
  const shown = what === null ? undefined : preview.data;
  const named = now.source === "samples" || now.source === "questions";
  const ready =
    shown !== undefined && shown.pieces > 0 && shown.unknown_count === 0 && now.name.trim() !== "";
  const start = () => {
    const chosen = chosenBy(now);
    if (!ready || chosen === null || make.isPending) return;
    const request: BatchRequest = {
      what: chosen,
      name: now.name.trim(),
      wanted: now.wanted,
      maximum: Math.max(now.wanted, now.maximum),
      order: now.order,
      skip_policy: now.skip,
      people: now.people.map(Number),
      terms: termsOf(now.terms),
    };
    make.mutate(
      { request, key: key.current },
      {
        onSuccess: (batch) => void navigate(`/p/${project.slug}/batches/${batch.id}`),
        // What was refused may be mended, and is then another request.
        onError: () => {
          key.current = crypto.randomUUID();
        },
      },
    );
  };
  useCommands({
    name: "new-batch",
    title: t.newTitle,
    commands: [{ name: "start", label: t.start, keys: ["Ctrl+Enter"], perform: start, whileTyping: true }],
  });
  const readIds = async (file: File | null | undefined) => {
    if (file) form.setFieldValue("names", await file.text());
  };
  const drop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    void readIds(event.dataTransfer.files[0]);
  };
  return (
    <>
      <PageHeader title={t.newTitle} back={{ to: `/p/${project.slug}/batches`, label: t.batches }}>
        <Button
          variant="filled"
          disabled={!ready}
          loading={make.isPending}
          onClick={start}
          rightSection={<Keycap chord="Ctrl+Enter" />}
        >
          {t.start}
        </Button>
      </PageHeader>
      {make.error && <ErrorPanel error={make.error} />}
      <div className={classes.columns}>
        <div>
          <section className="panel">
            <div className="ph">
              <span className={classes.step}>1</span>
              <h2 className="sp">{t.what}</h2>
              <SegmentedControl
                aria-label={t.what}
                {...form.getInputProps("source")}
                data={[
                  { value: "everything", label: t.everything },
                  { value: "samples", label: t.byName },
                  { value: "questions", label: t.byQuestion },
                  ...(like ? [{ value: "batch", label: t.batchNumber(like.batch.number) }] : []),
                ]}
              />
            </div>
            <div className={`pb ${classes.two}`}>
              <div className="col gap6">
                <TextInput
                  label={t.batchName}
                  placeholder={t.nameHint}
                  maxLength={160}
                  data-autofocus
                  {...form.getInputProps("name")}
                />
                {now.source === "samples" && slices.data && slices.data.results.length > 0 && (
                  <Select
                    label={t.slice}
                    placeholder={t.sliceHint}
                    disabled={match.isPending}
                    data={slices.data.results.map((each) => ({ value: each.id, label: each.name }))}
                    onChange={(id) => {
                      const slice = slices.data.results.find((each) => each.id === id);
                      if (slice)
                        match.mutate(slice.query, {
                          onSuccess: (found) => form.setFieldValue("names", found.samples.join("\n")),
                        });
                    }}
                  />
                )}
                {match.error && <ErrorPanel error={match.error} />}
                {named && (
                  <Textarea
                    {...below}
                    label={now.source === "samples" ? t.names : t.questions}
                    description={now.source === "samples" ? t.namesHint : t.questionsHint}
                    rows={4}
                    classNames={{ input: "mono" }}
                    onDragOver={(event) => event.preventDefault()}
                    onDrop={drop}
                    {...form.getInputProps("names")}
                  />
                )}
                {named && (
                  <FileButton accept=".txt,.csv,text/plain" onChange={(file) => void readIds(file)}>
                    {(props) => (
                      <Button {...props} size="compact-sm" style={{ alignSelf: "start" }}>
                        {t.fileOfIds}
                      </Button>
                    )}
                  </FileButton>
                )}
                <div className="col">
                  <span className="s t2">{t.andOnly}</span>
                  {now.source === "batch" && (
                    <Checkbox
                      label={t.unfinished}
                      {...form.getInputProps("onlyUnfinished", { type: "checkbox" })}
                    />
                  )}
                  <Checkbox
                    label={t.notJudged}
                    {...form.getInputProps("onlyNotJudged", { type: "checkbox" })}
                  />
                  <Checkbox
                    label={t.notInBatch}
                    {...form.getInputProps("onlyNotInBatch", { type: "checkbox" })}
                  />
                </div>
              </div>
              <div className="col gap6">
                {shown && <Funnel preview={shown} />}
                {shown && shown.unknown_count > 0 && (
                  <div className="alert bad" role="alert">
                    {t.unknown(shown.unknown_count, shown.unknown.join(", "))}
                  </div>
                )}
                {preview.error && what !== null && <ErrorPanel error={preview.error} />}
                <NumberInput
                  {...below}
                  label={t.most}
                  description={t.mostHint}
                  min={1}
                  value={now.most}
                  onChange={(value) => form.setFieldValue("most", whole(value))}
                />
              </div>
            </div>
          </section>
          <section className="panel">
            <div className="ph">
              <span className={classes.step}>2</span>
              <h2 className="sp">{t.how}</h2>
              <span className="s t3">
                {t.label}: {t.labelHint}
              </span>
            </div>
            <div className={`pb ${classes.four}`}>
              <NumberInput
                {...below}
                label={t.wanted}
                description={t.wantedHint}
                min={1}
                max={20}
                clampBehavior="strict"
                value={now.wanted}
                onChange={(value) => {
                  const wanted = whole(value) || 1;
                  form.setFieldValue("wanted", wanted);
                  form.setFieldValue("maximum", Math.max(wanted, now.maximum));
                }}
              />
              <NumberInput
                {...below}
                label={t.maximum}
                description={t.maximumHint}
                min={now.wanted}
                max={20}
                value={now.maximum}
                onChange={(value) => form.setFieldValue("maximum", Math.max(now.wanted, whole(value) || 1))}
              />
              <Select
                {...below}
                label={t.order}
                description={t.extraOrder}
                allowDeselect={false}
                data={(["drawn", "by_id", "given"] as const).map((value) => ({
                  value,
                  label: t.orders[value],
                }))}
                {...form.getInputProps("order")}
              />
              <Select
                {...below}
                label={t.afterSkip}
                description={t.skipHint}
                allowDeselect={false}
                data={(["to_others", "back_to_me", "out"] as const).map((value) => ({
                  value,
                  label: t.skips[value],
                }))}
                {...form.getInputProps("skip")}
              />
              <FixedFields values={now.terms} set={setTerm} />
              <GoldFields values={now.terms} set={setTerm} stock={shown?.gold_stock} />
            </div>
          </section>
          <section className="panel">
            <div className="ph">
              <span className={classes.step}>3</span>
              <h2>{t.whoAndHow}</h2>
            </div>
            <div className="pb col gap6">
              <MultiSelect
                {...below}
                label={t.who}
                description={t.whoHint}
                searchable
                data={asOptions(members.data?.results)}
                {...form.getInputProps("people")}
              />
              <div className={classes.four}>
                <LimitFields values={now.terms} set={setTerm} />
              </div>
            </div>
          </section>
        </div>
        <div>
          <Takes preview={shown} wanted={now.wanted} maximum={now.maximum} due={now.terms.due} />
        </div>
      </div>
    </>
  );
}
