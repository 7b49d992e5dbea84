import { Button } from "@mantine/core";
import { Link } from "react-router";
import { useAspectOrder } from "../../../api/aspects";
import { useLetGoOn } from "../../../api/pauses";
import { useMay, useProject } from "../../../api/project";
import { ErrorPanel } from "../../../components/ErrorPanel";
import { ago, duration, number, percent } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import type { People, Person, PersonFigures, Position } from "../api/people";
import { initials, span, twoDigits } from "../model/figures";
import { isBelow } from "../model/people";
import classes from "../People.module.css";
import { texts } from "../texts";
import { pausedWords } from "./paused";
import { SecondOpinions } from "./SecondOpinions";
import { signalCounts, signalTitle } from "./signals";
import { Weeks } from "./Weeks";

const LETTERS = "ABCDEFGH";

interface Props {
  readonly person: Person;
  readonly all: People;
  readonly nameOf: (aspect: string) => string;
  readonly onWrong: (aspect: string) => void;
}

/** One person: what was counted, what looks unusual and what else explains it, and the samples to talk about. */
export function PersonPanel({ person, all, nameOf, onWrong }: Props) {
  const t = useTexts(texts);
  const project = useProject();
  const { figures } = person;
  const lead = useMay("lead");
  const letGoOn = useLetGoOn(project.slug);
  return (
    <div className={classes.side}>
      <section className="panel">
        <div className="ph">
          <span className={classes.badge}>{initials(person.name)}</span>
          <h2 className="sp clip">{person.name}</h2>
          <span className="s t2">{person.in_batch === null ? t.off : t.onBatch(person.in_batch)}</span>
        </div>
        <div className="pb col">
          {person.paused.map((pause) => (
            <div key={pause.batch_id} className="alert warn">
              <div className="col">
                <span>
                  <b>{pausedWords(pause, nameOf, t)}</b>{" "}
                  {pause.why === "gold" ? t.pausedWhy(ago(pause.since)) : t.practiceWhy(ago(pause.since))}
                </span>
                <span className="row wrap">
                  {lead && (
                    <Button
                      size="compact-sm"
                      loading={letGoOn.isPending}
                      onClick={() => letGoOn.mutate({ batch: pause.batch_id, user: figures.user_id })}
                    >
                      {pause.why === "gold" ? t.liftPause : t.letThrough}
                    </Button>
                  )}
                  <Button
                    component={Link}
                    size="compact-sm"
                    to={`/p/${project.slug}/batches/${pause.batch_id}`}
                  >
                    {t.openBatch}
                  </Button>
                </span>
              </div>
            </div>
          ))}
          {letGoOn.error && <ErrorPanel error={letGoOn.error} />}
          <Basics figures={figures} all={all} />
        </div>
      </section>
      <section className="panel">
        <div className="ph">
          <h2 className="sp">{t.evidence}</h2>
          <span className="s t3">{t.noVerdict}</span>
        </div>
        {figures.signals.length === 0 && <p className={`t2 ${classes.item}`}>{t.nothingUnusualWhy}</p>}
        {figures.signals.map((signal) => (
          <div key={`${signal.code}${signal.aspect}`} className={classes.item}>
            <b>{signalTitle(signal, t, nameOf)}</b>
            <p className="s t2">{signalCounts(signal, t)}</p>
            <p className="s t3">{t.alsoFits[signal.code]}</p>
            <p className="s t3">
              {t.tests[signal.code]}
              {signal.p !== null && ` · ${t.chance(signal.p)}`}
            </p>
          </div>
        ))}
        {figures.position && <Places position={figures.position} />}
      </section>
      <SecondOpinions person={person} nameOf={nameOf} />
      <Aspects person={person} all={all} nameOf={nameOf} onWrong={onWrong} />
      <Weeks figures={figures} height={110} />
    </div>
  );
}

