import { ProgressLine } from "../../components/ProgressLine";
import { duration, number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import type { RunDetail } from "./api/run";
import type { Curves } from "./model/curves";
import { named, texts } from "./texts";
import classes from "./training.module.css";

/** The stages of the recipe in a row: what is done, what runs, what comes. */
export function Stages({ detail, curves }: { detail: RunDetail; curves: Curves }) {
  const t = useTexts(texts);
  const { run } = detail;
  if (curves.names.length === 0) return null;
  return (
    <section className="panel">
      <ol className={classes.stages}>
        {curves.names.map((name) => {
          const known = curves.stages.find((stage) => stage.name === name);
          const now = run.state === "running" && run.stage === name;
          const done = known !== undefined && known.seconds !== null;
          // Also of a run that was stopped: it goes on from about here.
          const amid = !done && run.stage === name && detail.steps > 0;
          const share = done ? 1 : amid ? detail.step / detail.steps : 0;
          return (
            <li key={name} aria-current={now ? "step" : undefined} className={now ? classes.now : undefined}>
              <span className="s nw">{named(t.stages, name)}</span>
              <ProgressLine parts={[{ value: share, tone: done ? "ok" : "accent" }]} total={1} />
              <span className="s t2 nw">
                {done
                  ? duration((known.seconds ?? 0) * 1000)
                  : amid
                    ? `${number(detail.step)} / ${number(detail.steps)}`
                    : ""}
              </span>
            </li>
          );
        })}
      </ol>
      {run.message && <p className={`${classes.message} s t2`}>{run.message}</p>}
    </section>
  );
}
