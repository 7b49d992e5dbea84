import { Button } from "@mantine/core";
import { Link } from "react-router";
import { useProject } from "../../api/project";
import { number as count, day, duration, money, percent } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import type { Preview } from "./api/newBatch";
import classes from "./batches.module.css";
import { MonthLeft } from "./MonthLeft";
import { daysFor } from "./model/choice";
import { excessOf } from "./model/money";
import { Over } from "./Over";
import { texts } from "./texts";

interface Props {
  readonly preview: Preview | undefined;
  readonly wanted: number;
  readonly maximum: number;
  readonly due: string;
  readonly budget: number | "";
  /** All samples of the project are asked for, and it has none. */
  readonly noSamples: boolean;
  /** Take no more than so many samples. */
  cut(samples: number): void;
}

function Hours({ preview }: { preview: Preview }) {
  const t = useTexts(texts);
  const { active_ms: active, pace_ms: pace, pace_low_ms: low, pace_high_ms: high } = preview;
  if (active === null || pace === null || low === null || high === null)
    return (
      <div className={classes.estimate}>
        <span className="fig">{count(preview.turns)}</span>
        <span className="s t2">{t.noPaceYet}</span>
      </div>
    );
  const parts = [
    t.partPlaces(count(preview.places)),
    preview.further > 0 && t.partFurther(count(preview.further)),
    preview.gold > 0 && t.partGold(count(preview.gold)),
  ].filter(Boolean);
  return (
    <div className={classes.estimate}>
      <div className="row">
        <span className="fig sp">
          {duration(active)} <small>{t.ofActiveTime}</small>
        </span>
        <span className="s t3 nw">
          {duration(low * preview.turns)}–{duration(high * preview.turns)}
        </span>
      </div>
      <span className="s t2">{t.turnsOf(count(preview.turns), duration(pace), parts.join(", "))}</span>
      <span className="s t2">{t.paceFrom(count(preview.pace_opinions))}</span>
    </div>
  );
}

function Days({ preview, due }: { preview: Preview; due: string }) {
  const t = useTexts(texts);
  if (preview.active_ms === null || preview.per_day_ms === 0) return null;
  const days = daysFor(preview.active_ms, preview.per_day_ms);
  const end = new Date(Date.now() + days * 86_400_000);
  const late = due !== "" && end > new Date(due);
  return (
    <div className={classes.estimate}>
      <div className="row">
        <span className="fig sp">
          {t.days(days)} <small>{t.atThisWeeksPace}</small>
        </span>
        <span className="s t3 nw">{day(end)}</span>
      </div>
      <span className="s t2">{t.peopleGive(preview.people, duration(preview.per_day_ms))}</span>
      {late && (
        <div className="alert warn">
          <span>{t.afterDeadline}</span>
        </div>
      )}
    </div>
  );
}

function Money({ preview, budget, cut }: { preview: Preview; budget: number | ""; cut: Props["cut"] }) {
  const t = useTexts(texts);
  const excess = budget === "" ? null : excessOf(preview, budget);
  if (preview.usd === null || preview.pace_ms === null) return null;
  const most = (Number(preview.hourly_usd) * preview.most_turns * preview.pace_ms) / 3_600_000;
  return (
    <div className={classes.estimate}>
      <div className="row">
        <span className="fig sp">{money(preview.usd)}</span>
        <span className="s t3 nw">
          {t.anHour(money(preview.hourly_usd))}
          {preview.rate_since !== null && `, ${t.rateSince(day(preview.rate_since))}`}
        </span>
      </div>
      <span className="s t2">{t.neverMore(money(most))}</span>
      {excess ? (
        <Over excess={excess} title={t.overBudget(money(excess.usd))} cut={cut}>
          {t.fitsBudget(count(excess.samples))}
        </Over>
      ) : (
        budget !== "" && most > budget && <span className="s warn">{t.mayPassBudget}</span>
      )}
      {preview.month && <MonthLeft month={preview.month} preview={preview} cut={cut} />}
    </div>
  );
}

/** What this number of opinions takes and brings beside others: an opinion more has its price. */
function Options({ preview, wanted, maximum }: { preview: Preview; wanted: number; maximum: number }) {
  const t = useTexts(texts);
  if (preview.options.length === 0) return null;
  const chosen = preview.options.find((option) => option.wanted === wanted && option.maximum === maximum);
  const known = chosen?.wrong_margin != null ? chosen : null;
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.anotherOpinion}</h2>
      </div>
      <table className={`tbl ${classes.options}`}>
        <thead>
          <tr>
            <th>{t.opinions}</th>
            <th className="r">{t.hours}</th>
            <th className="r">{t.cost}</th>
            <th className="r">{t.wrong}</th>
            <th className="r">{t.toAdjudicate}</th>
          </tr>
        </thead>
        <tbody>
          {preview.options.map((option) => (
            <tr key={`${option.wanted} ${option.maximum}`} aria-selected={option === chosen}>
              <td>{t.upTo(option.wanted, option.maximum)}</td>
              <td className="r">{count(option.active_ms / 3_600_000, 1)}</td>
              <td className="r">{money(option.usd)}</td>
              <td className="r nw">{option.wrong === null ? t.noWay : percent(option.wrong, 1)}</td>
              <td className="r">
                {option.to_adjudicate !== null
                  ? count(option.to_adjudicate)
                  : option.wanted === 1
                    ? t.notSeen
                    : t.noWay}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="pb s t2">
        {t.wrongWhy} {known && t.wrongFrom(percent(known.wrong_margin ?? 0, 1), count(known.wrong_questions))}{" "}
        {t.anotherOpinionWhy}
      </p>
    </section>
  );
}

/** What a batch would take in turns, hours, days and money, as measured in this project. */
export function Takes({ preview, wanted, maximum, due, budget, noSamples, cut }: Props) {
  const t = useTexts(texts);
  const project = useProject();
  const nothing = noSamples ? t.noSamples : t.nothingLeft;
  const empty = !preview ? t.chooseFirst : preview.pieces === 0 ? nothing : null;
  return (
    <>
      <section className="panel">
        <div className="ph">
          <h2 className="sp">{t.takes}</h2>
          <span className="s t3">{t.movesAsYouType}</span>
        </div>
        {empty !== null || !preview ? (
          <div className={classes.estimate}>
            <span className="t2">{empty}</span>
            {noSamples && (
              <Button component={Link} to={`/p/${project.slug}/imports`}>
                {t.importFirst}
              </Button>
            )}
          </div>
        ) : (
          <>
            <Hours preview={preview} />
            <Days preview={preview} due={due} />
            <Money preview={preview} budget={budget} cut={cut} />
          </>
        )}
      </section>
      {preview && preview.pieces > 0 && <Options preview={preview} wanted={wanted} maximum={maximum} />}
    </>
  );
}
