import { number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import type { Standing } from "./api/doubts";
import type { RunDetail } from "./api/run";
import { texts } from "./texts";
import classes from "./training.module.css";

const ORDER: readonly Standing[] = ["mastered", "learnable", "hard", "blocked", "suspect", "stale", "unseen"];

/** Where the training questions stand, as a bar and in words. */
export function Standings({ detail }: { detail: RunDetail }) {
  const t = useTexts(texts);
  const count = (standing: Standing) => detail.standings[standing] ?? 0;
  const total = ORDER.reduce((sum, standing) => sum + count(standing), 0);
  if (total === 0) return null;
  const shown = ORDER.filter((standing) => count(standing) > 0 || standing !== "stale");
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.where(number(total))}</h2>
        <span className="s t2">{t.ledger}</span>
      </div>
      <div className="pb">
        <div className={classes.bar} aria-hidden="true">
          {ORDER.filter((standing) => count(standing) > 0).map((standing) => (
            <i
              key={standing}
              className={classes[standing]}
              style={{ width: `${(100 * count(standing)) / total}%` }}
            />
          ))}
        </div>
        <table className={classes.standings}>
          <tbody>
            {shown.map((standing) => (
              <tr key={standing}>
                <td>
                  <i className={`${classes.key} ${classes[standing]}`} />
                </td>
                <td className="b">{t.standings[standing]}</td>
                <td className="t2 s">{t.standingWhy[standing]}</td>
                <td className="r b">{number(count(standing))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
