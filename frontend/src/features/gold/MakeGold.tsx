import { Button, FileInput, NumberInput, Radio, Select } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { aspectsQuery } from "../../api/aspects";
import { useProject } from "../../api/project";
import { Dialog } from "../../components/Dialog";
import { ErrorPanel } from "../../components/ErrorPanel";
import { nameIn, useLocale } from "../../lib/locale";
import { useTexts } from "../../lib/texts";
import { type GoldRequest, goldSummaryQuery, useMakeGold } from "./api/gold";
import { type Question, questionsIn } from "./model";
import { texts } from "./texts";

type Source = NonNullable<GoldRequest["source"]>;
type Tolerance = NonNullable<GoldRequest["tolerance"]>[string];
const SOURCES: readonly Source[] = ["adjudicated", "consensus", "imported", "by_hand"];

/** Gold out of answers that stand, or out of a file. */
export function MakeGold({ onClose }: { onClose: () => void }) {
  const t = useTexts(texts);
  const project = useProject();
  const locale = useLocale();
  const summary = useQuery(goldSummaryQuery(project.slug));
  const aspects = useQuery(aspectsQuery(project.slug));
  const make = useMakeGold(project.slug);
  const [purpose, setPurpose] = useState<"gold" | "training">("gold");
  const [source, setSource] = useState<Source>("adjudicated");
  const [most, setMost] = useState<number | string>(50);
  const [mostJudged, setMostJudged] = useState<number | string>(40);
  const [tolerance, setTolerance] = useState<Record<string, Tolerance>>({});
  const [questions, setQuestions] = useState<readonly Question[]>([]);
  const [badLine, setBadLine] = useState<string | null>(null);
  const candidates = summary.data?.candidates;
  const countOf = (each: Source) => (each === "by_hand" ? questions.length : (candidates?.[each] ?? 0));
  const read = async (file: File | null) => {
    setBadLine(null);
    setQuestions([]);
    if (!file) return;
    try {
      setQuestions(questionsIn(await file.text()));
    } catch (error) {
      setBadLine((error as Error).message);
    }
  };
  const start = () =>
    make.mutate(
      {
        purpose,
        source,
        tolerance,
        most: Number(most) || 1,
        most_judged: Number(mostJudged) || 1,
        questions: source === "by_hand" ? [...questions] : [],
      },
      {
        onSuccess: ({ made }) => {
          notifications.show({ message: t.madeCount(made) });
          onClose();
        },
      },
    );
  return (
    <Dialog onClose={onClose} title={t.make} size="lg">
      <div className="col gap6">
        <Radio.Group
          label={t.use}
          value={purpose}
          onChange={(value) => setPurpose(value === "training" ? "training" : "gold")}
        >
          <div className="col gap4" style={{ paddingTop: 4 }}>
            <Radio value="gold" label={t.uses.gold} />
            <Radio value="training" label={t.uses.training} />
          </div>
        </Radio.Group>
        <Radio.Group label={t.from} value={source} onChange={(value) => setSource(value as Source)}>
          <div className="col gap4" style={{ paddingTop: 4 }}>
            {SOURCES.map((each) => (
              <Radio
                key={each}
                value={each}
                label={each === "by_hand" ? t.sources[each] : t.fromCount(t.sources[each], countOf(each))}
              />
            ))}
          </div>
        </Radio.Group>
        {source === "by_hand" && (
          <FileInput
            label={t.file}
            description={t.fileHint}
            placeholder={t.choose}
            accept=".jsonl,.ndjson,.json,.txt"
            clearable
            error={badLine !== null && t.badLine(badLine)}
            onChange={(file) => void read(file)}
          />
        )}
        {source === "by_hand" && questions.length > 0 && (
          <span className="s t2">{t.fileCount(questions.length)}</span>
        )}
        <div className="row gap6" style={{ alignItems: "start" }}>
          {source !== "by_hand" && (
            <NumberInput
              className="sp"
              label={t.howMany}
              description={t.howManyHint}
              min={1}
              max={10_000}
              value={most}
              onChange={setMost}
            />
          )}
          <NumberInput
            className="sp"
            label={t.most}
            description={t.mostHint}
            min={1}
            value={mostJudged}
            disabled={purpose === "training"}
            onChange={setMostJudged}
          />
        </div>
        <div className="col gap4">
          <span className="b">{t.tolerance}</span>
          {(aspects.data?.results ?? []).map((aspect) => (
            <div key={aspect.key} className="row">
              <span className="sp">{nameIn(aspect.names, locale, aspect.key)}</span>
              <Select
                w={240}
                aria-label={aspect.key}
                allowDeselect={false}
                data={(["side", "step", "exact"] as const).map((value) => ({
                  value,
                  label: t.tolerances[value],
                }))}
                value={tolerance[aspect.key] ?? "side"}
                onChange={(value) =>
                  value && setTolerance({ ...tolerance, [aspect.key]: value as Tolerance })
                }
              />
            </div>
          ))}
        </div>
        {make.error && <ErrorPanel error={make.error} />}
        <div className="row">
          <span className="sp" />
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button variant="filled" loading={make.isPending} disabled={countOf(source) === 0} onClick={start}>
            {t.make}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
