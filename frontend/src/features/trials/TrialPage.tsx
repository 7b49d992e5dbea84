import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useProject } from "../../api/project";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { ErrorPanel } from "../../components/ErrorPanel";
import { IntervalRow } from "../../components/IntervalRow";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { SandboxTag } from "../../components/SandboxTag";
import { number, percent, usd } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type ArmResult, type Trial, trialQuery, useCancelTrial, useLook } from "./api/trials";
import { texts } from "./texts";
import classes from "./trials.module.css";

const cost = (value: string | null) => (value === null ? "–" : usd(value));
const points = (share: number) => number(share * 100, 1);

function Arms({ trial, arms }: { trial: Trial; arms: readonly ArmResult[] }) {
  const t = useTexts(texts);
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th>{t.label}</th>
          <th style={{ width: "30%" }}>{t.accepted}</th>
          <th className="r">{t.delivered}</th>
          <th>{t.difference}</th>
          <th className="r">{t.cost}</th>
        </tr>
      </thead>
      <tbody>
        {arms.map((arm, at) => (
          <tr key={trial.arms[at]?.label}>
            <td>
              <span className="row gap2">
                <b>{trial.arms[at]?.label}</b>
                {trial.arms[at]?.sandbox && <SandboxTag />}
              </span>
            </td>
            <td>
              <IntervalRow
                label={t.ofAll(arm.accepted, arm.questions)}
                value={arm.rate}
                low={arm.rate_low}
                high={arm.rate_high}
                show={(value) => percent(value, 1)}
              />
            </td>
            <td className="r t2">{t.ofAll(arm.delivered, arm.questions)}</td>
            <td>
              {at === trial.reference ? (
                <span className="t3">{t.isReference}</span>
              ) : (
                <>
                  <b className={arm.not_worse ? "ok" : ""}>{arm.not_worse ? t.notWorse : t.notShown}</b>{" "}
                  {t.points(points(arm.difference ?? 0))}
                  <div className="s t2">
                    {typeof arm.boundary === "number" && typeof arm.least === "number"
                      ? `${t.least(points(arm.least))} · ${t.z(
                          typeof arm.z === "number" ? number(arm.z, 2) : "∞",
                          number(arm.boundary, 2),
                        )}`
                      : t.noLook}
                  </div>
                </>
              )}
            </td>
            <td className="r">
              <b>{cost(arm.per_accepted)}</b>
              <div className="s t2">{`${cost(arm.per_accepted_low)}–${cost(arm.per_accepted_high)}`}</div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Card({ trial, decision }: { trial: Trial; decision: NonNullable<Trial["decision"]> }) {
  const t = useTexts(texts);
  const label = (at: number) => trial.arms[at]?.label ?? "";
  return (
    <section className={`panel ${classes.card}`}>
      <div className="ph">
        <h2>{t.card}</h2>
      </div>
      <div className="pb col gap2">
        <p className={classes.says}>
          {decision.chosen === trial.reference
            ? t.cardReference(label(decision.chosen))
            : t.cardSays(label(decision.chosen))}
        </p>
        <span className="t2">
          {t.cardTerms(points(trial.margin), label(trial.reference), percent(trial.confidence))}{" "}
          {decision.early ? t.early(decision.look, trial.looks) : t.full(decision.look)}
        </span>
        {decision.overlapping.length > 0 && (
          <span className="warn">{t.overlap(decision.overlapping.map(label).join(", "))}</span>
        )}
        {trial.arms.some((arm) => arm.sandbox) && <span className="warn">{t.sandboxed}</span>}
      </div>
    </section>
  );
}

function Next({ trial }: { trial: Trial }) {
  const t = useTexts(texts);
  const project = useProject();
  const look = useLook(project.slug, trial.id);
  const cancel = useCancelTrial(project.slug, trial.id);
  const [asking, setAsking] = useState(false);
  const last = trial.taken.at(-1);
  const judging = last && last.result === null ? last : null;
  const waits = trial.waiting.some((count) => count > 0);
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.next}</h2>
      </div>
      <div className="pb col gap5">
        {judging ? (
          <span className="t2">{t.judged(judging.judged, judging.entries)}</span>
        ) : waits ? (
          trial.waiting.map(
            (count, at) =>
              count > 0 && (
                <span key={trial.arms[at]?.label} className="t2">
                  {t.waiting(number(count), trial.arms[at]?.label ?? "")}{" "}
                  <Link
                    to={
                      trial.arms[at]?.run_id
                        ? `/p/${project.slug}/rationales/${trial.arms[at]?.run_id}`
                        : `/p/${project.slug}/batches/${trial.arms[at]?.batch_id}`
                    }
                  >
                    {trial.arms[at]?.run_id ? t.toRun : t.toBatch}
                  </Link>
                </span>
              ),
          )
        ) : (
          <span className="t2">{t.allIn}</span>
        )}
        {(look.error ?? cancel.error) && <ErrorPanel error={look.error ?? cancel.error} />}
        <div className="row">
          {judging?.lot_id && (
            <Button
              component={Link}
              to={`/p/${project.slug}/audits/${judging.lot_id}`}
              variant={judging.judged < judging.entries ? "filled" : "default"}
            >
              {t.toLot(judging.lot_number ?? 0)}
            </Button>
          )}
          <Button
            variant={judging ? (judging.judged < judging.entries ? "default" : "filled") : "filled"}
            disabled={judging ? judging.judged < judging.entries : waits}
            loading={look.isPending}
            onClick={() => look.mutate()}
          >
            {judging ? t.count : t.drawLook(trial.taken.length + 1, trial.looks)}
          </Button>
          <span className="sp" />
          <Button variant="subtle" color="red" loading={cancel.isPending} onClick={() => setAsking(true)}>
            {t.cancelTrial}
          </Button>
        </div>
        <ConfirmDialog
          opened={asking}
          close={() => setAsking(false)}
          title={t.cancelSure}
          why={t.cancelWhy}
          keep={t.keep}
          perform={t.cancelTrial}
          onPerform={() => cancel.mutate()}
        />
      </div>
    </section>
  );
}

/** Which way is cheapest and not worse; how far the trial is, and what it showed at each look. */
export function TrialPage() {
  const t = useTexts(texts);
  const project = useProject();
  const { trial: id = "" } = useParams();
  const trial = useQuery(trialQuery(project.slug, id));
  if (trial.isPending) return <Loading />;
  if (trial.error) return <ErrorPanel error={trial.error} retry={() => void trial.refetch()} />;
  const found = trial.data;
  return (
    <>
      <PageHeader
        title={found.name}
        back={{ to: `/p/${project.slug}/trials`, label: t.title }}
        note={`${t.states[found.state]} · ${t.questionsEach(number(found.per_arm))} · ${t.rules[found.rule]} · ${t.seed(found.seed)}`}
      />
      <div className={classes.page}>
        {found.decision && <Card trial={found} decision={found.decision} />}
        {found.state === "running" && <Next trial={found} />}
        {[...found.taken].reverse().map(
          (look) =>
            look.result && (
              <section key={look.number} className="panel">
                <div className="ph">
                  <h2 className="sp">{t.look(look.number)}</h2>
                  <span className="s t3">{t.result(number(look.covered))}</span>
                </div>
                <Arms trial={found} arms={look.result.arms} />
              </section>
            ),
        )}
        <p className="s t3">{t.how}</p>
      </div>
    </>
  );
}
