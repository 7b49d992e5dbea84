import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { useMay, useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { ProgressLine } from "../../components/ProgressLine";
import { ago, duration, moment, number, percent } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type BatchDetail, batchQuery, useChangeBatch, useReclaim } from "./api/batch";
import { BatchMoney } from "./BatchMoney";
import { PausedNotice, People } from "./BatchPeople";
import { TermsPanel } from "./BatchTerms";
import { Verbs } from "./BatchVerbs";
import classes from "./batches.module.css";
import { dueState, kindOf, timeLeft } from "./model/work";
import { StateBadge } from "./StateBadge";
import { texts } from "./texts";

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
