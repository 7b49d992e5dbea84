import { Button } from "@mantine/core";
import { IconUser } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useAspectName, useAspectOrder } from "../../api/aspects";
import { useProject } from "../../api/project";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { IntervalRow } from "../../components/IntervalRow";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { ago, duration, moment, number, percent } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type Mirror, mirrorQuery, type SentBack } from "./api/mirror";
import type { PersonFigures } from "./api/people";
import { Practice } from "./components/Practice";
import { Weeks } from "./components/Weeks";
import classes from "./People.module.css";
import { texts } from "./texts";

/** One's own work, for oneself: figures beside everybody's as a whole, and what came back. Nobody else is named. */
export function MirrorPage() {
  const t = useTexts(texts);
  const project = useProject();
  const found = useQuery(mirrorQuery(project.slug));
  const nameOf = useAspectName();
  if (found.isPending)
    return (
      <section className="panel grow">
        <Loading />
      </section>
    );
  if (found.error) return <ErrorPanel error={found.error} retry={() => void found.refetch()} />;
  const { figures, standing } = found.data;
  // Also without figures: practice comes before anything is counted, and may be appealed at once.
  const cameBack = <CameBack rows={found.data.sent_back} nameOf={nameOf} project={project.slug} />;
  const practice = <Practice rows={found.data.practised} nameOf={nameOf} project={project.slug} />;
  const nothing = found.data.sent_back.length === 0 && found.data.practised.length === 0;
  return (
    <>
      <PageHeader title={t.mirror} note={t.mirrorNote}>
        <span className="s t3">{standing.made_at && t.madeAt(ago(standing.made_at))}</span>
      </PageHeader>
      {!figures ? (
        <>
          <section className={nothing ? "panel grow" : "panel"}>
            <EmptyState
              icon={<IconUser size={22} />}
              title={t.mirrorEmpty}
              action={
                <Button component={Link} to={`/p/${project.slug}/batches`} variant="filled">
                  {t.toBatches}
                </Button>
              }
            >
              {t.mirrorEmptyWhy}
            </EmptyState>
          </section>
          {found.data.sent_back.length > 0 && cameBack}
          {practice}
        </>
      ) : (
        <>
          <Own figures={figures} all={found.data} />
          <div className={classes.mirror}>
            <div>
              <GoldFigures figures={figures} all={found.data} nameOf={nameOf} />
              <Right figures={figures} all={found.data} nameOf={nameOf} />
              <Weeks figures={figures} height={150} empty={t.oneWeek} />
            </div>
            <div>
              {cameBack}
              {practice}
            </div>
          </div>
        </>
      )}
    </>
  );
}

function Figure(props: { title: string; value: ReactNode; about: ReactNode; note?: ReactNode }) {
  return (
    <section className="panel">
      <div className="ph">
        <h3>{props.title}</h3>
      </div>
      <div className="pb">
        <span className="fig">
          {props.value} <small>{props.about}</small>
        </span>
        {props.note && <p className="s t3">{props.note}</p>}
      </div>
    </section>
  );
}

function Own({ figures, all }: { figures: PersonFigures; all: Mirror }) {
  const t = useTexts(texts);
  const { pace, reviewed } = figures;
  const open = all.sent_back.filter((each) => each.state === "with_author").length;
  return (
    <div className={classes.figures}>
      <Figure title={t.pieces} value={number(figures.opinions)} about={duration(figures.active_ms)} />
      <Figure
        title={t.pace}
        value={pace ? duration(pace.median) : "–"}
        about={pace && t.halfBetween(duration(pace.low), duration(pace.high))}
        note={
          all.pace && all.people > 2
            ? t.othersPace(duration(all.pace.low), duration(all.pace.high))
            : t.tooFewPeople
        }
      />
      <Figure
        title={t.firstPass}
        value={reviewed.reviewed > 0 ? percent(reviewed.accepted_share.value ?? 0) : "–"}
        about={reviewed.reviewed > 0 ? t.acceptedOf(reviewed.accepted, reviewed.reviewed) : t.notReviewed}
      />
      <Figure title={t.cameBack} value={number(open)} about={t.openOf(all.sent_back.length)} />
    </div>
  );
}

