import { ActionIcon, Button } from "@mantine/core";
import { IconMinus, IconPlayerPause, IconPlayerPlay, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useMay, useProject } from "../../api/project";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { ProgressLine } from "../../components/ProgressLine";
import { useCommands } from "../../lib/commands";
import { ago, duration, moment, number, percent } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type BatchDetail, batchQuery, useChangeBatch, useReclaim } from "./api/batch";
import { useMakeReview } from "./api/disputes";
import { BatchMoney } from "./BatchMoney";
import { PausedNotice, People } from "./BatchPeople";
import classes from "./batches.module.css";
import { ChangeTerms } from "./ChangeTerms";
import { type Terms, useTermTexts, valuesOf } from "./model/terms";
import { dueState, kindOf, timeLeft, workPath } from "./model/work";
import { StateBadge } from "./StateBadge";
import { texts } from "./texts";

type Change = ReturnType<typeof useChangeBatch>;

function Progress({ detail }: { detail: BatchDetail }) {
  const t = useTexts(texts);
  const { batch } = detail;
  const left = timeLeft(batch);
  const done = batch.accepted >= batch.places;
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.places(number(batch.accepted), number(batch.places))}</h2>
        {batch.places > batch.pieces && (
          <span className="s t2">
            {t.samplesDone(
              number(Math.round((batch.accepted / batch.places) * batch.pieces)),
              number(batch.pieces),
            )}
          </span>
        )}
        <span className="b">{percent(batch.places ? batch.accepted / batch.places : 0)}</span>
      </div>
      <div className="pb col">
        <ProgressLine
          parts={[{ value: batch.accepted, tone: done ? "ok" : "accent" }]}
          total={batch.places}
        />
        <div className="row s t2 wrap">
          <span className="sp">
            {done ? t.finished : left === null ? t.noPace : `${t.left}: ${duration(left)} ${t.atPace}`}
          </span>
          {batch.due_at && (
            <span className={dueState(batch) === "late" ? "badge bad" : ""}>
              {t.due} {moment(batch.due_at)} {dueState(batch) === "late" && `· ${t.late}`}
            </span>
          )}
          <span>
            {duration(batch.active_ms)} {t.activeTime}
          </span>
        </div>
      </div>
    </section>
  );
}

