import { Button } from "@mantine/core";
import { IconRefresh, IconX } from "@tabler/icons-react";
import { Link } from "react-router";
import { useMay, useProject } from "../../../api/project";
import { ErrorPanel } from "../../../components/ErrorPanel";
import { number, percent, usd } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import { useMakeReading, useMakeRevising } from "../api/handwork";
import type { RunDetail } from "../api/run";
import { MadeBatch, useMade } from "../MadeBatch";
import classes from "../rationales.module.css";
import { texts } from "../texts";

/** Why texts and calls failed, what happens then, and the batches in which people mend them. */
export function Wrong({ detail }: { detail: RunDetail }) {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const revise = useMakeRevising(project.slug);
  const read = useMakeReading(project.slug);
  const { made, take } = useMade();
  const sent = Math.max(1, detail.calls_settled + detail.calls_unknown);
  const checks = detail.funnel.filter((stage) => stage.lost > 0 && stage.name in t.checkNames);
  const none = detail.failures.length === 0 && checks.length === 0;
  return (
    <section className="panel grow">
      <div className="ph">
        <h2>{t.wrong}</h2>
      </div>
      {none ? (
        <p className="pb t2">{t.nothingWrong}</p>
      ) : (
        <div className={classes.scroll}>
          <table className="tbl">
            <thead>
              <tr>
                <th>{t.reason}</th>
                <th className="r">{t.count}</th>
                <th className="r">{t.share}</th>
                <th className="r">{t.spent}</th>
                <th>{t.happens}</th>
              </tr>
            </thead>
            <tbody>
              {checks.map((stage) => (
                <tr key={stage.name}>
                  <td>
                    <Link
                      className="row gap2"
                      to={`/p/${project.slug}/rationales/all?run=${detail.run.id}&failed_check=${stage.name}`}
                    >
                      <IconX className="bad" size={15} stroke={1.8} />
                      {t.checkNames[stage.name as keyof typeof t.checkNames]}
                    </Link>
                  </td>
                  <td className="r b">{number(stage.lost)}</td>
                  <td className="r t2">{percent(stage.lost / Math.max(1, detail.done), 1)}</td>
                  <td className="r t2">–</td>
                  <td className="t2">{t.follows.revise}</td>
                </tr>
              ))}
              {detail.failures.map((row) => (
                <tr key={row.outcome}>
                  <td>
                    <span className="row gap2">
                      {row.follows === "fail" || row.follows === "pause" ? (
                        <IconX className="bad" size={15} stroke={1.8} />
                      ) : (
                        <IconRefresh className="t3" size={15} stroke={1.6} />
                      )}
                      {t.outcomes[row.outcome]}
                    </span>
                  </td>
                  <td className="r b">{number(row.count)}</td>
                  <td className="r t2">{percent(row.count / sent, 1)}</td>
                  <td className="r t2">{usd(row.spent)}</td>
                  <td className="t2">{t.follows[row.follows as keyof typeof t.follows]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {made && (
        <div className={`row s ${classes.foot}`}>
          <MadeBatch made={made} />
        </div>
      )}
      {lead && detail.failed_a_check > 0 && (
        <div className={`row ${classes.foot}`}>
          <span className="s t2 sp">{t.canBeMended(number(detail.failed_a_check))}</span>
          {revise.error && <ErrorPanel error={revise.error} />}
          <Button
            loading={revise.isPending}
            onClick={() =>
              revise.mutate(
                { name: t.revisingName(detail.run.number), run: detail.run.id },
                { onSuccess: take },
              )
            }
          >
            {t.revising}
          </Button>
        </div>
      )}
      {lead && detail.ready > 0 && detail.run.purpose === "rationale" && (
        <div className={`row ${classes.foot}`}>
          <span className="s t2 sp">{t.canBeRead}</span>
          {read.error && <ErrorPanel error={read.error} />}
          <Button
            loading={read.isPending}
            onClick={() =>
              read.mutate(
                { name: t.readingName(detail.run.number), run: detail.run.id, limit: 100 },
                { onSuccess: take },
              )
            }
          >
            {t.reading}
          </Button>
        </div>
      )}
    </section>
  );
}