function GoldFigures({
  figures,
  all,
  nameOf,
}: {
  figures: PersonFigures;
  all: Mirror;
  nameOf: (key: string) => string;
}) {
  const t = useTexts(texts);
  const ordered = useAspectOrder();
  if (Object.keys(all.gold).length === 0) return null;
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.goldByAspect}</h2>
        <span className="s t3">{t.interval}</span>
      </div>
      <div className="pb col">
        {ordered(Object.keys(all.gold)).map((key) => {
          const share = figures.gold[key];
          return (
            <IntervalRow
              key={key}
              label={<b>{nameOf(key)}</b>}
              value={share?.value ?? null}
              low={share?.low ?? null}
              high={share?.high ?? null}
              show={(value) => percent(value)}
              missing={t.tooFewGold}
            />
          );
        })}
        <p className="s t3">
          {t.goldWhy} {t.goldTold}
        </p>
      </div>
    </section>
  );
}

function Right({
  figures,
  all,
  nameOf,
}: {
  figures: PersonFigures;
  all: Mirror;
  nameOf: (key: string) => string;
}) {
  const t = useTexts(texts);
  const ordered = useAspectOrder();
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.rightByAspect}</h2>
        <span className="s t3">{t.interval}</span>
      </div>
      <div className="pb col">
        {ordered(Object.keys(figures.right)).map((key) => {
          const share = figures.right[key];
          return (
            <div key={key} className="col" style={{ gap: 0 }}>
              <IntervalRow
                label={<b>{nameOf(key)}</b>}
                value={share?.value ?? null}
                low={share?.low ?? null}
                high={share?.high ?? null}
                show={(value) => percent(value)}
              />
              <span className="s t3">
                {share && share.of > 0 ? t.countOf(share.count, share.of) : t.nothingYet}
                {all.people > 2 && all.right[key]?.value != null
                  ? ` · ${t.everybodyHas(percent(all.right[key].value))}`
                  : ""}
              </span>
            </div>
          );
        })}
        <p className="s t3">{t.rightWhy}</p>
      </div>
    </section>
  );
}

/** What reviewers returned, with the place it is about; one still to be looked at opens the workspace. */
function CameBack(props: { rows: readonly SentBack[]; nameOf: (key: string) => string; project: string }) {
  const t = useTexts(texts);
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.cameBack}</h2>
        <span className="s t3">{t.cameBackNote}</span>
      </div>
      {props.rows.length === 0 && <p className={`t2 ${classes.item}`}>{t.nothingCameBack}</p>}
      {props.rows.map((row) => (
        <div key={`${row.assignment_id} ${row.round}`} className={classes.back}>
          <span className="row">
            <span className="mono">{row.sample}</span>
            <span
              className={`badge ${row.state === "with_author" ? "warn" : row.state === "closed" ? "ok" : "info"}`}
            >
              {t.backStates[row.state as keyof typeof t.backStates]}
            </span>
          </span>
          <span className="s t3 nw">{moment(row.reviewed_at)}</span>
          <p>{row.reason}</p>
          {row.regions.length > 0 && (
            <p className="s t2 row wrap">
              {row.regions.map((region, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two regions may be alike, their place tells them apart
                <span key={place} className="row" style={{ gap: 4 }}>
                  <span className="slot">{letterOf(row, region.slot)}</span> {props.nameOf(region.aspect)}
                </span>
              ))}
            </p>
          )}
          {row.state === "with_author" && (
            <p>
              <Button
                component={Link}
                size="compact-sm"
                to={`/p/${props.project}/annotate/${row.batch_id}`}
                variant="filled"
              >
                {t.lookAgain}
              </Button>
            </p>
          )}
        </div>
      ))}
    </section>
  );
}

/** The letter under which this person saw a slot. */
const letterOf = (row: SentBack, slot: string): string => {
  const place = row.letters.indexOf(slot);
  return place < 0 ? slot : "ABCDEFGH".charAt(place);
};
