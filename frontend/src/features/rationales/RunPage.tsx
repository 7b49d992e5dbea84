import { Button, NumberInput } from "@mantine/core";
import {
  IconAlertTriangle,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconSquare,
  IconX,
} from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useAspectName } from "../../api/aspects";
import { useMay, useProject } from "../../api/project";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { Dialog } from "../../components/Dialog";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { LineChart } from "../../components/LineChart";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { ProgressLine } from "../../components/ProgressLine";
import { SandboxTag } from "../../components/SandboxTag";
import { SaveRow } from "../../components/SaveRow";
import { useCommands } from "../../lib/commands";
import { duration, money, number, percent } from "../../lib/format";
import { locale } from "../../lib/locale";
import { useTexts } from "../../lib/texts";
import { budgetQuery } from "./api/budget";
import { useMakeReading, useMakeRevising } from "./api/handwork";
import { rationalesQuery } from "./api/rationales";
import { type RunDetail, runQuery, useMoveRun, useSetCap } from "./api/run";
import { Batches } from "./Batches";
import { CheckDialog } from "./CheckDialog";
import { digitsFor, plain } from "./model/reading";
import { goesOnByItself, JudgeWord, purposeOf, RunBadge, Slots, Thumb } from "./Parts";
import classes from "./rationales.module.css";
import { texts } from "./texts";

const clock = (at: string | number): string =>
  new Date(at).toLocaleTimeString(locale.get(), { hour: "2-digit", minute: "2-digit", hour12: false });
const usd = (value: string | number): string => money(value, digitsFor(Number(value)));

function Figures({ detail, onCap }: { detail: RunDetail; onCap: (() => void) | null }) {
  const t = useTexts(texts);
  const { run } = detail;
  const ended = detail.done + detail.failed;
  return (
    <section className={`panel ${classes.five}`}>
      <div>
        <h3>{run.purpose === "rationale" ? t.readyForAudit : t.answered}</h3>
        <div className="fig">
          {number(detail.ready)} <small>{t.of(number(run.question_count))}</small>
        </div>
        <ProgressLine
          parts={[
            { value: detail.ready, tone: "accent" },
            { value: ended - detail.ready, tone: "warn" },
          ]}
          total={run.question_count}
        />
        <div className={classes.note}>
          {run.purpose !== "rationale"
            ? t.failedQuestions(number(detail.failed))
            : t.failedCheck(number(detail.failed_a_check))}
          {run.purpose === "rationale" &&
            detail.failed > 0 &&
            ` · ${t.failedQuestions(number(detail.failed))}`}
          {run.draws > 1 && ` · ${t.drawsNote(run.draws, number(detail.disagreed))}`}
          {detail.reused > 0 && ` · ${t.reusedNote(number(detail.reused), usd(detail.saved))}`}
          {detail.ends_at && ` · ${t.doneAbout(clock(detail.ends_at))}`}
        </div>
      </div>
      <div>
        <h3 className="row">
          <span className="sp">{t.money}</span>
          {onCap && (
            <Button size="compact-xs" variant="subtle" onClick={onCap}>
              {t.raise}
            </Button>
          )}
        </h3>
        <div className="fig">
          {usd(detail.spent)} <small>{t.ofCap(money(run.cap))}</small>
        </div>
        <ProgressLine
          parts={[
            { value: Number(detail.spent), tone: "accent" },
            { value: Number(detail.reserved), tone: "quiet" },
          ]}
          total={Number(run.cap)}
        />
        <div className={classes.note}>
          {t.reserved(usd(detail.reserved))}
          {detail.ends_low !== null &&
            detail.ends_high !== null &&
            ` · ${t.endsAt(usd(detail.ends_low), usd(detail.ends_high))}`}
        </div>
      </div>
      <div>
        <h3>{t.each}</h3>
        <div className="fig">
          {detail.each_ready === null ? "–" : usd(detail.each_ready)}{" "}
          <small>{run.purpose === "rationale" ? t.eachReady : t.eachAnswer}</small>
        </div>
        <div className={classes.note}>
          {detail.tokens_in !== null && detail.tokens_out !== null
            ? t.tokens(number(detail.tokens_in), number(detail.tokens_out))
            : "–"}
        </div>
      </div>
      <div>
        <h3>{t.rate}</h3>
        <div className="fig">
          {number(detail.per_minute)} <small>{t.aMinute}</small>
        </div>
        <div className={classes.note}>
          {detail.latency_p50_ms !== null && detail.latency_p95_ms !== null
            ? t.latency(`${number(detail.latency_p50_ms)} ms`, `${number(detail.latency_p95_ms)} ms`)
            : "–"}
        </div>
      </div>
      <div>
        <h3>{t.calls}</h3>
        <div className="fig">
          {number(detail.calls_settled + detail.calls_unknown)} <small>{t.settled}</small>
        </div>
        <div className={classes.note}>
          {t.callsNote(number(detail.calls_open), number(detail.calls_unknown))}
        </div>
      </div>
    </section>
  );
}

