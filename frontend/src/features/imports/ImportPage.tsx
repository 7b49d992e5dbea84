import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconCheck } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useProject } from "../../api/project";
import { type Column, DataTable } from "../../components/DataTable";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { type Part, ProgressLine } from "../../components/ProgressLine";
import { useCommands } from "../../lib/commands";
import { duration, moment, number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { importQuery, picturesQuery, type Refusal, refusalsQuery, useRetry } from "./api/import";
import { type Import, isBusy } from "./api/imports";
import classes from "./imports.module.css";
import { nothing } from "./model/nothing";
import { isState, texts } from "./texts";
import { usePace } from "./usePace";

function Figures({ parts }: { parts: readonly (Part & { label: string })[] }) {
  return (
    <dl className="kv">
      {parts.map((part) => (
        <div key={part.label} style={{ display: "contents" }}>
          <dt>{part.label}</dt>
          <dd className={part.value && (part.tone === "bad" || part.tone === "warn") ? part.tone : ""}>
            {number(part.value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Rows({ row }: { row: Import }) {
  const t = useTexts(texts);
  const pace = usePace(row.row_count);
  const total = Math.max(row.line_total ?? row.row_count, row.row_count);
  const took = row.finished_at
    ? new Date(row.finished_at).getTime() - new Date(row.started_at).getTime()
    : null;
  const parts = [
    { value: row.new_count, tone: "accent" as const, label: t.fresh },
    { value: row.unchanged_count, tone: "quiet" as const, label: t.unchanged },
    {
      value: row.changed_count,
      tone: row.update ? ("ok" as const) : ("warn" as const),
      label: row.update ? t.changedTaken : t.changedKept,
    },
    { value: row.refused_count, tone: "bad" as const, label: t.refused },
  ];
  return (
    <div className="pb col gap5" style={{ paddingTop: 11 }}>
      <div className="row">
        <h2>{t.rows}</h2>
        <span className={`badge ${row.state === "failed" ? "bad" : row.state === "done" ? "ok" : "info"}`}>
          {isState(row.state) ? t[row.state] : row.state}
        </span>
        <span className="sp" />
        <span className="s t2">
          {row.state === "running" && pace !== null && t.pace(number(pace))}
          {took !== null && row.state === "done" && t.took(duration(took))}
        </span>
      </div>
      <span className="fig">
        {number(row.row_count)} <small>{t.of(number(total))}</small>
      </span>
      <ProgressLine parts={parts} total={total} />
      <Figures parts={parts} />
    </div>
  );
}

function Pictures({ row }: { row: Import }) {
  const t = useTexts(texts);
  const done = row.pictures_ready + row.pictures_failed;
  const total = done + row.pictures_waiting;
  const pace = usePace(done);
  const parts = [
    { value: row.pictures_ready, tone: "ok" as const, label: t.ready },
    { value: row.pictures_failed, tone: "bad" as const, label: t.failedPictures },
  ];
  return (
    <div className="pb col gap5" style={{ paddingTop: 11 }}>
      <div className="row">
        <h2>{t.picturesOfSamples}</h2>
        <span className="sp" />
        <span className="s t2">
          {row.pictures_waiting > 0 && pace !== null && t.pace(number(pace, 1))}
          {row.pictures_waiting > 0 && pace !== null && (
            <b> {t.left(duration((row.pictures_waiting / pace) * 1000))}</b>
          )}
        </span>
      </div>
      <span className="fig">
        {number(done)} <small>{t.of(number(total))}</small>
      </span>
      <ProgressLine parts={parts} total={total} />
      <Figures parts={[...parts, { value: row.pictures_waiting, label: t.onTheWay }]} />
    </div>
  );
}

function IfItStops({ row }: { row: Import }) {
  const t = useTexts(texts);
  const lines = [
    row.strict ? t.stopStrict : t.stopChunks,
    row.pictures_waiting > 0
      ? t.stopPictures(number(row.pictures_ready), number(row.pictures_waiting))
      : t.stopAllPictures(number(row.pictures_ready)),
    t.stopAgain,
  ];
  return (
    <section className="panel">
      <div className="ph">
        <h2>{isBusy(row) ? t.stopTitle : t.stoppedTitle}</h2>
      </div>
      <div className="pb col gap2">
        {lines.map((line) => (
          <span key={line} className="row s" style={{ alignItems: "start" }}>
            <IconCheck size={14} className="ok" /> <span>{line}</span>
          </span>
        ))}
      </div>
    </section>
  );
}

/** What landed, what was refused and why, when the pictures are in, what if it stops now. */
export function ImportPage() {
  const t = useTexts(texts);
  const project = useProject();
  const { import: id = "" } = useParams();
  const [about, setAbout] = useState<"rows" | "pictures">("rows");
  const [field, setField] = useState("");
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text, 300);
  const found = useQuery(importQuery(project.slug, id));
  const reading = found.data ? ["waiting", "running"].includes(found.data.state) : true;
  const refusals = useInfiniteQuery({
    ...refusalsQuery(project.slug, id, { field, text: asked }),
    enabled: !reading,
  });
  const pictures = useInfiniteQuery({
    ...picturesQuery(project.slug, id),
    enabled: !reading && (found.data?.pictures_failed ?? 0) > 0,
  });
  const retry = useRetry(project.slug, id);
  const bad = found.data?.pictures_failed ?? 0;
  const again = () => (bad > 0 ? retry.mutate() : false);
  useCommands({
    name: "import",
    title: t.title,
    commands: [{ name: "retry", label: t.retry, keys: ["KeyR"], perform: again, enabled: bad > 0 }],
  });
  if (found.isPending) return <Loading />;
  if (found.error) return <ErrorPanel error={found.error} retry={() => void found.refetch()} />;
  const row = found.data;
  const fields = refusals.data?.pages[0]?.fields ?? {};
  const reasons = Object.values(fields).reduce((sum, each) => sum + each, 0);
  const source = about === "rows" ? refusals : pictures;
  const rows = source.data?.pages.flatMap((page) => page.results) ?? [];
  const columns: Column<Refusal>[] = [
    { key: "line", head: t.line, align: "right", cell: (each) => number(each.line), width: "70px" },
    {
      key: "id",
      head: t.id,
      cell: (each) => <span className="mono clip">{each.id || "–"}</span>,
      width: "160px",
    },
    {
      key: "field",
      head: t.field,
      cell: (each) => <span className="mono clip">{each.field}</span>,
      width: "190px",
    },
    { key: "reason", head: t.reason, cell: (each) => <span title={each.reason}>{each.reason}</span> },
  ];
  return (
    <>
      <PageHeader
        title={row.name}
        note={[moment(row.started_at), row.by].filter(Boolean).join(" · ")}
        back={{ to: `/p/${project.slug}/imports`, label: t.title }}
      >
        {row.pictures_ready > 0 && (
          <Button component={Link} to={`/p/${project.slug}/batches/new`}>
            {t.makeBatch}
          </Button>
        )}
      </PageHeader>
      {row.failure && <div className="alert bad">{row.failure}</div>}
      <div className={classes.columns}>
        <section className={`panel ${classes.two}`}>
          <Rows row={row} />
          <Pictures row={row} />
        </section>
        <IfItStops row={row} />
      </div>
      {retry.error && <ErrorPanel error={retry.error} />}
      <section className="panel grow">
        <div className="ph">
          <Button
            size="compact-sm"
            variant={about === "rows" ? "light" : "default"}
            aria-pressed={about === "rows"}
            onClick={() => setAbout("rows")}
          >
            {t.refusals} {number(reasons)}
          </Button>
          <Button
            size="compact-sm"
            variant={about === "pictures" ? "light" : "default"}
            aria-pressed={about === "pictures"}
            onClick={() => setAbout("pictures")}
          >
            {t.badPictures} {number(bad)}
          </Button>
          {about === "rows" &&
            Object.entries(fields).map(([name, count]) => (
              <Button
                key={name}
                size="compact-xs"
                variant={field === name ? "light" : "default"}
                aria-pressed={field === name}
                onClick={() => setField(field === name ? "" : name)}
              >
                <span className="mono">{name}</span>&nbsp;{number(count)}
              </Button>
            ))}
          <span className="sp" />
          {about === "rows" && reasons > 0 && (
            <TextInput
              size="xs"
              aria-label={t.search}
              placeholder={t.search}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
          {about === "pictures" && bad > 0 && (
            <Button
              size="compact-sm"
              loading={retry.isPending}
              rightSection={<Keycap chord="KeyR" />}
              onClick={again}
            >
              {t.retry}
            </Button>
          )}
          {(reasons > 0 || bad > 0) && (
            <Button
              component="a"
              size="compact-sm"
              href={`/api/v1/projects/${project.slug}/imports/${id}/report`}
              download
            >
              {t.report}
            </Button>
          )}
        </div>
        {source.error ? (
          <ErrorPanel error={source.error} retry={() => void source.refetch()} />
        ) : rows.length === 0 ? (
          <div className="pb t3">{t[nothing(row, about, Boolean(field || asked))]}</div>
        ) : (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(each) => `${each.line} ${each.field}`}
            label={t.refusals}
            onEnd={() => void (source.hasNextPage && !source.isFetchingNextPage && source.fetchNextPage())}
          />
        )}
      </section>
    </>
  );
}
