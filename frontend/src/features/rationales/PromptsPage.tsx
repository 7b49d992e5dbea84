import { Button, NumberInput, Select, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { useProject } from "../../api/project";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { useCommands } from "../../lib/commands";
import { ago, number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type PromptPreview, type PromptRow, promptsQuery, usePreview, useSavePrompt } from "./api/prompts";
import { insteadOf } from "./model/prompts";
import { pictureAddress } from "./model/reading";
import { Tabs } from "./Parts";
import { Offers, Versions } from "./PromptVersions";
import classes from "./rationales.module.css";
import { texts } from "./texts";

function Preview({ preview }: { preview: PromptPreview }) {
  const t = useTexts(texts);
  const project = useProject();
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.previewOf(`${preview.sample}/${preview.aspect}`)}</h2>
      </div>
      <div className="pb col">
        <div className={classes.pictures}>
          {preview.pictures.map((picture) => (
            <figure key={picture.slot}>
              <img src={pictureAddress(project.slug, picture.sha256)} alt={picture.letter || picture.slot} />
              <figcaption>
                <span className="slot">{picture.letter || "O"}</span>
              </figcaption>
            </figure>
          ))}
        </div>
        {preview.steps.map((step) => (
          <div key={step.name} className="col gap2">
            <div className="row s">
              <b>{t.stepNames[step.name as keyof typeof t.stepNames]}</b>
              <span className={step.tells_answer ? "badge warn" : "badge"}>
                {step.tells_answer ? t.previewTells : t.previewBlind}
              </span>
              <span className="t3">{t.tokensCount(number(step.tokens))}</span>
            </div>
            <pre className={classes.code}>{`${step.system}\n\n${step.text}`}</pre>
          </div>
        ))}
      </div>
    </section>
  );
}

function Editor({
  prompt,
  sides,
  placeholders,
}: {
  prompt: PromptRow;
  sides: number[];
  placeholders: string[];
}) {
  const t = useTexts(texts);
  const project = useProject();
  const [draft, setDraft] = useState(prompt);
  const [, setQuery] = useSearchParams();
  const save = useSavePrompt(project.slug);
  const preview = usePreview(project.slug);
  useEffect(() => setDraft(prompt), [prompt]);
  const changed = JSON.stringify(draft) !== JSON.stringify(prompt);
  const store = () =>
    save.mutate(
      {
        name: draft.name,
        locale: draft.locale,
        way: draft.way,
        stage: draft.stage,
        steps: draft.steps,
        picture_side: draft.picture_side,
        max_tokens: draft.max_tokens,
        temperature: draft.temperature,
      },
      { onSuccess: (row) => setQuery({ prompt: row.id }) },
    );
  useCommands({
    name: "prompt",
    title: t.prompts,
    commands: [
      {
        name: "save",
        label: t.saveVersion,
        keys: ["Ctrl+KeyS"],
        perform: store,
        enabled: changed && !save.isPending,
        whileTyping: true,
      },
    ],
  });
  const setStep = (place: number, part: "system" | "text", value: string) =>
    setDraft((now) => ({
      ...now,
      steps: now.steps.map((step, index) => (index === place ? { ...step, [part]: value } : step)),
    }));
  return (
    <div className="col gap5">
      <section className="panel">
        <div className="ph">
          <h2 className="sp">
            {prompt.name} · {t.locales[prompt.locale as keyof typeof t.locales]} ·{" "}
            {t.versionN(prompt.version)}
          </h2>
          {changed && (
            <Button size="compact-sm" variant="subtle" onClick={() => setDraft(prompt)}>
              {t.undo}
            </Button>
          )}
          <Button
            size="compact-sm"
            loading={preview.isPending}
            onClick={() =>
              preview.mutate({ way: draft.way, stage: draft.stage, locale: draft.locale, steps: draft.steps })
            }
          >
            {t.preview}
          </Button>
          <Button
            size="compact-sm"
            variant="filled"
            disabled={!changed}
            loading={save.isPending}
            rightSection={<Keycap chord="Ctrl+KeyS" />}
            onClick={store}
          >
            {t.saveVersion}
          </Button>
        </div>
        <div className="pb col gap5">
          {(save.error ?? preview.error) && <ErrorPanel error={save.error ?? preview.error} />}
          {draft.steps.map((step, place) => (
            <div key={step.name} className="col gap2">
              <b>{t.stepNames[step.name as keyof typeof t.stepNames]}</b>
              <Textarea
                aria-label={`${step.name} ${t.system}`}
                label={t.system}
                autosize
                minRows={2}
                value={step.system}
                onChange={(event) => setStep(place, "system", event.currentTarget.value)}
              />
              <Textarea
                aria-label={`${step.name} ${t.text}`}
                label={t.text}
                autosize
                minRows={6}
                value={step.text}
                onChange={(event) => setStep(place, "text", event.currentTarget.value)}
              />
            </div>
          ))}
          <p className="s t3">
            {t.placeholders}: {placeholders.map((name) => `$${name}`).join(" ")}
          </p>
          <div className={classes.three}>
            <Select
              label={t.pictureSide}
              allowDeselect={false}
              value={String(draft.picture_side)}
              onChange={(value) => value && setDraft({ ...draft, picture_side: Number(value) })}
              data={sides.map(String)}
            />
            <NumberInput
              label={t.maxTokens}
              min={16}
              max={16384}
              value={draft.max_tokens}
              onChange={(value) => setDraft({ ...draft, max_tokens: Number(value) })}
            />
            <NumberInput
              label={t.temperature}
              min={0}
              max={2}
              step={0.1}
              decimalScale={2}
              value={draft.temperature}
              onChange={(value) => setDraft({ ...draft, temperature: Number(value) })}
            />
          </div>
        </div>
      </section>
      {preview.data && <Preview preview={preview.data} />}
    </div>
  );
}

