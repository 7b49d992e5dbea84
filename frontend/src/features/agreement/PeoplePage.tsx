import { Button, SegmentedControl } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { useAspectName, useAspectOrder } from "../../api/aspects";
import { useProject } from "../../api/project";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { duration, number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type People, type Person, peopleQuery } from "./api/people";
import { Appeals } from "./components/Appeals";
import { BehindDialog } from "./components/BehindDialog";
import { Freshness } from "./components/Freshness";
import { PersonPanel } from "./components/PersonPanel";
import { Practising } from "./components/Practising";
import { pausedWords } from "./components/paused";
import { SharesCell } from "./components/SharesCell";
import { SignalSizes } from "./components/SignalSizes";
import { signalTitle } from "./components/signals";
import { Tabs } from "./components/Tabs";
import { shortOf } from "./model/figures";
import { first, isBelow, type Measure, type Order, ordered } from "./model/people";
import classes from "./People.module.css";
import { texts } from "./texts";

const MEASURES: readonly Measure[] = ["gold", "right"];
const ORDERS: readonly Order[] = ["look", "name", "pace"];
const EVERYTHING = { batch: null, guideline: null } as const;

/** Who needs a word or help, and on what evidence. Nothing here is a verdict. */
export function PeoplePage() {
  const t = useTexts(texts);
  const project = useProject();
  const [search, setSearch] = useSearchParams();
  const found = useQuery(peopleQuery(project.slug));
  const order = ORDERS.find((each) => each === search.get("order")) ?? "look";
  const put = (values: Record<string, string | null>) =>
    setSearch(
      (now) => {
        for (const [name, value] of Object.entries(values))
          if (value) now.set(name, value);
          else now.delete(name);
        return now;
      },
      { replace: true },
    );
  const nameOf = useAspectName();
  const measures = found.data && Object.keys(found.data.gold).length > 0 ? MEASURES : MEASURES.slice(1);
  const measure = measures.find((each) => each === search.get("by")) ?? measures[0] ?? "right";
  const rows = found.data ? ordered(found.data.people, order, measure, found.data) : [];
  const chosen = rows.find((each) => String(each.figures.user_id) === search.get("person")) ?? rows[0];
  const wrong = search.get("wrong");
  return (
    <>
      <PageHeader
        title={t.title}
        note={
          <span className="row">
            <Tabs at="people" />
            {found.data && t.working(rows.filter((each) => each.in_batch !== null).length, rows.length)}
          </span>
        }
      >
        <SignalSizes />
        {found.data && <Freshness project={project.slug} standing={found.data.standing} short />}
        {measures.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label={t.measured}
            value={measure}
            onChange={(value) => put({ by: value })}
            data={measures.map((value) => ({ value, label: t.measures[value] }))}
          />
        )}
        <SegmentedControl
          size="xs"
          aria-label={t.order}
          value={order}
          onChange={(value) => put({ order: value })}
          data={ORDERS.map((value) => ({ value, label: t.orders[value] }))}
        />
      </PageHeader>
      {found.isPending ? (
        <section className="panel grow">
          <Loading />
        </section>
      ) : found.error ? (
        <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      ) : rows.length === 0 || !chosen ? (
        <div className={classes.main}>
          <Appeals nameOf={nameOf} />
          <Practising rows={found.data.practising} nameOf={nameOf} />
          <section className="panel grow">
            <EmptyState
              icon={<IconUsers size={22} />}
              title={found.data.standing.due ? t.counting : t.nobody}
              action={
                <Button component={Link} variant="filled" to={`/p/${project.slug}/batches`}>
                  {t.toBatches}
                </Button>
              }
            >
              {t.nobodyWhy}
            </EmptyState>
          </section>
        </div>
      ) : (
        <div className={classes.columns}>
          <div className={classes.main}>
            <Appeals nameOf={nameOf} />
            <Practising rows={found.data.practising} nameOf={nameOf} />
            <PeopleTable
              measure={measure}
              found={found.data}
              rows={rows}
              chosen={chosen}
              nameOf={nameOf}
              onChoose={(person) => put({ person: String(person.figures.user_id) })}
            />
          </div>
          <PersonPanel
            person={chosen}
            all={found.data}
            nameOf={nameOf}
            onWrong={(aspect) => put({ person: String(chosen.figures.user_id), wrong: aspect })}
          />
        </div>
      )}
      {wrong && chosen && (
        <BehindDialog
          asked={{ aspect: wrong, person: String(chosen.figures.user_id) }}
          scope={EVERYTHING}
          title={t.wrongOf(chosen.name, nameOf(wrong))}
          onClose={() => put({ wrong: null })}
        />
      )}
    </>
  );
}

