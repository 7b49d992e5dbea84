import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { MiniMatrix } from "../../components/MiniMatrix";
import { PageHeader } from "../../components/PageHeader";
import { SandboxTag } from "../../components/SandboxTag";
import { moment } from "../../lib/format";
import { isSeverity, type Mark } from "../../lib/severity";
import { useTexts } from "../../lib/texts";
import { type Life, lifeQuery } from "./api/life";
import { aspectsQuery } from "./api/samples";
import classes from "./samples.module.css";
import { texts } from "./texts";

type Event = Life["events"][number];
const readable = (text: string) => text.replace(/\{\{(\w+)\}\}/g, "$1");

function Cells({ cells, aspects }: { cells: Event["cells"]; aspects: readonly string[] }) {
  const slots = Object.keys(cells).sort();
  if (slots.length === 0) return null;
  const marks: Mark[][] = aspects.map((aspect) =>
    slots.map((slot) => {
      const said = cells[slot]?.[aspect];
      return isSeverity(said) ? said : "todo";
    }),
  );
  return <MiniMatrix marks={marks} side={7} label={slots.join(" ")} />;
}

function History({ life, aspects }: { life: Life; aspects: readonly string[] }) {
  const t = useTexts(texts);
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.history}</h2>
      </div>
      {life.events.map((event, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an event has no other name than its place in time
        <div key={place} className={classes.event}>
          <span className="s t3 nw">{moment(event.at)}</span>
          <b>{t.event[event.kind] ?? event.kind}</b>
          <span className="clip">
            {event.who} <span className="t2">{event.detail}</span>
          </span>
          <Cells cells={event.cells} aspects={aspects} />
        </div>
      ))}
    </section>
  );
}

function Rationales({ life }: { life: Life }) {
  const t = useTexts(texts);
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
              <b>{rationale.aspect.replaceAll("_", " ")}</b>
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

function Standing({ life, aspects }: { life: Life; aspects: readonly string[] }) {
  const t = useTexts(texts);
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.answers}</h2>
      </div>
      <div className="pb">
        <dl className="kv">
          {aspects.flatMap((aspect) => {
            const answer = life.row.answers[aspect];
            return [
              <dt key={`${aspect}-name`}>{aspect.replaceAll("_", " ")}</dt>,
              <dd key={`${aspect}-answer`} className="row">
                {answer === undefined ? (
                  <span className="t3">{t.open}</span>
                ) : answer.length === 0 ? (
                  t.nobody
                ) : (
                  answer.map((slot) => (
                    <span key={slot} className="slot">
                      {slot}
                    </span>
                  ))
                )}
                <span className="t3 s">{life.row.sources[aspect]}</span>
                {life.training[aspect] && <span className="badge info">{life.training[aspect]}</span>}
              </dd>,
            ];
          })}
          <dt>{t.releases}</dt>
          <dd>{life.releases.join(", ") || <span className="t3">{t.inNone}</span>}</dd>
        </dl>
      </div>
    </section>
  );
}

/** Where is it now, who said what when, how did training see it. */
export function SamplePage() {
  const t = useTexts(texts);
  const project = useProject();
  const { sample = "" } = useParams();
  const life = useQuery(lifeQuery(project.slug, sample));
  const aspects = useQuery(aspectsQuery(project.slug));
  if (life.isPending || aspects.isPending) return <Loading />;
  const failed = life.error ?? aspects.error;
  if (failed) return <ErrorPanel error={failed} retry={() => void life.refetch()} />;
  if (!life.data || !aspects.data) return <Loading />;
  const keys = aspects.data.results.map((aspect) => aspect.key);
  return (
    <>
      <PageHeader
        title={<span className="mono">{life.data.row.external_id}</span>}
        note={life.data.row.group}
        back={{ to: `/p/${project.slug}/samples`, label: t.title }}
      />
      <div className={classes.pictures}>
        {life.data.row.pictures.map((picture) => (
          <div key={picture.slot} className={classes.picture}>
            <img
              src={`/api/v1/projects/${project.slug}/pictures/${picture.sha256}?fit=768`}
              alt={picture.slot === "O" ? t.original : picture.slot}
            />
            <span className={classes.tag}>{picture.slot === "O" ? t.original : picture.slot}</span>
          </div>
        ))}
      </div>
      <div className={classes.life}>
        <History life={life.data} aspects={keys} />
        <div className="col gap5">
          <Standing life={life.data} aspects={keys} />
          <Rationales life={life.data} />
        </div>
      </div>
    </>
  );
}
