import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { type Guideline, type GuidelineText, guidelinesQuery } from "../../api/guidelines";
import { useMay, useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { SettingsTabs } from "../../components/SettingsTabs";
import { useCommands } from "../../lib/commands";
import { day } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type Aspect, aspectsQuery } from "./api/aspects";
import { usePublish } from "./api/publish";
import { Both } from "./Both";
import { Examples } from "./Examples";
import { OutdatedPanel } from "./OutdatedPanel";
import classes from "./settings.module.css";
import { texts } from "./texts";
import { useNamed } from "./useNamed";

const EMPTY: GuidelineText = { text: { en: "", zh: "" }, question: { en: "", zh: "" } };
const both = (words: { en: string; zh?: string }) => ({ en: words.en, zh: words.zh ?? "" });

/** What annotators read, as they read it; in an older version, what has changed since is struck through. */
function Reading({ text, now }: { text: GuidelineText; now?: GuidelineText | undefined }) {
  const t = useTexts(texts);
  const words = (part: "text" | "question", language: "en" | "zh") => {
    const said = text[part][language] ?? "";
    const changed = now !== undefined && (now[part][language] ?? "") !== said;
    return <span className={changed ? classes.gone : undefined}>{said || "–"}</span>;
  };
  return (
    <div className={classes.two}>
      {(["en", "zh"] as const).map((language) => (
        <div key={language} className="col gap2" lang={language}>
          <b>{words("question", language)}</b>
          <p className={classes.reading}>{words("text", language)}</p>
        </div>
      ))}
      {now && <span className="s t3">{t.struck}</span>}
    </div>
  );
}

function Editor(props: { aspects: readonly Aspect[]; shown: Guideline; newest: Guideline }) {
  const t = useTexts(texts);
  const named = useNamed();
  const project = useProject();
  const lead = useMay("lead");
  const { aspects, shown, newest } = props;
  const publish = usePublish(project.slug);
  const [query, setQuery] = useSearchParams();
  const [changed, setChanged] = useState<Record<string, GuidelineText>>({});
  const [note, setNote] = useState("");
  const [preview, setPreview] = useState(false);
  const aspect = aspects.find((each) => each.key === query.get("aspect")) ?? aspects[0];
  const old = shown.version !== newest.version;
  const edits = lead && !old && !preview;
  const dirty = Object.keys(changed).length > 0;
  const store = () =>
    publish.mutate(
      { texts: changed, note },
      {
        onSuccess: () => {
          setChanged({});
          setNote("");
        },
      },
    );
  useCommands({
    name: "guideline",
    title: t.guideline,
    commands: [
      {
        name: "publish",
        label: t.publish,
        keys: ["Ctrl+KeyS"],
        perform: store,
        enabled: lead && dirty && !publish.isPending,
        whileTyping: true,
      },
    ],
  });
  if (!aspect) return null;
  const value = (old ? undefined : changed[aspect.key]) ?? shown.texts[aspect.key] ?? EMPTY;
  const set = (part: Partial<GuidelineText>) =>
    setChanged({ ...changed, [aspect.key]: { ...value, ...part } });
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.version(shown.version)}</h2>
        {lead && !old && (
          <SegmentedControl
            size="xs"
            value={preview ? "read" : "edit"}
            onChange={(to) => setPreview(to === "read")}
            data={[
              { value: "edit", label: t.edit },
              { value: "read", label: t.preview },
            ]}
          />
        )}
      </div>
      <div className="pb col gap5">
        <div className={classes.aspects}>
          {aspects.map((each) => (
            <Button
              key={each.key}
              size="compact-sm"
              variant={each.key === aspect.key ? "light" : "default"}
              aria-pressed={each.key === aspect.key}
              onClick={() => setQuery({ ...Object.fromEntries(query), aspect: each.key })}
            >
              {named(each.names)} {changed[each.key] && "•"}
            </Button>
          ))}
        </div>
        {edits ? (
          <>
            <Both
              label={t.question}
              rows={1}
              value={both(value.question)}
              onChange={(question) => set({ question })}
            />
            <Both label={t.text} rows={5} value={both(value.text)} onChange={(text) => set({ text })} />
          </>
        ) : (
          <Reading text={value} now={old ? (newest.texts[aspect.key] ?? EMPTY) : undefined} />
        )}
        <b>{t.examples}</b>
        <Examples
          examples={value.examples ?? []}
          severities={aspect.severities}
          onChange={edits ? (examples) => set({ examples }) : undefined}
        />
        {publish.isSuccess && !dirty && <div className="alert ok">{t.published}</div>}
        {publish.error && <ErrorPanel error={publish.error} />}
        {lead && !old ? (
          <div className="row">
            <TextInput
              className="sp"
              aria-label={t.note}
              placeholder={t.note}
              value={note}
              maxLength={200}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            {dirty && (
              <Button variant="subtle" onClick={() => setChanged({})}>
                {t.undoChanges}
              </Button>
            )}
            <Button
              variant="filled"
              disabled={!dirty}
              loading={publish.isPending}
              rightSection={<Keycap chord="Ctrl+KeyS" />}
              onClick={store}
            >
              {t.publish}
            </Button>
          </div>
        ) : (
          !lead && <span className="t3">{t.onlyLeads}</span>
        )}
      </div>
    </section>
  );
}

/** The words people judge by, in every version, and what was judged under other ones. */
export function GuidelinePage() {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const [query, setQuery] = useSearchParams();
  const aspects = useQuery(aspectsQuery(project.slug));
  const guidelines = useQuery(guidelinesQuery(project.slug));
  const failed = aspects.error ?? guidelines.error;
  const versions = guidelines.data?.results ?? [];
  const newest = versions[0];
  const shown = versions.find((each) => String(each.version) === query.get("version")) ?? newest;
  return (
    <>
      <PageHeader title={t.title} />
      <SettingsTabs />
      {failed ? (
        <ErrorPanel error={failed} retry={() => void guidelines.refetch()} />
      ) : !aspects.data || !newest || !shown ? (
        <Loading />
      ) : (
        <div className={classes.columns}>
          <div>
            <Editor aspects={aspects.data.results} shown={shown} newest={newest} />
          </div>
          <div>
            {lead && <OutdatedPanel />}
            <section className="panel">
              <div className="ph">
                <h2>{t.history}</h2>
              </div>
              <div className={classes.versions}>
                {versions.map((each) => (
                  <button
                    key={each.version}
                    type="button"
                    className="row"
                    data-on={each.version === shown.version || undefined}
                    onClick={() => setQuery({ ...Object.fromEntries(query), version: String(each.version) })}
                  >
                    <b>{t.version(each.version)}</b>
                    <span className="t2 sp clip">{each.note}</span>
                    <span className="t3 s nw">{day(each.created_at)}</span>
                  </button>
                ))}
              </div>
            </section>
          </div>
        </div>
      )}
    </>
  );
}