function TermsPanel({ detail, change }: { detail: BatchDetail; change: Change }) {
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

function Held({ detail, onTakeBack }: { detail: BatchDetail; onTakeBack: (assignment: number) => void }) {
  const t = useTexts(texts);
  const project = useProject();
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.out}</h2>
        <span className="badge">{number(detail.held.length)}</span>
      </div>
      {detail.held.length === 0 ? (
        <p className="pb t2">{t.outNone}</p>
      ) : (
        <div className={classes.scroll}>
          <table className="tbl">
            <tbody>
              {detail.held.map((piece) => (
                <tr key={piece.assignment_id}>
                  <td>
                    <Link className="mono" to={`/p/${project.slug}/samples/${piece.sample}`}>
                      {piece.sample}
                    </Link>
                  </td>
                  <td>
                    {piece.name}
                    <span className="s t2" style={{ display: "block" }}>
                      {piece.lease_until ? `${t.until} ${ago(piece.lease_until)}` : t.kept}
                    </span>
                  </td>
                  <td className="r">
                    {piece.lease_until && (
                      <Button size="compact-sm" onClick={() => onTakeBack(piece.assignment_id)}>
                        {t.takeBack}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Skipped({ detail }: { detail: BatchDetail }) {
  const t = useTexts(texts);
  const project = useProject();
  if (detail.skipped.length === 0) return null;
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.skippedPieces}</h2>
        <span className="badge">{number(detail.skipped.length)}</span>
      </div>
      <div className={classes.scroll}>
        <table className="tbl">
          <tbody>
            {detail.skipped.map((piece) => (
              <tr key={`${piece.sample} ${piece.name}`}>
                <td>
                  <Link className="mono" to={`/p/${project.slug}/samples/${piece.sample}`}>
                    {piece.sample}
                  </Link>
                </td>
                <td>{piece.name}</td>
                <td className="clip" title={piece.note}>
                  {t.skipReasons[piece.reason]}
                  {piece.note && `: ${piece.note}`}
                </td>
                <td className="r">{piece.is_out && <span className="badge warn">{t.leftBatch}</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Verbs({ detail, change }: { detail: BatchDetail; change: Change }) {
  const t = useTexts(texts);
  const project = useProject();
  const navigate = useNavigate();
  const lead = useMay("lead");
  const review = useMakeReview(project.slug);
  const [closing, setClosing] = useState(false);
  const { batch } = detail;
  const working = batch.may_work && batch.accepted < batch.places;
  const toWork = workPath(project.slug, batch);
  const next = batch.state === "open" ? "paused" : "open";
  useCommands({
    name: "batch",
    title: batch.name,
    commands: [
      { name: "work", label: t.work, keys: ["Enter"], perform: () => navigate(toWork), enabled: working },
      {
        name: "pause",
        label: next === "paused" ? t.pause : t.resume,
        keys: ["KeyP"],
        perform: () => change.mutate({ state: next }),
        enabled: lead && batch.state !== "closed",
      },
    ],
  });
  return (
    <>
      {lead && batch.kind === "label" && (
        <Button component={Link} to={`/p/${project.slug}/batches/new?batch=${batch.id}`}>
          {t.duplicate}
        </Button>
      )}
      {lead && batch.kind === "label" && batch.accepted > 0 && (
        <Button
          loading={review.isPending}
          onClick={() =>
            review.mutate(
              { batch: batch.id, share: 0.1, key: crypto.randomUUID() },
              { onSuccess: (made) => void navigate(`/p/${project.slug}/batches/${made.id}`) },
            )
          }
        >
          {t.review}
        </Button>
      )}
      {lead && batch.state !== "closed" && (
        <>
          <Button color="red" variant="subtle" onClick={() => setClosing(true)}>
            {t.close}
          </Button>
          <Button
            leftSection={
              next === "paused" ? (
                <IconPlayerPause size={15} stroke={1.6} />
              ) : (
                <IconPlayerPlay size={15} stroke={1.6} />
              )
            }
            rightSection={<Keycap chord="KeyP" />}
            loading={change.isPending}
            onClick={() => change.mutate({ state: next })}
          >
            {next === "paused" ? t.pause : t.resume}
          </Button>
        </>
      )}
      {working && (
        <Button component={Link} to={toWork} variant="filled" rightSection={<Keycap chord="Enter" />}>
          {t.work}
        </Button>
      )}
      {review.error && <ErrorPanel error={review.error} />}
      <ConfirmDialog
        opened={closing}
        close={() => setClosing(false)}
        title={t.closeSure}
        why={t.closeWhy}
        keep={t.cancel}
        perform={t.close}
        onPerform={() => change.mutate({ state: "closed" })}
      />
    </>
  );
}

/** One batch: how far it is, who works on it, what is out; a lead steers it here. */
export function BatchPage() {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const { batch: id = "" } = useParams();
  const detail = useQuery(batchQuery(project.slug, id));
  const change = useChangeBatch(project.slug, id);
  const reclaim = useReclaim(project.slug, id);
  const back = { to: `/p/${project.slug}/batches`, label: t.batches };
  if (detail.isPending) return <Loading />;
  if (detail.error)
    return (
      <>
        <PageHeader title={t.title} back={back} />
        <ErrorPanel error={detail.error} retry={() => void detail.refetch()} />
      </>
    );
  const failed = change.error ?? reclaim.error;
  return (
    <>
      <PageHeader
        title={detail.data.batch.name}
        back={back}
        note={
          <span className="row">
            <StateBadge state={detail.data.batch.state} />
            {kindOf(detail.data.batch, t.kinds)} · {detail.data.batch.number}
          </span>
        }
      >
        <Verbs detail={detail.data} change={change} />
      </PageHeader>
      {failed && <ErrorPanel error={failed} />}
      <PausedNotice detail={detail.data} />
      <div className={classes.columns}>
        <div>
          <Progress detail={detail.data} />
          {detail.data.money && <BatchMoney money={detail.data.money} />}
          {lead && <People detail={detail.data} />}
          {lead && <Skipped detail={detail.data} />}
        </div>
        <div>
          <TermsPanel detail={detail.data} change={change} />
          {lead && <Held detail={detail.data} onTakeBack={(assignment) => reclaim.mutate(assignment)} />}
        </div>
      </div>
    </>
  );
}
