import { Button, Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { useMay, useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { SeverityGlyph } from "../../components/SeverityGlyph";
import { severityTexts } from "../../components/severityTexts";
import { useCommands } from "../../lib/commands";
import { SEVERITIES } from "../../lib/severity";
import { useTexts } from "../../lib/texts";
import { type Aspect, useAspectChanges } from "./api/aspects";
import { Both } from "./Both";
import { texts } from "./texts";
import { useNamed } from "./useNamed";

interface Words {
  key: string;
  names: { en: string; zh: string };
  description: { en: string; zh: string };
  severities: string[];
  question: { en: string; zh: string };
  text: { en: string; zh: string };
}
const NOTHING = { en: "", zh: "" };
const both = (words: Record<string, string>) => ({ en: words.en ?? "", zh: words.zh ?? "" });
const keyOf = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 48);

const wordsOf = (aspect: Aspect | null): Words => ({
  key: aspect?.key ?? "",
  names: aspect ? both(aspect.names) : NOTHING,
  description: aspect ? both(aspect.description) : NOTHING,
  severities: aspect ? [...aspect.severities] : [...SEVERITIES],
  question: NOTHING,
  text: NOTHING,
});

/** One aspect's words and verdicts; without an aspect, a new one with its first guideline text. */
export function AspectEditor(props: { aspect: Aspect | null; done: (key: string) => void }) {
  const t = useTexts(texts);
  const named = useNamed();
  const severities = useTexts(severityTexts);
  const project = useProject();
  const lead = useMay("lead");
  const { aspect, done } = props;
  const changes = useAspectChanges(project.slug);
  const [words, setWords] = useState(() => wordsOf(aspect));
  const [ownKey, setOwnKey] = useState(false);
  const set = (part: Partial<Words>) => setWords((now) => ({ ...now, ...part }));
  const key = aspect || ownKey ? words.key : keyOf(words.names.en);
  const dirty = JSON.stringify(words) !== JSON.stringify(wordsOf(aspect));
  const complete = words.names.en.trim() !== "" && (aspect !== null || words.question.en.trim() !== "");
  const able = lead && dirty && complete && !changes.change.isPending && !changes.add.isPending;
  const save = () => {
    const { names, description } = words;
    if (aspect) changes.change.mutate({ key, body: { names, description, severities: words.severities } });
    else
      changes.add.mutate(
        {
          key,
          names,
          description,
          severities: words.severities,
          text: { question: words.question, text: words.text },
        },
        { onSuccess: () => done(key) },
      );
  };
  useCommands({
    name: "aspect",
    title: t.aspects,
    commands: [
      { name: "save", label: t.save, keys: ["Ctrl+KeyS"], perform: save, enabled: able, whileTyping: true },
    ],
  });
  const failed = changes.change.error ?? changes.add.error ?? changes.retire.error;
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{aspect ? named(aspect.names) : t.newAspect}</h2>
        {aspect && <span className="t3 s">{t.revision(aspect.revision)}</span>}
      </div>
      <div className="pb col gap5">
        <Both label={t.name} value={words.names} readOnly={!lead} onChange={(names) => set({ names })} />
        {aspect ? (
          <span className="s t2">
            {t.key} <span className="mono">{aspect.key}</span> · {t.keyStays}
          </span>
        ) : (
          <TextInput
            label={t.key}
            description={t.keyWhy}
            value={key}
            onChange={(event) => {
              setOwnKey(true);
              set({ key: event.currentTarget.value });
            }}
          />
        )}
        <Both
          label={t.description}
          value={words.description}
          readOnly={!lead}
          rows={2}
          onChange={(description) => set({ description })}
        />
        <div className="col gap2">
          <b className="s">{t.severities}</b>
          <div className="row wrap gap6">
            {SEVERITIES.map((severity) => (
              <Checkbox
                key={severity}
                size="xs"
                disabled={!lead || severity === "none"}
                checked={words.severities.includes(severity)}
                onChange={(event) =>
                  set({
                    severities: SEVERITIES.filter((each) =>
                      each === severity ? event.currentTarget.checked : words.severities.includes(each),
                    ),
                  })
                }
                label={
                  <span className={`row gap2 ${severity}`}>
                    <SeverityGlyph mark={severity} /> {severities[severity]}
                  </span>
                }
              />
            ))}
          </div>
          {aspect && <span className="s t3">{t.severitiesStay}</span>}
        </div>
        {!aspect && (
          <>
            <Both label={t.question} value={words.question} onChange={(question) => set({ question })} />
            <Both label={t.text} rows={3} value={words.text} onChange={(text) => set({ text })} />
          </>
        )}
        {failed && <ErrorPanel error={failed} />}
        {lead ? (
          <div className="row">
            <Button
              variant="filled"
              disabled={!able}
              loading={changes.change.isPending || changes.add.isPending}
              rightSection={<Keycap chord="Ctrl+KeyS" />}
              onClick={save}
            >
              {aspect ? t.save : t.addAspect}
            </Button>
            {dirty && !complete && <span className="s t2">{aspect ? t.needsName : t.needs}</span>}
            {dirty && (
              <Button variant="subtle" onClick={() => setWords(wordsOf(aspect))}>
                {t.undoChanges}
              </Button>
            )}
            <span className="sp" />
            {aspect && (
              <Button
                variant="subtle"
                title={t.retireWhy}
                loading={changes.retire.isPending}
                onClick={() => changes.retire.mutate(aspect.key, { onSuccess: () => done("") })}
              >
                {t.retire}
              </Button>
            )}
          </div>
        ) : (
          <span className="t3">{t.onlyLeads}</span>
        )}
        {aspect && lead && <span className="s t3">{t.retireWhy}</span>}
      </div>
    </section>
  );
}
