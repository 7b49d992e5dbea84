import {
  Button,
  Checkbox,
  FileButton,
  NumberInput,
  SegmentedControl,
  Select,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type DragEvent, useRef, useState } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import { useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { ProgressLine } from "../../components/ProgressLine";
import { useCommands } from "../../lib/commands";
import { ago, number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type BatchDetail, batchQuery } from "./api/batch";
import { type DraftDetail, type DraftRow, draftQuery, useDraft } from "./api/drafts";
import { type BatchRequest, type Preview, previewQuery, useMakeBatch } from "./api/newBatch";
import { slicesQuery, useMatch } from "./api/slices";
import classes from "./batches.module.css";
import { HowJudged, setTermOf } from "./HowJudged";
import { whatOf } from "./model/choice";
import { type BatchValues, fromDraft, startingFrom, termsRequest } from "./model/form";
import { Takes } from "./Takes";
import { BudgetField, LimitFields, whole } from "./TermsFields";
import { texts } from "./texts";
import { WhoMayWork } from "./WhoMayWork";

function Funnel({ preview }: { preview: Preview }) {
  const t = useTexts(texts);
  const lines: [string, number][] = [
    [t.picturesMissing, preview.pictures_missing],
    [t.judgedAlready, preview.judged],
    [t.inBatch, preview.in_open_batch],
    [t.nothingTied, preview.not_disputed],
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
  const [draft, batch] = [search.get("draft"), search.get("batch")];
  const kept = useQuery({ ...draftQuery(project.slug, draft ?? ""), enabled: draft !== null });
  const like = useQuery({
    ...batchQuery(project.slug, batch ?? ""),
    enabled: draft === null && batch !== null,
    refetchInterval: false,
  });
  const asked = draft !== null ? kept : batch !== null ? like : null;
  if (asked?.error) return <ErrorPanel error={asked.error} retry={() => void asked.refetch()} />;
  if (draft !== null) return kept.data ? <Form key={draft} like={null} draft={kept.data} /> : <Loading />;
  if (batch !== null) return like.data ? <Form key={batch} like={like.data} draft={null} /> : <Loading />;
  return <Form like={null} draft={null} />;
}

/** The draft this form is kept as, and the two things one can do with it. */
function useKeptForm(first: DraftDetail | null, values: () => BatchValues) {
  const project = useProject();
  const navigate = useNavigate();
  const [row, setRow] = useState<DraftRow | null>(first?.draft ?? null);
  const { save, discard } = useDraft(project.slug);
  return {
    row,
    error: save.error ?? discard.error,
    saving: save.isPending,
    keep: () => {
      const now = values();
      if (save.isPending) return;
      save.mutate(
        { row, name: now.name.trim(), body: { ...now } },
        { onSuccess: (saved) => setRow(saved.draft) },
      );
    },
    discard: () => {
      const leave = () => void navigate(`/p/${project.slug}/batches`);
      if (row === null) leave();
      else discard.mutate(row.id, { onSuccess: leave });
    },
  };
}

function Form({ like, draft }: { like: BatchDetail | null; draft: DraftDetail | null }) {
  const t = useTexts(texts);
  const project = useProject();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  // The explorer hands over too many names for an address.
  const handed = (useLocation().state as { samples?: string } | null)?.samples;
  const form = useForm<BatchValues>({
    initialValues: draft
      ? fromDraft(draft.body)
      : startingFrom({
          like,
          nameAgain: t.again,
          questions: search.get("questions"),
          samples: handed ?? search.get("samples"),
          name: search.get("name"),
        }),
  });
  const now = form.values;
  const kept = useKeptForm(draft, () => form.getValues());
  const [settled] = useDebouncedValue(now, 300);
  const chosenBy = (values: BatchValues) =>
    whatOf({ ...values, batch: like?.batch.id ?? null, most: values.most === "" ? null : values.most });
  const what = chosenBy(settled);
  const preview = useQuery({
    ...previewQuery(project.slug, { what: what ?? {}, ...termsRequest(settled) }),
    enabled: what !== null,
  });
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
      skip_policy: now.skip,
      people: now.people.map(Number),
      guideline: now.guideline,
      ...termsRequest(now),
      draft: kept.row?.id ?? null,
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
    commands: [
      { name: "start", label: t.start, keys: ["Ctrl+Enter"], perform: start, whileTyping: true },
      { name: "keep", label: t.keepDraft, keys: ["Ctrl+KeyS"], perform: kept.keep, whileTyping: true },
    ],
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
      <PageHeader
        title={t.newTitle}
        back={{ to: `/p/${project.slug}/batches`, label: t.batches }}
        note={
          kept.row && <span className="badge">{t.draftSaved(ago(kept.row.saved_at), kept.row.saved_by)}</span>
        }
      >
        <Button variant="subtle" color="red" onClick={kept.discard}>
          {t.discard}
        </Button>
        <Button loading={kept.saving} onClick={kept.keep} rightSection={<Keycap chord="Ctrl+KeyS" />}>
          {t.keepDraft}
        </Button>
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
      {(make.error ?? kept.error) && <ErrorPanel error={make.error ?? kept.error} />}
      <div className={classes.columns}>
        <div>
          <section className="panel">
            <div className="ph">
              <span className={classes.step}>1</span>
              <h2 className="sp">{t.what}</h2>
              {now.source === "samples" && slices.data && slices.data.results.length > 0 && (
                <Select
                  size="xs"
                  w={170}
                  aria-label={t.slice}
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
              <div className="col">
                {match.error && <ErrorPanel error={match.error} />}
                {named && (
                  <div className="row t">
                    <Textarea
                      className="sp"
                      aria-label={now.source === "samples" ? t.names : t.questions}
                      placeholder={now.source === "samples" ? t.namesHint : t.questionsHint}
                      autosize={false}
                      rows={2}
                      classNames={{ input: "mono" }}
                      onDragOver={(event) => event.preventDefault()}
                      onDrop={drop}
                      {...form.getInputProps("names")}
                    />
                    <FileButton accept=".txt,.csv,text/plain" onChange={(file) => void readIds(file)}>
                      {(props) => <Button {...props}>{t.fileOfIds}</Button>}
                    </FileButton>
                  </div>
                )}
                <div className="row wrap">
                  <span className="s t2">{t.andOnly}</span>
                  {now.source === "batch" && (
                    <Checkbox
                      label={t.unfinished}
                      {...form.getInputProps("onlyUnfinished", { type: "checkbox" })}
                    />
                  )}
                  {now.kind === "adjudicate" ? (
                    <span className="s">{t.onlyDisputed}</span>
                  ) : (
                    <>
                      <Checkbox
                        label={t.notJudged}
                        {...form.getInputProps("onlyNotJudged", { type: "checkbox" })}
                      />
                      <Checkbox
                        label={t.notInBatch}
                        {...form.getInputProps("onlyNotInBatch", { type: "checkbox" })}
                      />
                    </>
                  )}
                </div>
                <div className={classes.nameAndMost}>
                  <TextInput
                    label={t.batchName}
                    placeholder={t.nameHint}
                    maxLength={160}
                    data-autofocus
                    {...form.getInputProps("name")}
                  />
                  <NumberInput
                    label={t.most}
                    placeholder={t.mostHint}
                    min={1}
                    value={now.most}
                    onChange={(value) => form.setFieldValue("most", whole(value))}
                  />
                </div>
              </div>
              <div className="col">
                {shown && <Funnel preview={shown} />}
                {shown && shown.unknown_count > 0 && (
                  <div className="alert bad" role="alert">
                    {t.unknown(shown.unknown_count, shown.unknown.join(", "))}
                  </div>
                )}
                {preview.error && what !== null && <ErrorPanel error={preview.error} />}
              </div>
            </div>
          </section>
          <HowJudged form={form} preview={shown} />
          <section className="panel">
            <div className="ph">
              <span className={classes.step}>3</span>
              <h2>{t.whoAndHow}</h2>
            </div>
            <div className="pb col">
              <WhoMayWork people={now.people} set={(people) => form.setFieldValue("people", people)} />
              <div className={classes.four}>
                <LimitFields values={now.terms} set={setTermOf(form)} />
                <BudgetField values={now.terms} set={setTermOf(form)} />
              </div>
            </div>
          </section>
        </div>
        <div>
          <Takes
            preview={shown}
            wanted={now.wanted}
            maximum={now.maximum}
            due={now.terms.due}
            budget={now.terms.budget}
            noSamples={now.source === "everything" && now.kind === "label" && shown?.asked === 0}
            cut={(samples) => form.setFieldValue("most", samples)}
          />
        </div>
      </div>
    </>
  );
}
