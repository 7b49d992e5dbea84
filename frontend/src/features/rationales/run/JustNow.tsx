import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "react-router";
import { useAspectName } from "../../../api/aspects";
import { useProject } from "../../../api/project";
import { EmptyState } from "../../../components/EmptyState";
import { number } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import { rationalesQuery } from "../api/rationales";
import type { RunDetail } from "../api/run";
import { plain } from "../model/reading";
import { JudgeWord, Slots, Thumb } from "../Parts";
import classes from "../rationales.module.css";
import { texts } from "../texts";

/** The last rationales that passed; of a check or an evaluation, what it found. */
export function JustNow({ detail }: { detail: RunDetail }) {
  const t = useTexts(texts);
  const aspectName = useAspectName();
  const project = useProject();
  const filters = { run: detail.run.id, passed: true };
  const last = useInfiniteQuery(
    rationalesQuery(project.slug, filters, { limit: 12, live: detail.run.state === "running" }),
  );
  const { refetch } = last;
  // The last ones of a run come with its end, and from then on nothing asks by itself any more.
  useEffect(() => {
    if (detail.ready > 0) void refetch();
  }, [detail.ready, refetch]);
  const rows = last.data?.pages[0]?.results ?? [];
  if (detail.run.purpose !== "rationale")
    return (
      <section className="panel">
        <p className="pb t2" style={{ paddingTop: 11 }}>
          {detail.run.purpose === "check" ? t.checkNote : t.evaluationNote}
        </p>
        {detail.checked && (
          <dl className="kv pb">
            <dt>{t.checkTitles[detail.checked.name as keyof typeof t.checkTitles]}</dt>
            <dd>
              {t.saidOf(
                number(detail.checked.passed),
                number(detail.checked.failed),
                number(detail.checked.nothing),
              )}
            </dd>
          </dl>
        )}
        {detail.judge && (
          <div className="pb">
            <JudgeWord judge={detail.judge} />
          </div>
        )}
      </section>
    );
  return (
    <section className="panel grow">
      <div className="ph">
        <h2 className="sp">{t.justNow}</h2>
        <Link className="s" to={`/p/${project.slug}/rationales/all?run=${detail.run.id}`}>
          {t.seeAll}
        </Link>
      </div>
      {rows.length === 0 ? (
        <EmptyState title={t.nothingYet[detail.run.state]} />
      ) : (
        <div className={classes.scroll}>
          {rows.map((row) => (
            <Link key={row.id} className={classes.entry} to={`/p/${project.slug}/rationales/text/${row.id}`}>
              <Thumb row={row} />
              <span className="sp">
                <span className="row gap2 s">
                  <span className="mono">{row.question.sample}</span>
                  <span className="t3 clip">{aspectName(row.question.aspect)}</span>
                  <span className="sp" />
                  <Slots slots={row.concluded ?? null} />
                </span>
                <p>{plain(row.text)}</p>
              </span>
            </Link>
          ))}
        </div>
      )}
    </section>
  );
}
