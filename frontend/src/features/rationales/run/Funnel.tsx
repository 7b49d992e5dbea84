import { number } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import type { RunDetail } from "../api/run";
import classes from "../rationales.module.css";
import { texts } from "../texts";

/** How far questions got from sent to ready, and where they were lost. */
export function Funnel({ detail }: { detail: RunDetail }) {
  const t = useTexts(texts);
  const first = Math.max(1, detail.funnel[0]?.count ?? 1);
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.funnel}</h2>
      </div>
      <div className="pb">
        {detail.funnel.map((stage, index) => (
          <div key={stage.name} className={classes.step}>
            <span>{t.stagesOfWay[stage.name as keyof typeof t.stagesOfWay]}</span>
            <span className={classes.meter}>
              <i style={{ width: `${(100 * stage.count) / first}%` }} />
              <i className={classes.lost} style={{ width: `${(100 * stage.lost) / first}%` }} />
            </span>
            <span className="b r">{number(stage.count)}</span>
            <span className="t3 r">
              {index === 0
                ? t.wanted(number(detail.run.question_count))
                : stage.waiting > 0
                  ? t.waitingHere(number(stage.waiting), stage.lost > 0 ? number(stage.lost) : null)
                  : t.lost(number(stage.lost))}
            </span>
          </div>
        ))}
      </div>
    </section>
  );
}
