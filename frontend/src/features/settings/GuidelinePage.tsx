import { Button, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay, useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { day } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import {
  type Aspect,
  aspectsQuery,
  type Guideline,
  type GuidelineText,
  guidelinesQuery,
  usePublish,
} from "./api/guideline";
import { texts } from "./texts";

const EMPTY: GuidelineText = { text: { en: "", zh: "" }, question: { en: "", zh: "" } };

function AspectText(props: {
  aspect: Aspect;
  value: GuidelineText;
  onChange: (value: GuidelineText) => void;
  readOnly: boolean;
}) {
  const t = useTexts(texts);
  const { value, onChange, readOnly } = props;
  return (
    <section className="panel">
      <div className="ph">
        <h2>{props.aspect.names.en}</h2>
        <span className="t2">{props.aspect.names.zh}</span>
        <span className="sp" />
        <span className="mono t3">{props.aspect.key}</span>
      </div>
      <div className="pb col gap5">
        <TextInput
          label={t.question}
          readOnly={readOnly}
          value={value.question.en}
          onChange={(event) =>
            onChange({ ...value, question: { ...value.question, en: event.currentTarget.value } })
          }
        />
        <TextInput
          label={t.questionZh}
          readOnly={readOnly}
          value={value.question.zh ?? ""}
          onChange={(event) =>
            onChange({ ...value, question: { ...value.question, zh: event.currentTarget.value } })
          }
        />
        <Textarea
          label={t.text}
          autosize
          readOnly={readOnly}
          value={value.text.en}
          onChange={(event) => onChange({ ...value, text: { ...value.text, en: event.currentTarget.value } })}
        />
        <Textarea
          label={t.textZh}
          autosize
          readOnly={readOnly}
          value={value.text.zh ?? ""}
          onChange={(event) => onChange({ ...value, text: { ...value.text, zh: event.currentTarget.value } })}
        />
      </div>
    </section>
  );
}

function Editor({ aspects, guideline }: { aspects: readonly Aspect[]; guideline: Guideline }) {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const publish = usePublish(project.slug);
  const [changed, setChanged] = useState<Record<string, GuidelineText>>({});
  const [note, setNote] = useState("");
  return (
    <div className="col gap5">
      {aspects.map((aspect) => (
        <AspectText
          key={aspect.key}
          aspect={aspect}
          readOnly={!lead}
          value={changed[aspect.key] ?? guideline.texts[aspect.key] ?? EMPTY}
          onChange={(value) => setChanged({ ...changed, [aspect.key]: value })}
        />
      ))}
      {publish.isSuccess && <div className="alert ok">{t.published}</div>}
      {publish.error && <ErrorPanel error={publish.error} />}
      {lead ? (
        <div className="row">
          <TextInput
            className="sp"
            aria-label={t.note}
            placeholder={t.note}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button
            variant="filled"
            disabled={Object.keys(changed).length === 0}
            loading={publish.isPending}
            onClick={() =>
              publish.mutate(
                { texts: changed, note },
                {
                  onSuccess: () => {
                    setChanged({});
                    setNote("");
                  },
                },
              )
            }
          >
            {t.publish}
          </Button>
        </div>
      ) : (
        <span className="t3">{t.onlyLeads}</span>
      )}
    </div>
  );
}

/** What is judged and in which words. */
export function GuidelinePage() {
  const t = useTexts(texts);
  const project = useProject();
  const aspects = useQuery(aspectsQuery(project.slug));
  const guidelines = useQuery(guidelinesQuery(project.slug));
  const failed = aspects.error ?? guidelines.error;
  if (failed) return <ErrorPanel error={failed} retry={() => void guidelines.refetch()} />;
  const newest = guidelines.data?.results[0];
  if (!aspects.data || !guidelines.data || !newest) return <Loading />;
  return (
    <>
      <PageHeader
        title={t.guideline}
        note={`${t.version(newest.version)} · ${t.rule(aspects.data.threshold)}`}
        back={{ to: `/p/${project.slug}/settings`, label: t.title }}
      />
      <Editor aspects={aspects.data.results} guideline={newest} />
      <section className="panel">
        <div className="ph">
          <h2>{t.history}</h2>
        </div>
        <div className="pb">
          {guidelines.data.results.map((each) => (
            <div key={each.version} className="row">
              <b>{t.version(each.version)}</b>
              <span className="t2">{each.note}</span>
              <span className="sp" />
              <span className="t3">{day(each.created_at)}</span>
            </div>
          ))}
        </div>
      </section>
    </>
  );
}
