import { Button, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay, useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { ProgressLine } from "../../components/ProgressLine";
import { severityTexts } from "../../components/severityTexts";
import { ago, duration, moment, number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { historyQuery, type Threshold, useAspectChanges } from "./api/aspects";
import { type Recount, recountQuery, useRecountAgain } from "./api/recount";
import { texts } from "./texts";

const isThreshold = (word: string): word is Threshold => word === "minor" || word === "major";

function Progress({ recount }: { recount: Recount }) {
  const t = useTexts(texts);
  const project = useProject();
  const again = useRecountAgain(project.slug);
  const seconds = (Date.now() - new Date(recount.asked_at).getTime()) / 1000;
  const rate = recount.done / Math.max(seconds, 1);
  const left = rate > 0 ? duration(((recount.samples - recount.done) / rate) * 1000) : null;
  return (
    <div className="col gap2">
      <ProgressLine
        label={recount.finished_at ? t.recounted : t.recounting}
        showFigures
        parts={[{ value: recount.done, tone: recount.finished_at ? "ok" : "accent" }]}
        total={recount.samples}
      />
      <span className="s t2">
        {t.answersChanged(number(recount.changed))}
        {recount.finished_at
          ? ` · ${ago(recount.finished_at)}`
          : left && recount.done < recount.samples && ` · ${t.left(left)}`}
      </span>
      {recount.failed > 0 && (
        <div className="alert bad">
          <span className="sp">
            {t.recountFailed(recount.failed)} {recount.failure}
          </span>
          <Button size="compact-sm" loading={again.isPending} onClick={() => again.mutate()}>
            {t.tryAgain}
          </Button>
        </div>
      )}
    </div>
  );
}

/** From which severity on a candidate belongs to the answer, since when, and how far answers have followed. */
export function RulePanel({ threshold, version }: { threshold: string; version: number }) {
  const t = useTexts(texts);
  const said = useTexts(severityTexts);
  const project = useProject();
  const lead = useMay("lead");
  const { rule } = useAspectChanges(project.slug);
  const recount = useQuery({ ...recountQuery(project.slug), enabled: lead });
  const history = useQuery(historyQuery(project.slug));
  const [wanted, setWanted] = useState(threshold);
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.ruleTitle}</h2>
        <span className="t3 s">{t.versionN(version)}</span>
      </div>
      <div className="pb col gap5">
        <span className="t2">{t.ruleWhy}</span>
        <div className="row">
          <SegmentedControl
            size="xs"
            disabled={!lead}
            value={wanted}
            onChange={setWanted}
            data={[
              { value: "minor", label: t.from(said.minor) },
              { value: "major", label: t.from(said.major) },
            ]}
          />
          {wanted !== threshold && (
            <>
              <Button
                variant="filled"
                loading={rule.isPending}
                onClick={() => isThreshold(wanted) && rule.mutate(wanted)}
              >
                {t.changeRule}
              </Button>
              <Button variant="subtle" onClick={() => setWanted(threshold)}>
                {t.undoChanges}
              </Button>
            </>
          )}
        </div>
        {wanted !== threshold && <span className="s t2">{t.ruleFollows}</span>}
        {rule.error && <ErrorPanel error={rule.error} />}
        {recount.data?.recount && <Progress recount={recount.data.recount} />}
        {(history.data?.rules.length ?? 0) > 1 && (
          <div className="col gap2">
            {history.data?.rules.map((each) => (
              <div key={each.version} className="row s">
                <span className="sp">
                  {t.versionN(each.version)}: {t.from(said[each.threshold === "major" ? "major" : "minor"])}
                </span>
                <span className="t3">
                  {each.by} {moment(each.created_at)}
                </span>
              </div>
            ))}
          </div>
        )}
      </div>
    </section>
  );
}
