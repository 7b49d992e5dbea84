import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { aspectsQuery, useAspectName } from "../../api/aspects";
import { useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { SandboxTag } from "../../components/SandboxTag";
import { duration, usd } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type Life, lifeQuery } from "./api/life";
import { Marked } from "./components/Marked";
import { Questions } from "./components/Questions";
import { Timeline } from "./components/Timeline";
import { Trained } from "./components/Trained";
import { holder } from "./model/life";
import classes from "./samples.module.css";
import { texts } from "./texts";

const readable = (text: string) => text.replace(/\{\{(\w+)\}\}/g, "$1");

function Rationales({ life }: { life: Life }) {
  const t = useTexts(texts);
  const nameOf = useAspectName();
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.rationales}</h2>
      </div>
      <div className="pb col gap5">
        {life.rationales.length === 0 && <span className="t3">{t.noRationale}</span>}
        {life.rationales.map((rationale) => (
          <article key={rationale.id} className="col gap2">
            <span className="row s">
              <b>{nameOf(rationale.aspect)}</b>
              <span className="t2">{t.way[rationale.way] ?? rationale.way}</span>
              {rationale.sandbox && <SandboxTag />}
              {!rationale.passed && <span className="badge warn">{t.failedChecks}</span>}
            </span>
            <p>{readable(rationale.text)}</p>
          </article>
        ))}
      </div>
    </section>
  );
}

/** Where is it now, who said what when, what did it cost, how did training see it. */
export function SamplePage() {
  const t = useTexts(texts);
  const project = useProject();
  const nameOf = useAspectName();
  const { sample = "" } = useParams();
  const life = useQuery(lifeQuery(project.slug, sample));
  const aspects = useQuery(aspectsQuery(project.slug));
  if (life.isPending || aspects.isPending) return <Loading />;
  const failed = life.error ?? aspects.error;
  const back = { to: `/p/${project.slug}/samples`, label: t.title };
  if (failed)
    return (
      <>
        <PageHeader title={<span className="mono">{sample}</span>} back={back} />
        <ErrorPanel error={failed} retry={() => void life.refetch()} />
      </>
    );
  if (!life.data || !aspects.data) return <Loading />;
  const keys = aspects.data.results.map((aspect) => aspect.key);
  const held = holder(life.data.events, new Date());
  const original = life.data.row.pictures.find((each) => each.slot === "O");
  const candidates = life.data.row.pictures.filter((each) => each.slot !== "O");
  const spent = life.data.rationales.reduce((sum, each) => sum + Number(each.cost_usd), 0);
  return (
    <>
      <PageHeader
        title={<span className="mono">{life.data.row.external_id}</span>}
        back={back}
        note={
          <span className="row">
            {held && (
              <span className="badge info">
                {held.facts.state === "reserved"
                  ? t.keptFor(held.who)
                  : t.inWork(held.who, held.facts.batch ?? "")}
              </span>
            )}
            {life.data.row.disputed.length > 0 && <span className="badge warn">{t.disputed}</span>}
            {Object.values(life.data.training).includes("suspect") && (
              <span className="badge warn">{t.suspect}</span>
            )}
            {life.data.releases.map((name) => (
              <span key={name} className="badge ok">
                {name}
              </span>
            ))}
          </span>
        }
      />
      <div className={classes.life}>
        <div className={classes.left}>
          <section className={`panel ${classes.stage}`}>
            {original && (
              <Marked
                life={life.data}
                picture={original}
                project={project.slug}
                label={t.original}
                fit={768}
              />
            )}
            <div className={classes.candidates}>
              {candidates.map((picture) => (
                <Marked
                  key={picture.slot}
                  life={life.data}
                  picture={picture}
                  project={project.slug}
                  label={picture.slot}
                  fit={320}
                />
              ))}
            </div>
          </section>
          <Questions life={life.data} nameOf={nameOf} />
          <section className="panel">
            <dl className={`kv ${classes.kv}`}>
              <dt>{t.group}</dt>
              <dd>{life.data.row.group || "–"}</dd>
              <dt>{t.humanTime}</dt>
              <dd>{life.data.active_ms ? duration(life.data.active_ms) : "–"}</dd>
              <dt>{t.spent}</dt>
              <dd>{usd(spent)}</dd>
              <dt>{t.releases}</dt>
              <dd>{life.data.releases.join(", ") || t.inNone}</dd>
            </dl>
          </section>
          <Trained life={life.data} project={project.slug} nameOf={nameOf} />
          <Rationales life={life.data} />
        </div>
        <Timeline life={life.data} aspects={keys} project={project.slug} />
      </div>
    </>
  );
}
