import { Button, Checkbox, NumberInput, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { useAspectName } from "../../api/aspects";
import { useProject } from "../../api/project";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { Loading } from "../../components/Loading";
import { useCommands } from "../../lib/commands";
import { ago, number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type Doubt, doubtsQuery, type Scope, type Standing, useReturn } from "./api/doubts";
import type { RunDetail } from "./api/run";
import { isLive } from "./api/runs";
import { Slots } from "./Slots";
import { named, texts } from "./texts";
import classes from "./training.module.css";

const STANDINGS: readonly Standing[] = ["suspect", "blocked", "hard"];
const SIDE = 320;
const FEW = 50;

function Pictures({ doubt }: { doubt: Doubt }) {
  const project = useProject();
  return (
    <span className={classes.pictures}>
      {doubt.pictures.slice(0, 5).map((picture) => (
        <img
          key={picture.slot}
          src={`/api/v1/projects/${project.slug}/pictures/${picture.sha256}?fit=${SIDE}`}
          alt={picture.slot}
          loading="lazy"
        />
      ))}
    </span>
  );
}

function Row(props: { doubt: Doubt; on: boolean; ranked: boolean; onToggle: () => void }) {
  const t = useTexts(texts);
  const project = useProject();
  const { doubt } = props;
  const aspectName = useAspectName();
  const most = doubt.answers[0];
  const given = doubt.returned_batch_id !== null;
  return (
    <tr className={props.on ? "on" : undefined}>
      <td>
        <Checkbox
          size="xs"
          aria-label={doubt.question}
          checked={props.on}
          disabled={given}
          onChange={props.onToggle}
        />
      </td>
      <td>
        <Pictures doubt={doubt} />
      </td>
      <td className={classes.about}>
        <Link className="mono" to={`/p/${project.slug}/samples/${encodeURIComponent(doubt.sample)}`}>
          {doubt.sample}
        </Link>
        <div className="s t2 clip" title={aspectName(doubt.aspect)}>
          {t.standings[doubt.standing]} · {aspectName(doubt.aspect)}
        </div>
      </td>
      <td>
        <Slots slots={doubt.answer} />
        <div className="s t2 nw">
          {given ? (
            <Link to={`/p/${project.slug}/batches/${doubt.returned_batch_id}`}>
              {doubt.changed ? t.changed : t.withPeople}
            </Link>
          ) : (
            named(t.sources, doubt.answer_source)
          )}
        </div>
      </td>
      <td>
        {most && (
          <>
            {most.picked === null ? <i className="t2">{t.unreadable}</i> : <Slots slots={most.picked} />}
            <div className="s t2 nw" title={t.votesWhy}>
              {t.votes(number(most.count), number(doubt.rollouts))}
            </div>
          </>
        )}
      </td>
      {props.ranked && <td className="r nw">{doubt.loss_rank === null ? "–" : number(doubt.loss_rank)}</td>}
      <td className="r nw">
        {doubt.exact_rate === null ? (
          "–"
        ) : (
          <>
            <b>{number(Math.round(doubt.exact_rate * doubt.rollouts))}</b>
            <span className="t2">/{number(doubt.rollouts)}</span>
          </>
        )}
      </td>
    </tr>
  );
}

/** Questions the run could not learn, or whose answers it finds unlikely, and the batch that gives them back to people. */
export function Doubts({ detail }: { detail: RunDetail }) {
  const t = useTexts(texts);
  const project = useProject();
  const { run } = detail;
  const [scope, setScope] = useState<Scope>("all");
  const [highest, setHighest] = useState(FEW);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const found = useQuery(doubtsQuery(project.slug, run.id, scope, isLive(run.state)));
  const give = useReturn(project.slug, run.id);
  const counts = found.data?.counts ?? {};
  const total = STANDINGS.reduce((sum, each) => sum + (counts[each] ?? 0), 0);
  const measured = found.data?.measured ?? 0;
  const byLoss = scope === "loss";
  const shown = scope === "all" || byLoss ? STANDINGS : [scope];
  const inScope = byLoss
    ? Math.min(highest, found.data?.measured_still_here ?? 0)
    : shown.reduce((sum, each) => sum + (found.data?.still_here[each] ?? 0), 0);
  const rows = found.data?.results ?? [];
  const open = rows.filter((doubt) => doubt.returned_batch_id === null);
  const make = () =>
    give.mutate(
      {
        key: crypto.randomUUID(),
        request: {
          question_ids: selected.size > 0 ? [...selected] : null,
          standings: [...shown],
          highest_losses: byLoss ? Math.max(highest, selected.size) : null,
          wanted: 2,
          name: "",
        },
      },
      { onSuccess: () => setSelected(new Set()) },
    );
  useCommands({
    name: "training-doubts",
    title: t.doubts,
    commands: [
      { name: "batch", label: t.makeBatch, keys: ["KeyB"], perform: make, enabled: open.length > 0 },
    ],
  });
  const toggle = (id: number) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
  };
  return (
    <section className={`panel ${classes.doubts}`}>
      <div className="ph">
        <h2>{t.doubts}</h2>
        <span className="badge">{number(total)}</span>
        <span className="sp" />
        {total + measured > 0 && (
          <SegmentedControl
            size="xs"
            value={scope}
            onChange={(value) => {
              setScope(value as Scope);
              setSelected(new Set());
            }}
            data={[
              { value: "all", label: t.all },
              ...STANDINGS.map((each) => ({
                value: each,
                label: `${t.standings[each]} ${number(counts[each] ?? 0)}`,
              })),
              ...(measured > 0 ? [{ value: "loss", label: t.byLoss }] : []),
            ]}
          />
        )}
      </div>
      {byLoss && <div className={`s t2 ${classes.message}`}>{t.byLossWhy}</div>}
      {found.error && <ErrorPanel error={found.error} />}
      {found.isPending && <Loading rows={3} />}
      {found.data && rows.length === 0 && <EmptyState title={t.doubtsNone}>{t.doubtsNoneWhy}</EmptyState>}
      {rows.length > 0 && (
        <div className={classes.scroll}>
          <table className={`tbl ${classes.tall}`}>
            <thead>
              <tr>
                <th />
                <th />
                <th>{t.question}</th>
                <th>{t.answer}</th>
                <th>{t.says}</th>
                {measured > 0 && (
                  <th className="r" title={t.lossRankWhy(number(measured))}>
                    {t.lossRank}
                  </th>
                )}
                <th className="r">{t.right}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((doubt) => (
                <Row
                  key={doubt.id}
                  doubt={doubt}
                  ranked={measured > 0}
                  on={selected.has(doubt.id)}
                  onToggle={() => toggle(doubt.id)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {give.error && <ErrorPanel error={give.error} />}
      {give.data && (
        <div className="alert ok">
          <span className="sp">{t.made(give.data.questions)}</span>
          <Link to={`/p/${project.slug}/batches/${give.data.batch_id}`}>{t.openBatch}</Link>
        </div>
      )}
      {open.length > 0 && (
        <div className={classes.foot}>
          <span className="sp b">{selected.size > 0 ? t.selected(selected.size) : ""}</span>
          {byLoss && selected.size === 0 && (
            <NumberInput
              size="xs"
              w={80}
              aria-label={t.howMany}
              value={highest}
              onChange={(value) => setHighest(Number(value) || 1)}
              min={1}
              max={5000}
              allowDecimal={false}
            />
          )}
          <Button
            variant="filled"
            loading={give.isPending}
            onClick={make}
            rightSection={<Keycap chord="KeyB" />}
          >
            {selected.size > 0
              ? t.makeBatch
              : byLoss
                ? t.makeHighest(number(inScope))
                : t.makeAll(number(inScope))}
          </Button>
        </div>
      )}
      {detail.returned.length > 0 && (
        <div className={classes.returned}>
          <h3>{t.returned}</h3>
          {detail.returned.map((batch) => (
            <div key={batch.batch_id} className="row s">
              <Link to={`/p/${project.slug}/batches/${batch.batch_id}`}>{ago(batch.at)}</Link>
              <span className="t2">{t.returnedRow(batch.questions, batch.changed)}</span>
            </div>
          ))}
        </div>
      )}
    </section>
  );
}
