import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { aspectsQuery } from "../../api/aspects";
import { useLetGoOn } from "../../api/pauses";
import { useProject } from "../../api/project";
import { EmptyState } from "../../components/EmptyState";
import { ago, duration, number } from "../../lib/format";
import { nameIn, useLocale } from "../../lib/locale";
import { useTexts } from "../../lib/texts";
import type { BatchDetail } from "./api/batch";
import classes from "./batches.module.css";
import { texts } from "./texts";

function useAspectName(project: string): (key: string) => string {
  const aspects = useQuery(aspectsQuery(project));
  const locale = useLocale();
  return (key) => nameIn(aspects.data?.results.find((each) => each.key === key)?.names, locale, key);
}

/** Why somebody does not go on: paused by gold, waiting for a lead after practice, or practising again. */
function standing(
  person: BatchDetail["people"][number],
  nameOf: (key: string) => string,
  t: typeof texts.en,
): string {
  const names = person.practice_below.map(nameOf).join(", ");
  if (person.paused_why === "gold") return t.pausedFor(person.paused_for ? nameOf(person.paused_for) : "");
  if (person.paused_why === "practice") return names ? t.practiceBelow(names) : t.practiceLeft;
  return t.practisesAgain(names);
}

/** Everybody's part, with what hidden gold says of them; a lead lets the paused go on. */
export function People({ detail }: { detail: BatchDetail }) {
  const t = useTexts(texts);
  const project = useProject();
  const nameOf = useAspectName(project.slug);
  const letGoOn = useLetGoOn(project.slug);
  const measured = detail.people.some((person) => person.gold.length > 0);
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.people}</h2>
      </div>
      {detail.people.length === 0 ? (
        <EmptyState title={t.nobody}>{t.nobodyWhy}</EmptyState>
      ) : (
        <div className={classes.scroll}>
          <table className="tbl">
            <thead>
              <tr>
                <th>{t.person}</th>
                <th className="r">{t.submitted}</th>
                <th className="r">{t.skipped}</th>
                <th className="r">{t.sentBack}</th>
                {measured && <th>{t.goldRight}</th>}
                <th className="r">{t.holds}</th>
                <th className="r">{t.active}</th>
              </tr>
            </thead>
            <tbody>
              {detail.people.map((person) => (
                <tr key={person.user_id}>
                  <td>
                    <b>{person.name}</b>
                    {(person.paused_why || person.practice_below.length > 0) && (
                      <span
                        className="col"
                        style={{ alignItems: "start", maxWidth: 250, whiteSpace: "normal", paddingBottom: 4 }}
                      >
                        <span className={`s ${person.paused_why ? "bad" : "warn"}`}>
                          {standing(person, nameOf, t)}
                        </span>
                        <Button
                          size="compact-sm"
                          loading={letGoOn.isPending}
                          onClick={() => letGoOn.mutate({ batch: detail.batch.id, user: person.user_id })}
                        >
                          {person.paused_why === "gold" ? t.letGoOn : t.letThrough}
                        </Button>
                      </span>
                    )}
                  </td>
                  <td className="r">{number(person.submitted)}</td>
                  <td className="r">{number(person.skipped)}</td>
                  <td className="r">{number(person.sent_back)}</td>
                  {measured && (
                    <td className="s">
                      {person.gold.map((score) => (
                        <span key={score.aspect} className="nw" style={{ display: "block" }}>
                          {nameOf(score.aspect)} {score.right}/{score.judged}
                        </span>
                      ))}
                    </td>
                  )}
                  <td className="r">{number(person.held)}</td>
                  <td className="r">
                    {duration(person.active_ms)}
                    <span className="s t2 nw" style={{ display: "block" }} title={t.last}>
                      {person.last_at ? ago(person.last_at) : "–"}
                    </span>
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

/** To the person who is paused: the aspect, and that a lead can let them go on. */
export function PausedNotice({ detail }: { detail: BatchDetail }) {
  const t = useTexts(texts);
  const project = useProject();
  const nameOf = useAspectName(project.slug);
  const { paused_why: why, paused_for: key } = detail.batch;
  if (why === null) return null;
  return (
    <div className="alert warn" role="status">
      {why === "gold"
        ? t.pausedWhy(key ? nameOf(key) : "")
        : key
          ? t.practiceWaits(nameOf(key))
          : t.practiceSkipped}
    </div>
  );
}