const SHORTEST_MS = 6 * 60_000; // of the time axis: its marks are whole minutes

function Pace({ detail }: { detail: RunDetail }) {
  const t = useTexts(texts);
  const points = detail.series.map((each) => [new Date(each.at).getTime(), each.count] as const);
  const name = detail.run.purpose !== "rationale" ? t.answersPerMinute : t.perMinute;
  const last = points.at(-1)?.[0];
  return (
    <section className="panel">
      <div className="ph">
        <h2>{name}</h2>
      </div>
      <div className="pb">
        <LineChart
          label={name}
          series={[{ name, points, tone: 1 }]}
          yMin={0}
          {...(last === undefined
            ? {}
            : { xMin: Math.min(points[0]?.[0] ?? last, last - SHORTEST_MS), xMax: last })}
          height={138}
          formatX={clock}
          formatY={(y) => number(y)}
          empty={t.noSeries}
        />
      </div>
    </section>
  );
}

function Wrong({ detail }: { detail: RunDetail }) {
  const t = useTexts(texts);
  const project = useProject();
  const navigate = useNavigate();
  const lead = useMay("lead");
  const revise = useMakeRevising(project.slug);
  const read = useMakeReading(project.slug);
  const open = (batch: { id: string }) => void navigate(`/p/${project.slug}/batches/${batch.id}`);
  const sent = Math.max(1, detail.calls_settled + detail.calls_unknown);
  const checks = detail.funnel.filter((stage) => stage.lost > 0 && stage.name in t.checkNames);
  const none = detail.failures.length === 0 && checks.length === 0;
  return (
    <section className="panel grow">
      <div className="ph">
        <h2>{t.wrong}</h2>
      </div>
      {none ? (
        <p className="pb t2">{t.nothingWrong}</p>
      ) : (
        <div className={classes.scroll}>
          <table className="tbl">
            <thead>
              <tr>
                <th>{t.reason}</th>
                <th className="r">{t.count}</th>
                <th className="r">{t.share}</th>
                <th className="r">{t.spent}</th>
                <th>{t.happens}</th>
              </tr>
            </thead>
            <tbody>
              {checks.map((stage) => (
                <tr key={stage.name}>
                  <td>
                    <Link
                      className="row gap2"
                      to={`/p/${project.slug}/rationales/all?run=${detail.run.id}&failed_check=${stage.name}`}
                    >
                      <IconX className="bad" size={15} stroke={1.8} />
                      {t.checkNames[stage.name as keyof typeof t.checkNames]}
                    </Link>
                  </td>
                  <td className="r b">{number(stage.lost)}</td>
                  <td className="r t2">{percent(stage.lost / Math.max(1, detail.done), 1)}</td>
                  <td className="r t2">–</td>
                  <td className="t2">{t.follows.revise}</td>
                </tr>
              ))}
              {detail.failures.map((row) => (
                <tr key={row.outcome}>
                  <td>
                    <span className="row gap2">
                      {row.follows === "fail" || row.follows === "pause" ? (
                        <IconX className="bad" size={15} stroke={1.8} />
                      ) : (
                        <IconRefresh className="t3" size={15} stroke={1.6} />
                      )}
                      {t.outcomes[row.outcome]}
                    </span>
                  </td>
                  <td className="r b">{number(row.count)}</td>
                  <td className="r t2">{percent(row.count / sent, 1)}</td>
                  <td className="r t2">{usd(row.spent)}</td>
                  <td className="t2">{t.follows[row.follows as keyof typeof t.follows]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {lead && detail.failed_a_check > 0 && (
        <div className={`row ${classes.foot}`}>
          <span className="s t2 sp">{t.canBeMended(number(detail.failed_a_check))}</span>
          {revise.error && <ErrorPanel error={revise.error} />}
          <Button
            loading={revise.isPending}
            onClick={() =>
              revise.mutate(
                { name: t.revisingName(detail.run.number), run: detail.run.id },
                { onSuccess: open },
              )
            }
          >
            {t.revising}
          </Button>
        </div>
      )}
      {lead && detail.ready > 0 && detail.run.purpose === "rationale" && (
        <div className={`row ${classes.foot}`}>
          <span className="s t2 sp">{t.canBeRead}</span>
          {read.error && <ErrorPanel error={read.error} />}
          <Button
            loading={read.isPending}
            onClick={() =>
              read.mutate(
                { name: t.readingName(detail.run.number), run: detail.run.id, limit: 100 },
                { onSuccess: open },
              )
            }
          >
            {t.reading}
          </Button>
        </div>
      )}
    </section>
  );
}

function Funnel({ detail }: { detail: RunDetail }) {
  const t = useTexts(texts);
  const first = Math.max(1, detail.funnel[0]?.count ?? 1);
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.funnel}</h2>
      </div>
      <div className="pb">
        {detail.funnel.map((stage, index) => (
          <div key={stage.name} className={classes.step}>
            <span>{t.stagesOfWay[stage.name as keyof typeof t.stagesOfWay]}</span>
            <span className={classes.meter}>
              <i style={{ width: `${(100 * stage.count) / first}%` }} />
              <i className={classes.lost} style={{ width: `${(100 * stage.lost) / first}%` }} />
            </span>
            <span className="b r">{number(stage.count)}</span>
            <span className="t3 r">
              {index === 0 ? t.wanted(number(detail.run.question_count)) : t.lost(number(stage.lost))}
            </span>
          </div>
        ))}
      </div>
    </section>
  );
}

function Together({ detail }: { detail: RunDetail }) {
  const t = useTexts(texts);
  const found = detail.examined;
  if (!found || found.texts === 0) return null;
  const early = found.points.find((each) => each.share === 0.25 && !each.discussed);
  const whole = found.points.find((each) => each.share === 1 && each.discussed);
  const share = (right: number, cells: number) => (cells ? percent(right / cells, 1) : "–");
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.together}</h2>
        <span className="s t3">{t.comparedWith(number(found.compared))}</span>
      </div>
      <dl className="kv pb">
        <dt>{t.copies}</dt>
        <dd>{t.nOf(number(found.near_duplicates), number(found.texts))}</dd>
        <dt>{t.toldEarly}</dt>
        <dd>{t.nOf(number(found.told_early), number(found.probed))}</dd>
        {early && early.cells > 0 && (
          <>
            <dt>{t.aheadRight}</dt>
            <dd>{t.againstBase(share(early.right, early.cells), share(early.base, early.cells))}</dd>
          </>
        )}
        {whole && whole.cells > 0 && (
          <>
            <dt>{t.wholeRight}</dt>
            <dd>{t.againstBase(share(whole.right, whole.cells), share(whole.base, whole.cells))}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

function JustNow({ detail }: { detail: RunDetail }) {
  const t = useTexts(texts);
  const aspectName = useAspectName();
  const project = useProject();
  const filters = { run: detail.run.id, passed: true };
  const last = useInfiniteQuery(
    rationalesQuery(project.slug, filters, { limit: 12, live: detail.run.state === "running" }),
  );
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

function Verbs({ detail, move }: { detail: RunDetail; move: ReturnType<typeof useMoveRun> }) {
  const t = useTexts(texts);
  const [asking, setAsking] = useState(false);
  const { state } = detail.run;
  const open = state === "planned" || state === "running" || state === "paused";
  const passes = goesOnByItself(detail.run);
  const next = state === "running" || passes ? "pause" : "start";
  const word = state === "running" ? t.pause : state === "planned" ? t.start : passes ? t.keepPaused : t.goOn;
  useCommands({
    name: "run",
    title: t.run(detail.run.number),
    commands: [
      { name: "pause", label: word, keys: ["KeyP"], perform: () => move.mutate(next), enabled: open },
    ],
  });
  if (!open) return null;
  return (
    <>
      <Button
        leftSection={
          next === "pause" ? (
            <IconPlayerPause size={15} stroke={1.6} />
          ) : (
            <IconPlayerPlay size={15} stroke={1.6} />
          )
        }
        rightSection={<Keycap chord="KeyP" />}
        variant={next === "start" ? "filled" : "default"}
        loading={move.isPending}
        onClick={() => move.mutate(next)}
      >
        {word}
      </Button>
      <Button
        color="red"
        variant="outline"
        leftSection={<IconSquare size={14} stroke={1.6} />}
        onClick={() => setAsking(true)}
      >
        {t.cancel}
      </Button>
      <ConfirmDialog
        opened={asking}
        close={() => setAsking(false)}
        title={t.cancelSure}
        why={t.cancelWhy}
        keep={t.keep}
        perform={t.cancel}
        onPerform={() => move.mutate("cancel")}
      />
    </>
  );
}

/** Why the run stands still, and what makes it go on. */
function Paused({ run }: { run: RunDetail["run"] }) {
  const t = useTexts(texts);
  const project = useProject();
  const budget = useQuery({ ...budgetQuery(project.slug), enabled: run.pause_reason === "daily_cap" });
  const daily = budget.data?.daily_cap ?? null;
  const never = run.needs !== null && daily !== null && Number(run.needs) > Number(daily);
  return (
    <div className="alert warn" role="status">
      <IconAlertTriangle size={16} />
      {never && run.needs !== null ? t.neverFits(usd(run.needs)) : t.pauses[run.pause_reason]}
    </div>
  );
}

function CapDialog({ detail, close }: { detail: RunDetail; close: () => void }) {
  const t = useTexts(texts);
  const project = useProject();
  const [cap, setCap] = useState<number | string>(Number(detail.run.cap));
  const save = useSetCap(project.slug, detail.run.id);
  return (
    <Dialog onClose={close} title={t.raise}>
      <form
        className="col gap6"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(String(cap), { onSuccess: close });
        }}
      >
        <NumberInput label={t.newCap} value={cap} onChange={setCap} min={0} decimalScale={4} data-autofocus />
        <SaveRow verb={t.save} saving={save} disabled={cap === ""} />
      </form>
    </Dialog>
  );
}

/** One run: is it going, what will it cost, why do some fail, are the good ones good? */
export function RunPage() {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const { run: id = "" } = useParams();
  const detail = useQuery(runQuery(project.slug, id));
  const move = useMoveRun(project.slug, id);
  const [capping, setCapping] = useState(false);
  const [checking, setChecking] = useState(false);
  const back = { to: `/p/${project.slug}/rationales`, label: t.title };
  if (detail.isPending) return <Loading />;
  if (detail.error)
    return (
      <>
        <PageHeader title={t.title} back={back} />
        <ErrorPanel error={detail.error} retry={() => void detail.refetch()} />
      </>
    );
  const { run } = detail.data;
  const open = run.state !== "done" && run.state !== "cancelled";
  const took = run.started_at
    ? new Date(run.finished_at ?? Date.now()).getTime() - new Date(run.started_at).getTime()
    : 0;
  return (
    <>
      <PageHeader
        title={t.run(run.number)}
        back={back}
        note={
          <span className="row">
            <RunBadge run={run} />
            <span className="badge">{purposeOf(t, run)}</span>
            {run.sandbox && <SandboxTag />}
            <span className="clip">
              {run.prompt} · {run.locale} · {t.versionN(run.prompt_version)} · {run.model}
              {took > 0 && ` · ${duration(took)}`}
            </span>
          </span>
        }
      >
        {lead && run.purpose === "rationale" && detail.data.done > 0 && (
          <Button onClick={() => setChecking(true)}>{t.checkMore}</Button>
        )}
        {lead && <Verbs detail={detail.data} move={move} />}
      </PageHeader>
      {move.error && <ErrorPanel error={move.error} />}
      {run.state === "paused" && <Paused run={run} />}
      {run.state === "running" && detail.data.rests_until && (
        <div className="alert" role="status">
          {t.resting(clock(detail.data.rests_until))}
        </div>
      )}
      <Figures detail={detail.data} onCap={lead && open ? () => setCapping(true) : null} />
      {checking && <CheckDialog detail={detail.data} close={() => setChecking(false)} />}
      {capping && <CapDialog detail={detail.data} close={() => setCapping(false)} />}
      <div className={classes.columns}>
        <div>
          <Batches detail={detail.data} />
          <Pace detail={detail.data} />
          <Wrong detail={detail.data} />
        </div>
        <div>
          <Funnel detail={detail.data} />
          <Together detail={detail.data} />
          <JustNow detail={detail.data} />
        </div>
      </div>
    </>
  );
}
