import { IconAlertTriangle, IconCheck, IconMinus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { useAspectName } from "../../api/aspects";
import { useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { SandboxTag } from "../../components/SandboxTag";
import { SentenceCard } from "../../components/SentenceCard";
import { ago, duration, number, percent, usd } from "../../lib/format";
import type { Mark } from "../../lib/severity";
import { useTexts } from "../../lib/texts";
import { type RationaleDetail, rationaleQuery } from "./api/rationale";
import { pictureAddress, picturesOf, plain } from "./model/reading";
import { JudgeWord, Slots } from "./Parts";
import classes from "./rationales.module.css";
import { texts } from "./texts";

function Pictures({ detail }: { detail: RationaleDetail }) {
  const project = useProject();
  return (
    <div className={classes.pictures}>
      {picturesOf(detail.rationale).map(([slot, sha256]) => (
        <figure key={slot}>
          <img src={pictureAddress(project.slug, sha256, "768")} alt={slot} />
          {detail.regions
            .filter((region) => region.slot === slot)
            .map((region) => (
              <i
                key={region.id}
                className={classes.box}
                title={region.id}
                style={{
                  left: `${region.box[0] * 100}%`,
                  top: `${region.box[1] * 100}%`,
                  width: `${Math.max(2, region.box[2] * 100)}%`,
                  height: `${Math.max(2, region.box[3] * 100)}%`,
                }}
              />
            ))}
          <figcaption>
            <span className="slot">{slot}</span>
          </figcaption>
        </figure>
      ))}
    </div>
  );
}

function Checks({ detail }: { detail: RationaleDetail }) {
  const t = useTexts(texts);
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.checks}</h2>
      </div>
      {Object.entries(detail.checks).map(([name, outcome]) => (
        <div key={name} className={classes.check}>
          {outcome.passed === null ? (
            <IconMinus className="t3" size={16} stroke={1.6} />
          ) : outcome.passed ? (
            <IconCheck className="ok" size={16} stroke={1.8} />
          ) : (
            <IconAlertTriangle className="bad" size={16} stroke={1.6} />
          )}
          <div className="sp">
            <div className="row">
              <b className="sp">{t.checkTitles[name as keyof typeof t.checkTitles] ?? name}</b>
              <span className="s t3">
                {outcome.passed && `${t.checkPassed} · `}
                {t.checkVersion(outcome.version)}
              </span>
            </div>
            {outcome.passed === null ? (
              <span className="s t3">{name === "judge" ? t.judgeSilent : t.checkOff}</span>
            ) : (
              !outcome.passed &&
              outcome.findings?.map((finding) => (
                <div key={`${finding.code} ${finding.sentence} ${finding.detail}`} className="s">
                  {typeof finding.sentence === "number" && <b>{finding.sentence + 1}. </b>}
                  {finding.detail || finding.code}
                </div>
              ))
            )}
            {name === "judge" && detail.judge && <JudgeWord judge={detail.judge} />}
          </div>
        </div>
      ))}
    </section>
  );
}

function Calls({ detail }: { detail: RationaleDetail }) {
  const t = useTexts(texts);
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.callsBehind}</h2>
      </div>
      {detail.calls.length === 0 ? (
        <p className="pb t2">{t.callsNone}</p>
      ) : (
        detail.calls.map((call) => (
          <div key={call.id} className={classes.call}>
            <span>{t.step(call.step)}</span>
            <span className="r" title={t.bases[call.price_basis as keyof typeof t.bases]}>
              {usd(call.cost)}
            </span>
            <span className="s t2 clip">{t.outcomes[call.outcome]}</span>
            <span className="s t2 r">
              {call.prompt_tokens === null ? "–" : number(call.prompt_tokens)} /{" "}
              {call.completion_tokens === null ? "–" : number(call.completion_tokens)}
              {call.latency_ms !== null && ` · ${number(call.latency_ms)} ms`}
            </span>
          </div>
        ))
      )}
    </section>
  );
}

