import { moment, number } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import type { RunDetail } from "../api/run";
import classes from "../rationales.module.css";
import { texts } from "../texts";

/** Calls that went to the endpoint in files: where each file is and how far the endpoint says it got. */
export function Batches({ detail }: { detail: RunDetail }) {
  const t = useTexts(texts);
  if (!detail.run.batched) return null;
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.batchesTitle}</h2>
      </div>
      {detail.batches.length === 0 ? (
        <p className="pb t2">{t.batchNone}</p>
      ) : (
        <div className={classes.scroll}>
          <table className="tbl">
            <thead>
              <tr>
                <th>{t.batchSent}</th>
                <th>{t.batchPhase}</th>
                <th className="r">{t.batchDone}</th>
                <th className="r">{t.batchCalls}</th>
              </tr>
            </thead>
            <tbody>
              {detail.batches.map((row, place) => (
                <tr key={row.submitted_at ?? place}>
                  <td className="nw">{row.submitted_at ? moment(row.submitted_at) : "–"}</td>
                  <td>
                    {t.batchPhases[row.phase]} <span className="t3 s">{row.provider_status}</span>
                  </td>
                  <td className="r">{number(row.provider_done + row.provider_failed)}</td>
                  <td className="r b">{number(row.call_count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
