import { Button } from "@mantine/core";
import { ProgressLine } from "../../../components/ProgressLine";
import { clock, money, number, usd } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import type { RunDetail } from "../api/run";
import classes from "../rationales.module.css";
import { texts } from "../texts";

/** What is ready, the money, the pace and the calls, in one row. */
export function Figures({ detail, onCap }: { detail: RunDetail; onCap: (() => void) | null }) {
  const t = useTexts(texts);
  const { run } = detail;
  const ended = detail.done + detail.failed;
  const slow = detail.per_minute > 0 && detail.per_minute < 10;
  return (
    <section className={`panel ${classes.five}`}>
      <div>
        <h3>{run.purpose === "rationale" ? t.readyForAudit : t.answered}</h3>
        <div className="fig">
          {number(detail.ready)} <small>{t.of(number(run.question_count))}</small>
        </div>
        <ProgressLine
          parts={[
            { value: detail.ready, tone: "accent" },
            { value: ended - detail.ready, tone: "warn" },
          ]}
          total={run.question_count}
        />
        <div className={classes.note}>
          {run.purpose !== "rationale"
            ? t.failedQuestions(number(detail.failed))
            : t.failedCheck(number(detail.failed_a_check))}
          {run.purpose === "rationale" &&
            detail.failed > 0 &&
            ` · ${t.failedQuestions(number(detail.failed))}`}
          {run.draws > 1 && ` · ${t.drawsNote(run.draws, number(detail.disagreed))}`}
          {detail.reused > 0 && ` · ${t.reusedNote(number(detail.reused), usd(detail.saved))}`}
          {detail.ends_at && ` · ${t.doneAbout(clock(detail.ends_at))}`}
        </div>
      </div>
      <div>
        <h3 className="row">
          <span className="sp">{t.money}</span>
          {onCap && (
            <Button size="compact-xs" variant="subtle" onClick={onCap}>
              {t.raise}
            </Button>
          )}
        </h3>
        <div className="fig">
          {usd(detail.spent)}{" "}
          <small>{t.ofCap(money(run.cap, Number.isInteger(Number(run.cap)) ? 0 : 2))}</small>
        </div>
        <ProgressLine
          parts={[
            { value: Number(detail.spent), tone: "accent" },
            { value: Number(detail.reserved), tone: "quiet" },
          ]}
          total={Number(run.cap)}
        />
        <div className={classes.note}>
          {t.reserved(usd(detail.reserved))}
          {detail.ends_low !== null &&
            detail.ends_high !== null &&
            ` · ${t.endsAt(usd(detail.ends_low), usd(detail.ends_high))}`}
        </div>
      </div>
      <div>
        <h3>{t.each}</h3>
        <div className="fig">
          {detail.each_ready === null ? "–" : usd(detail.each_ready)}{" "}
          <small>{run.purpose === "rationale" ? t.eachReady : t.eachAnswer}</small>
        </div>
        <div className={classes.note}>
          {detail.tokens_in !== null && detail.tokens_out !== null
            ? t.tokens(number(detail.tokens_in), number(detail.tokens_out))
            : "–"}
        </div>
      </div>
      <div>
        <h3>{t.rate}</h3>
        <div className="fig">
          {run.finished_at && detail.per_minute === 0 ? "–" : number(detail.per_minute, slow ? 1 : 0)}{" "}
          <small>{t.aMinute}</small>
        </div>
        <div className={classes.note}>
          {run.finished_at && `${t.overall} · `}
          {detail.latency_p50_ms !== null && detail.latency_p95_ms !== null
            ? t.latency(`${number(detail.latency_p50_ms)} ms`, `${number(detail.latency_p95_ms)} ms`)
            : "–"}
        </div>
      </div>
      <div>
        <h3>{t.calls}</h3>
        <div className="fig">
          {number(detail.calls_settled + detail.calls_unknown)} <small>{t.settled}</small>
        </div>
        <div className={classes.note}>
          {t.callsNote(number(detail.calls_open), number(detail.calls_unknown))}
        </div>
      </div>
    </section>
  );
}