/** Prompts in all their versions; a change is the next version. */
export function PromptsPage() {
  const t = useTexts(texts);
  const project = useProject();
  const [query, setQuery] = useSearchParams();
  const prompts = useQuery(promptsQuery(project.slug));
  const rows = prompts.data?.results ?? [];
  const chosen = rows.find((row) => row.id === query.get("prompt")) ?? rows[0];
  const others = chosen ? insteadOf(chosen, rows) : [];
  const against = others.find((row) => row.id === query.get("against"));
  return (
    <>
      <PageHeader title={t.title} note={t.promptsNote} />
      <Tabs />
      {prompts.isPending ? (
        <Loading />
      ) : prompts.error ? (
        <ErrorPanel error={prompts.error} retry={() => void prompts.refetch()} />
      ) : (
        <div className={classes.side}>
          <section className="panel">
            {rows.map((row) => (
              <button
                key={row.id}
                type="button"
                className={classes.pick}
                data-on={row.id === chosen?.id || undefined}
                onClick={() => setQuery({ prompt: row.id })}
              >
                <span className="row gap2">
                  <b className="sp clip">{row.name}</b>
                  <span className="badge">{row.version}</span>
                </span>
                <span className="s t2">
                  {t.ways[row.way]} · {t.locales[row.locale as keyof typeof t.locales]} ·{" "}
                  {ago(row.created_at)}
                </span>
                <br />
                <span className="s t3">
                  {row.rationales ? t.madeWith(number(row.passed), number(row.rationales)) : t.unused}
                </span>
              </button>
            ))}
          </section>
          <section className="col gap5">
            <Offers offers={prompts.data.offers} />
            {chosen && others.length > 0 && (
              <div className="row">
                <Select
                  aria-label={t.compareWith}
                  placeholder={t.compareWith}
                  clearable
                  w={340}
                  value={against?.id ?? null}
                  onChange={(id) => setQuery(id ? { prompt: chosen.id, against: id } : { prompt: chosen.id })}
                  data={others.map((row) => ({
                    value: row.id,
                    label: `${row.name} · ${row.locale} · ${row.version}`,
                  }))}
                />
              </div>
            )}
            {chosen && against ? (
              <Versions before={against.id} after={chosen.id} />
            ) : chosen ? (
              <Editor
                key={chosen.id}
                prompt={chosen}
                sides={prompts.data.picture_sides}
                placeholders={prompts.data.placeholders}
              />
            ) : (
              <EmptyState title={t.choosePrompt} />
            )}
          </section>
        </div>
      )}
    </>
  );
}