function Versions({ detail }: { detail: RationaleDetail }) {
  const t = useTexts(texts);
  const project = useProject();
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.versions}</h2>
      </div>
      <table className={`tbl ${classes.narrow}`}>
        <tbody>
          {detail.versions.map((version) => (
            <tr key={version.id} className={version.id === detail.rationale.id ? "on" : undefined}>
              <td>
                <Link to={`/p/${project.slug}/rationales/text/${version.id}`}>{version.id}</Link>
              </td>
              <td>
                {t.origins[version.origin]}
                {version.author && `: ${version.author}`}
              </td>
              <td className="t2">
                {version.kept_share === null ? "" : t.kept(percent(version.kept_share))}
                {typeof version.edit_distance === "number" && ` · ${t.edits(number(version.edit_distance))}`}
              </td>
              <td className="r t2">{ago(version.created_at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Readings({ detail }: { detail: RationaleDetail }) {
  const t = useTexts(texts);
  if (detail.readings.length === 0) return null;
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.readings}</h2>
      </div>
      <table className={`tbl ${classes.narrow}`}>
        <tbody>
          {detail.readings.map((read) => (
            <tr key={`${read.version} ${read.read_at}`}>
              <td>{read.reader}</td>
              <td className={read.first_fault === null ? "t2" : "bad"}>
                {typeof read.first_fault === "number" ? t.faultAt(read.first_fault + 1) : t.readClean}
                {read.version !== detail.rationale.id && ` · ${t.ofVersion(read.version)}`}
                {read.note && <span className="t2"> {read.note}</span>}
              </td>
              <td className="r t2">{duration(read.active_ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What was typed and what was pasted: evidence for a lead, judged by nobody but the lead. */
function Writing({ detail }: { detail: RationaleDetail }) {
  const t = useTexts(texts);
  const { writing, rationale } = detail;
  if (!writing) return null;
  const minutes = rationale.active_ms / 60_000;
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.howWritten}</h2>
      </div>
      <table className={`tbl ${classes.narrow}`}>
        <tbody>
          <tr>
            <td>{t.typed}</td>
            <td className="r">{t.characters(number(writing.typed))}</td>
          </tr>
          <tr>
            <td>{t.pasted}</td>
            <td className="r">
              {t.characters(number(writing.pasted))}
              {typeof writing.pasted_share === "number" && ` · ${percent(writing.pasted_share)}`}
            </td>
          </tr>
          {writing.phrases > 0 && (
            <tr>
              <td>{t.ownPhrases(number(writing.phrases))}</td>
              <td className="r">{t.characters(number(writing.phrased))}</td>
            </tr>
          )}
          {typeof writing.pause_p50_ms === "number" && (
            <tr>
              <td>{t.keyPauses}</td>
              <td className="r">
                {[writing.pause_p10_ms, writing.pause_p50_ms, writing.pause_p90_ms]
                  .map((each) => number(Math.round(each ?? 0)))
                  .join(" / ")}{" "}
                ms
              </td>
            </tr>
          )}
          {minutes > 0 && (
            <tr>
              <td>{t.pace}</td>
              <td className="r">{number(Math.round(writing.text_characters / minutes))}</td>
            </tr>
          )}
        </tbody>
      </table>
      <p className="pb s t3">{t.howWrittenWhy}</p>
    </section>
  );
}

/** One rationale: the pictures, what it says, what the checks found, what it cost and who changed it. */
export function RationalePage() {
  const t = useTexts(texts);
  const project = useProject();
  const { rationale: id = "" } = useParams();
  const aspectName = useAspectName();
  const detail = useQuery(rationaleQuery(project.slug, Number(id)));
  const back = { to: `/p/${project.slug}/rationales/all`, label: t.title };
  if (detail.isPending) return <Loading />;
  if (detail.error)
    return (
      <>
        <PageHeader title={t.title} back={back} />
        <ErrorPanel error={detail.error} retry={() => void detail.refetch()} />
      </>
    );
  const row = detail.data.rationale;
  const faultsOf = (place: number) =>
    Object.values(detail.data.checks).flatMap((outcome) =>
      outcome.passed === false
        ? (outcome.findings ?? [])
            .filter((finding) => finding.sentence === place)
            .map((finding) => finding.detail || finding.code)
        : [],
    );
  return (
    <>
      <PageHeader
        title={t.rationale(row.id)}
        back={back}
        note={
          <span className="row">
            <span className="mono">{row.question.sample}</span>
            <span>{aspectName(row.question.aspect)}</span>
            <span className="badge">
              {t.ways[row.way]}, {t.stages[row.stage]}
            </span>
            {row.sandbox && <SandboxTag />}
            <span className="t2">{row.answer_visible ? t.answerSeen : t.answerUnseen}</span>
          </span>
        }
      />
      <div className={classes.form}>
        <div>
          <section className="panel">
            <div className="pb" style={{ paddingTop: 11 }}>
              <Pictures detail={detail.data} />
            </div>
          </section>
          <section className="panel">
            <div className="ph">
              <h2 className="sp">{t.sentences}</h2>
              <span className="s t2">{t.concluded}</span>
              <Slots slots={row.concluded} />
              <span className="s t2">{t.answer}</span>
              {row.answer === null ? (
                <span className="s t3">{t.notSettled}</span>
              ) : (
                <Slots slots={row.answer} />
              )}
            </div>
            <div className="pb col">
              {detail.data.sentences.map((sentence, place) => (
                <SentenceCard
                  key={`${sentence.span[0]}`}
                  number={place + 1}
                  letter={sentence.slot}
                  aspect={sentence.aspect === null ? null : aspectName(sentence.aspect)}
                  mark={
                    (sentence.slot ? (detail.data.severities[sentence.slot] as Mark) : undefined) ?? "todo"
                  }
                  regions={sentence.regions}
                  faults={faultsOf(place)}
                >
                  <p>{plain(sentence.text)}</p>
                </SentenceCard>
              ))}
            </div>
          </section>
        </div>
        <div>
          <Checks detail={detail.data} />
          <Readings detail={detail.data} />
          <Writing detail={detail.data} />
          <Calls detail={detail.data} />
          <Versions detail={detail.data} />
          {row.active_ms > 0 && (
            <p className="s t3">
              {row.author} · {duration(row.active_ms)}
            </p>
          )}
        </div>
      </div>
    </>
  );
}