function PeopleTable(props: {
  measure: Measure;
  found: People;
  rows: readonly Person[];
  chosen: Person;
  nameOf: (aspect: string) => string;
  onChoose: (person: Person) => void;
}) {
  const t = useTexts(texts);
  const { found } = props;
  const { measure } = props;
  const keys = useAspectOrder()(Object.keys(found.right));
  const withSignals = props.rows.filter((each) => each.figures.signals.length > 0).length;
  return (
    <section className="panel grow">
      <div className={classes.scroll}>
        <table className={`tbl ${classes.people}`}>
          <thead>
            <tr>
              <th>{t.person}</th>
              <th className="r">{t.pieces}</th>
              <th className="r">{t.pace}</th>
              {keys.map((key) => (
                <th key={key} title={measure === "gold" ? t.goldWhy : t.rightWhy}>
                  {shortOf(props.nameOf(key))}
                </th>
              ))}
              <th className="r">{t.sentBack}</th>
              <th>{t.evidence}</th>
            </tr>
          </thead>
          <tbody>
            <tr className={classes.all}>
              <td>
                <b>{t.everybody(props.rows.length)}</b>
              </td>
              <td className="r">
                {number(props.rows.reduce((sum, each) => sum + each.figures.opinions, 0))}
              </td>
              <td className="r">{found.pace ? duration(found.pace.median) : "–"}</td>
              {keys.map((key) => (
                <td key={key}>
                  <SharesCell share={found[measure][key]} />
                </td>
              ))}
              <td />
              <td className={`t2 ${classes.evidence}`}>{t.haveSignal(withSignals)}</td>
            </tr>
            {props.rows.map((person) => (
              <Row
                key={person.figures.user_id}
                measure={measure}
                person={person}
                found={found}
                keys={keys}
                on={person === props.chosen}
                nameOf={props.nameOf}
                onChoose={() => props.onChoose(person)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row(props: {
  measure: Measure;
  person: Person;
  found: People;
  keys: readonly string[];
  on: boolean;
  nameOf: (aspect: string) => string;
  onChoose: () => void;
}) {
  const t = useTexts(texts);
  const { figures, name, in_batch, paused } = props.person;
  const { measure } = props;
  const pause = paused[0];
  const told = first(figures.signals);
  return (
    <tr className={props.on ? "on" : undefined} onClick={props.onChoose}>
      <td>
        <button type="button" className={classes.name} aria-pressed={props.on} onClick={props.onChoose}>
          <b className="clip">{name}</b>
          {pause ? (
            <small className="warn">{pausedWords(pause, (key) => shortOf(props.nameOf(key)), t)}</small>
          ) : (
            <small>{in_batch === null ? t.off : t.onBatch(in_batch)}</small>
          )}
        </button>
      </td>
      <td className="r">
        {number(figures.opinions)}
        <small>{duration(figures.active_ms)}</small>
      </td>
      <td className="r">{figures.pace ? duration(figures.pace.median) : "–"}</td>
      {props.keys.map((key) => (
        <td key={key}>
          <SharesCell
            share={figures[measure][key]}
            warn={isBelow(figures[measure][key], props.found[measure][key])}
          />
        </td>
      ))}
      <td className="r">
        {figures.reviewed.reviewed > 0 ? (
          <>
            {number(figures.reviewed.sent_back)}
            <small>{t.ofReviewed(figures.reviewed.reviewed)}</small>
          </>
        ) : (
          <span className="t3">–</span>
        )}
      </td>
      <td className={classes.evidence}>
        {told ? (
          <>
            <b>{signalTitle(told, t, props.nameOf)}</b>
            {figures.signals.length > 1 && <small>{t.andMore(figures.signals.length - 1)}</small>}
          </>
        ) : (
          <span className="t3">{t.nothingUnusual}</span>
        )}
      </td>
    </tr>
  );
}