function Basics({ figures, all }: { figures: PersonFigures; all: People }) {
  const t = useTexts(texts);
  const { reviewed, as_reviewer } = figures;
  return (
    <dl className="kv">
      <dt>{t.pieces}</dt>
      <dd>
        {number(figures.opinions)} · {duration(figures.active_ms)}
      </dd>
      <dt>{t.pace}</dt>
      <dd>
        {figures.pace
          ? t.paceOf(
              duration(figures.pace.median),
              duration(figures.pace.low),
              duration(figures.pace.high),
              all.pace ? duration(all.pace.median) : "–",
            )
          : "–"}
      </dd>
      <dt>{t.withOthers}</dt>
      <dd>
        {figures.alpha.alpha === null ? "–" : `α ${twoDigits(figures.alpha.alpha)}`}{" "}
        <span className="t3">{span(figures.alpha.low, figures.alpha.high)}</span>
      </dd>
      <dt>{t.firstPass}</dt>
      <dd>
        {reviewed.reviewed > 0
          ? t.firstPassOf(reviewed.accepted, reviewed.fixed, reviewed.sent_back, reviewed.reviewed)
          : t.notReviewed}
      </dd>
      {as_reviewer.reviewed > 0 && (
        <>
          <dt>{t.asReviewer}</dt>
          <dd>
            {t.rejectionRate(
              percent(as_reviewer.sent_back_share.value ?? 0),
              as_reviewer.reviewed,
              as_reviewer.pace ? duration(as_reviewer.pace.median) : "–",
            )}
          </dd>
        </>
      )}
    </dl>
  );
}

/** Letters are shuffled for each person and sample: every place should be flagged equally often. */
function Places({ position }: { position: Position }) {
  const t = useTexts(texts);
  return (
    <div className={classes.item}>
      <b>{t.places}</b>
      <div className={classes.places}>
        {position.flagged.map((share, index) => (
          <span key={LETTERS[index]} title={`${share.count} / ${share.of}`}>
            <span className="slot">{LETTERS[index]}</span> {percent(share.value ?? 0)}
            <small>
              {Math.round(100 * (share.low ?? 0))}–{Math.round(100 * (share.high ?? 0))}
            </small>
          </span>
        ))}
      </div>
      <p className="s t3">
        {position.p === null ? t.placesOpen : t.placesTest(twoDigits(position.q ?? 0), position.p)}
      </p>
    </div>
  );
}

function Aspects({ person, all, nameOf, onWrong }: Props) {
  const t = useTexts(texts);
  const { figures } = person;
  const keys = useAspectOrder()(Object.keys(figures.right));
  const hasGold = Object.keys(all.gold).length > 0;
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.byAspect}</h2>
      </div>
      <table className={`tbl ${classes.aspects}`}>
        <thead>
          <tr>
            <th>{t.aspect}</th>
            {hasGold && (
              <th className="r" title={t.goldWhy}>
                {t.measures.gold}
              </th>
            )}
            <th className="r">
              <span title={t.rightWhy}>{t.measures.right}</span>
              <div className="s t3" title={t.seesWhy}>
                {t.sees}
              </div>
            </th>
            <th />
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => {
            const share = figures.right[key];
            if (!share) return null;
            const sees = figures.sees[key];
            const wrong = share.of - share.count;
            return (
              <tr key={key}>
                <td style={{ whiteSpace: "normal" }}>{nameOf(key)}</td>
                {hasGold && (
                  <td className={`r ${isBelow(figures.gold[key], all.gold[key]) ? "warn b" : ""}`}>
                    {figures.gold[key]?.value == null ? "–" : percent(figures.gold[key].value)}
                  </td>
                )}
                <td className={`r ${isBelow(share, all.right[key]) ? "warn b" : ""}`}>
                  {share.value === null ? "–" : percent(share.value)}
                  {sees && (
                    <div className="s t2 nw">{`${percent(sees[0] ?? 0)} · ${percent(sees[1] ?? 0)}`}</div>
                  )}
                </td>
                <td className="r">
                  {wrong > 0 && (
                    <Button size="compact-xs" onClick={() => onWrong(key)}>
                      {t.open(wrong)}
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
