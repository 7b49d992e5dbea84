import { IconArrowBackUp } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { ago } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import { sentBackQuery } from "../api/sentBack";
import classes from "../People.module.css";
import { texts } from "../texts";

/** What reviewers returned and nobody has settled yet: with its author, or answered and before a reviewer again. */
export function SentBackPanel({ project }: { project: string }) {
  const t = useTexts(texts);
  const found = useQuery(sentBackQuery(project));
  if (!found.data || found.data.results.length === 0) return null;
  return (
    <section className="panel">
      <div className="ph">
        <IconArrowBackUp size={16} stroke={1.6} />
        <h2 className="sp">{t.sentBackOpen}</h2>
        <span className="s t2">{found.data.results.length}</span>
      </div>
      <div className={classes.openOnes}>
        {found.data.results.map((row) => (
          <div key={`${row.assignment_id} ${row.round}`} className={classes.back}>
            <span className="row">
              <Link className="mono" to={`/p/${project}/samples/${encodeURIComponent(row.sample)}`}>
                {row.sample}
              </Link>
              <span className={`badge ${row.state === "answered" ? "info" : "warn"}`}>
                {row.state === "answered" ? t.answeredBy(row.author) : t.withAuthor(row.author)}
              </span>
            </span>
            <span className="s t3 nw">{ago(row.reviewed_at)}</span>
            <p className="s t2">{row.reason}</p>
          </div>
        ))}
      </div>
    </section>
  );
}
