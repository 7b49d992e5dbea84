import { ActionIcon } from "@mantine/core";
import { IconMinus, IconPlus } from "@tabler/icons-react";
import { Link } from "react-router";
import { useMay, useProject } from "../../api/project";
import { moment, number, percent } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import type { BatchDetail, ChangeBatch } from "./api/batch";
import classes from "./batches.module.css";
import { ChangeTerms } from "./ChangeTerms";
import { type Terms, useTermTexts, valuesOf } from "./model/terms";
import { kindOf } from "./model/work";
import { texts } from "./texts";

/** By which terms a batch is worked on; a lead changes them here. */
export function TermsPanel({ detail, change }: { detail: BatchDetail; change: ChangeBatch }) {
  const t = useTexts(texts);
  const lead = useMay("lead");
  const { batch } = detail;
  const steer = lead && batch.state !== "closed";
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.how}</h2>
        {steer && <ChangeTerms detail={detail} change={change} />}
      </div>
      <div className="pb">
        <dl className="kv">
          <dt>{t.kind}</dt>
          <dd>{kindOf(batch, t.kinds)}</dd>
          <dt>{t.pieces}</dt>
          <dd>{number(batch.pieces)}</dd>
          <dt>{t.wanted}</dt>
          <dd>
            <span className={classes.stepper}>
              {steer && (
                <ActionIcon
                  size="sm"
                  aria-label={t.fewer}
                  disabled={batch.wanted <= 1 || change.isPending}
                  onClick={() => change.mutate({ wanted: batch.wanted - 1 })}
                >
                  <IconMinus size={13} />
                </ActionIcon>
              )}
              <b>{batch.wanted}</b>
              {steer && (
                <ActionIcon
                  size="sm"
                  aria-label={t.more}
                  disabled={batch.wanted >= 20 || change.isPending}
                  onClick={() => change.mutate({ wanted: batch.wanted + 1 })}
                >
                  <IconPlus size={13} />
                </ActionIcon>
              )}
            </span>
          </dd>
          <dt>{t.maximum}</dt>
          <dd>{batch.maximum}</dd>
          <dt>{t.guideline}</dt>
          <dd>{batch.guideline_version}</dd>
          <dt>{t.order}</dt>
          <dd>{t.orders[batch.order]}</dd>
          <dt>{t.afterSkip}</dt>
          <dd>{t.skips[batch.skip_policy]}</dd>
          <dt>{t.assist}</dt>
          <dd>{t.assists[batch.assist]}</dd>
          <dt>{t.cap}</dt>
          <dd>{batch.person_cap === null ? t.noCap : number(batch.person_cap)}</dd>
          {batch.day_cap !== null && (
            <>
              <dt>{t.dayCap}</dt>
              <dd>{number(batch.day_cap)}</dd>
            </>
          )}
          {batch.due_at && (
            <>
              <dt>{t.deadline}</dt>
              <dd>
                {moment(batch.due_at)}: {t.afterDues[batch.after_due]}
              </dd>
            </>
          )}
          {batch.kind === "label" && (
            <>
              <dt>{t.practice}</dt>
              <dd>{practiceTerms(batch, t)}</dd>
            </>
          )}
          {detail.terms && batch.kind === "label" && <GoldTerms detail={detail} terms={detail.terms} />}
          {lead && (
            <>
              <dt>{t.who}</dt>
              <dd>{detail.invited.length === 0 ? t.everyone : detail.invited.join(", ")}</dd>
            </>
          )}
        </dl>
      </div>
    </section>
  );
}

function practiceTerms(batch: BatchDetail["batch"], t: typeof texts.en): string {
  if (batch.training_count === 0) return t.noGold;
  const pieces = t.practicePieces(batch.training_count);
  return batch.training_floor === null
    ? pieces
    : `${pieces} · ${t.practicePass(percent(batch.training_floor))}`;
}

/** What gold a batch gives out, and whether it has enough of it. */
function GoldTerms({ detail, terms }: { detail: BatchDetail; terms: Terms }) {
  const t = useTexts(texts);
  const project = useProject();
  const said = useTermTexts();
  const values = valuesOf(terms);
  const stock = detail.gold_stock ?? { training: 0, hidden: 0 };
  const busiest = Math.max(0, ...detail.people.map((person) => person.submitted));
  const share = detail.batch.places ? detail.batch.accepted / detail.batch.places : 0;
  const need = Math.round((share > 0 ? busiest / share : 0) * (terms.gold_share ?? 0));
  return (
    <>
      <dt>{t.gold}</dt>
      <dd>{said.every(values.gold, stock.hidden)}</dd>
      {values.floor !== "" && (
        <>
          <dt>{t.goldFloor}</dt>
          <dd>
            {values.floor} % · {t.goldWindow.toLowerCase()} {values.window}
          </dd>
        </>
      )}
      <dt>{t.goldStock}</dt>
      <dd>
        <Link to={`/p/${project.slug}/gold`}>{t.goldStockOf(stock.training, stock.hidden)}</Link>
      </dd>
      {values.gold !== "" && need > stock.hidden && (
        <dd style={{ gridColumn: "1 / -1", textAlign: "left" }} className="s warn">
          {t.goldShort(stock.hidden, need)}
        </dd>
      )}
    </>
  );
}
