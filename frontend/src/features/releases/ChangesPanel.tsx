import { Button, Select, Tabs } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { ProgressLine } from "../../components/ProgressLine";
import { number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type ChangedRow, type Changes, changedRowsQuery, changesQuery, type Kind } from "./api/changes";
import { releasesQuery } from "./api/releases";
import classes from "./releases.module.css";
import { texts } from "./texts";

const KINDS: readonly Kind[] = ["added", "removed", "changed"];

function Answer({ slots }: { slots: readonly string[] | null }) {
  const t = useTexts(texts);
  if (slots === null) return <span className="t3">–</span>;
  if (slots.length === 0) return <span className="t2">{t.noDefect}</span>;
  return slots.map((slot) => (
    <span key={slot} className="slot">
      {slot}
    </span>
  ));
}

function Row({ row }: { row: ChangedRow }) {
  const t = useTexts(texts);
  const project = useProject();
  const sample = row.question.slice(0, row.question.lastIndexOf("/"));
  const reason: Readonly<Record<string, string>> = t.reason;
  return (
    <tr>
      <td className="clip">
        <Link className="mono" to={`/p/${project.slug}/samples/${encodeURIComponent(sample)}`}>
          {row.question}
        </Link>
      </td>
      <td className="nw">
        <span className="row gap2">
          <Answer slots={row.before} /> <span className="t3">→</span> <Answer slots={row.after} />
        </span>
      </td>
      <td className="s t2">{row.reasons.map((each) => reason[each] ?? each).join(" · ")}</td>
    </tr>
  );
}

function Rows({ name, against, kind }: { name: string; against: string; kind: Kind }) {
  const t = useTexts(texts);
  const project = useProject();
  const rows = useInfiniteQuery(changedRowsQuery(project.slug, name, against, kind));
  if (rows.isPending) return <Loading />;
  if (rows.error) return <ErrorPanel error={rows.error} retry={() => void rows.refetch()} />;
  const found = rows.data.pages.flatMap((page) => page.results);
  if (found.length === 0) return <p className="t2">{t.noneOfKind}</p>;
  return (
    <div className="col gap5">
      <div className={classes.list}>
        <table className="tbl">
          <tbody>
            {found.map((row) => (
              <Row key={row.question} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.hasNextPage && (
        <div>
          <Button
            size="compact-sm"
            loading={rows.isFetchingNextPage}
            onClick={() => void rows.fetchNextPage()}
          >
            {t.more}
          </Button>
        </div>
      )}
    </div>
  );
}

function Summary({ changes }: { changes: Changes }) {
  const t = useTexts(texts);
  const reason: Readonly<Record<string, string>> = t.reason;
  const why = Object.entries(changes.reasons)
    .map(([name, count]) => `${reason[name] ?? name} ${number(count)}`)
    .join(" · ");
  const lines = [
    { name: t.added, sign: "+", count: changes.added, note: t.withSample(number(changes.added_samples)) },
    {
      name: t.removed,
      sign: "−",
      count: changes.removed,
      note: t.goneSample(number(changes.removed_samples)),
    },
    {
      name: t.changed,
      sign: "",
      count: changes.changed,
      note: changes.read < changes.changed ? t.whyOf(why, number(changes.read)) : why,
    },
    { name: t.unchanged, sign: "", count: changes.same, note: "" },
  ];
  const total = changes.added + changes.removed + changes.changed + changes.same;
  return (
    <div className={classes.changes}>
      {lines.flatMap(({ name, sign, count, note }) => [
        <span key={`${name}-name`}>{name}</span>,
        <b key={`${name}-count`} className="r">
          {count > 0 && sign}
          {number(count)}
        </b>,
        <ProgressLine key={`${name}-bar`} parts={[{ value: count }]} total={Math.max(1, total)} />,
        <span key={`${name}-note`} className="s t2">
          {count > 0 && note}
        </span>,
      ])}
    </div>
  );
}

function Compared({ name, against }: { name: string; against: string }) {
  const t = useTexts(texts);
  const project = useProject();
  const changes = useQuery(changesQuery(project.slug, name, against));
  const [kind, setKind] = useState<Kind | null>(null);
  if (changes.isPending) return <Loading what={t.comparing} />;
  if (changes.error) return <ErrorPanel error={changes.error} retry={() => void changes.refetch()} />;
  const found = changes.data;
  return (
    <div className="col gap5">
      <Summary changes={found} />
      <Tabs
        value={kind}
        onChange={(next) => setKind(KINDS.find((each) => each === next) ?? null)}
        keepMounted={false}
      >
        <Tabs.List>
          {KINDS.map((each) => (
            <Tabs.Tab key={each} value={each} disabled={found[each] === 0}>
              {t[each]} {number(found[each])}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {kind && (
          <Tabs.Panel value={kind} pt="sm">
            <Rows name={name} against={against} kind={kind} />
          </Tabs.Panel>
        )}
      </Tabs>
    </div>
  );
}

/** What changed since another release of the project, the one before unless another is chosen. */
export function ChangesPanel({ release }: { release: string }) {
  const t = useTexts(texts);
  const project = useProject();
  const releases = useQuery(releasesQuery(project.slug));
  const names = (releases.data?.results ?? []).map((each) => each.name);
  const others = names.filter((each) => each !== release);
  const [chosen, setChosen] = useState<string | null>(null);
  const against = chosen ?? names[names.indexOf(release) + 1] ?? null;
  return (
    <section className="panel">
      <div className="ph">
        <h2>{against ? t.changedSince(against) : t.changesTitle}</h2>
        <span className="sp" />
        {others.length > 0 && (
          <Select
            size="xs"
            aria-label={t.compareWith}
            placeholder={t.compareWith}
            data={others}
            value={against}
            onChange={setChosen}
            allowDeselect={false}
          />
        )}
      </div>
      <div className="pb">
        {releases.isPending && <Loading />}
        {releases.data && !against && <span className="t2">{t.firstRelease}</span>}
        {against && <Compared key={against} name={release} against={against} />}
      </div>
    </section>
  );
}
