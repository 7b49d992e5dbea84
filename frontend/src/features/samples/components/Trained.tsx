import { Select } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { useTexts } from "../../../lib/texts";
import type { Life } from "../api/life";
import classes from "../samples.module.css";
import { texts } from "../texts";

interface Props {
  readonly life: Life;
  readonly project: string;
  readonly nameOf: (aspect: string) => string;
}

/** How a run saw this sample's questions, one column a visit: of so many rollouts, how many were exact. */
export function Trained({ life, project, nameOf }: Props) {
  const t = useTexts(texts);
  const runs = [...new Map(life.trained.map((each) => [each.run_id, each])).values()];
  const [picked, setPicked] = useState<string | null>(null);
  const run = runs.find((each) => each.run_id === picked) ?? runs[0];
  if (!run) return null;
  const rows = life.trained.filter((each) => each.run_id === run.run_id);
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.seenInTraining}</h2>
        <span className="s t3 sp clip">{t.visitsWhy}</span>
        {runs.length > 1 && (
          <Select
            size="xs"
            w={150}
            aria-label={t.run}
            allowDeselect={false}
            value={run.run_id}
            data={runs.map((each) => ({ value: each.run_id, label: t.runOf(each.run_number, each.recipe) }))}
            onChange={setPicked}
          />
        )}
        <Link className="s" to={`/p/${project}/training/${run.run_id}`}>
          {t.runOf(run.run_number, run.recipe)}
        </Link>
      </div>
      <div className={`pb ${classes.visits}`}>
        {rows.map((row) => (
          <div key={row.aspect} className={classes.visited}>
            <span className="s clip">{nameOf(row.aspect)}</span>
            <span className={classes.bars}>
              {row.seen.map((visit, place) => (
                <span
                  // biome-ignore lint/suspicious/noArrayIndexKey: a visit is its place in time
                  key={place}
                  className={classes.visit}
                  title={t.visit(visit.stage, visit.step, visit.exact, visit.of)}
                >
                  <span style={{ width: `${(100 * visit.exact) / Math.max(1, visit.of)}%` }} />
                  <b>{visit.exact}</b>
                </span>
              ))}
              {row.visits > row.seen.length && (
                <span className="s t3">{t.earlier(row.visits - row.seen.length)}</span>
              )}
            </span>
            <span className={row.state === "suspect" || row.state === "blocked" ? "s warn b" : "s t2"}>
              {t.trainedStates[row.state] ?? row.state}
            </span>
          </div>
        ))}
      </div>
    </section>
  );
}
