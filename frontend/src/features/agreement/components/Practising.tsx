import { Button } from "@mantine/core";
import { IconSchool } from "@tabler/icons-react";
import { Link } from "react-router";
import { useLetGoOn } from "../../../api/pauses";
import { useProject } from "../../../api/project";
import { ErrorPanel } from "../../../components/ErrorPanel";
import { percent } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import type { People } from "../api/people";
import classes from "../People.module.css";
import { texts } from "../texts";

interface Props {
  readonly rows: People["practising"];
  readonly nameOf: (aspect: string) => string;
}

/** Who is kept at practice by a batch's floor, and on what figures; the panel is there only while somebody is. */
export function Practising({ rows, nameOf }: Props) {
  const t = useTexts(texts);
  const project = useProject();
  const letGoOn = useLetGoOn(project.slug);
  if (rows.length === 0) return null;
  return (
    <section className="panel" style={{ flex: "none", maxHeight: "45%", overflow: "auto" }}>
      <div className="ph">
        <IconSchool size={16} stroke={1.6} className="warn" />
        <h2 className="sp">{t.practising(rows.length)}</h2>
        <span className="s t3">{t.practisingNote}</span>
      </div>
      {rows.map((row) => (
        <div key={`${row.batch_id} ${row.user_id}`} className={classes.item}>
          <div className="row wrap">
            <b>{row.name}</b>
            <Link to={`/p/${project.slug}/batches/${row.batch_id}`}>{t.inBatch(row.number)}</Link>
            <span className={`badge ${row.waiting ? "bad" : "warn"}`}>
              {row.waiting ? t.practiceWaits : t.practisesAgain}
            </span>
            <span className="sp" />
            {row.waiting && (
              <Button component={Link} size="compact-sm" to={`/p/${project.slug}/gold`}>
                {t.morePractice}
              </Button>
            )}
            <Button
              size="compact-sm"
              loading={letGoOn.isPending && letGoOn.variables.user === row.user_id}
              onClick={() => letGoOn.mutate({ batch: row.batch_id, user: row.user_id })}
            >
              {t.letThrough}
            </Button>
          </div>
          <p className="s t2">
            {row.below.length === 0 ? t.nothingSaid : t.asked(percent(row.floor))}{" "}
            {row.scores
              .filter((score) => row.below.includes(score.aspect))
              .map((score) => {
                const said = score.judged === 0 ? t.nothingSaid : t.ofAsked(score.right, score.judged);
                return `${nameOf(score.aspect)} ${said}`;
              })
              .join(" · ")}
          </p>
        </div>
      ))}
      {letGoOn.error && <ErrorPanel error={letGoOn.error} />}
    </section>
  );
}
