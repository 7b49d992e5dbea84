import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { useProject } from "../../api/project";
import { type Column, DataTable } from "../../components/DataTable";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { ProgressLine } from "../../components/ProgressLine";
import { moment, number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { importQuery, picturesQuery, type Refusal, refusalsQuery, useRetry } from "./api/import";
import { type Import, isBusy } from "./api/imports";
import { isState, texts } from "./texts";

function Landed({ row }: { row: Import }) {
  const t = useTexts(texts);
  const known = row.new_count + row.unchanged_count + (row.update ? row.changed_count : 0);
  const kept = row.update ? 0 : row.changed_count;
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.landed}</h2>
        <span className="sp" />
        <span className={`badge ${row.state === "failed" ? "bad" : isBusy(row) ? "info" : "ok"}`}>
          {isState(row.state) ? t[row.state] : row.state}
        </span>
      </div>
      <div className="pb col gap5">
        {row.failure && <div className="alert bad">{row.failure}</div>}
        <ProgressLine
          label={t.rows}
          showFigures
          parts={[
            { value: known, tone: "ok" },
            { value: kept, tone: "warn" },
            { value: row.refused_count, tone: "bad" },
          ]}
          total={row.row_count}
        />
        <ProgressLine
          label={t.pictures}
          showFigures
          parts={[
            { value: row.pictures_ready, tone: "ok" },
            { value: row.pictures_failed, tone: "bad" },
          ]}
          total={row.pictures_ready + row.pictures_failed + row.pictures_waiting}
        />
        <dl className="kv">
          <dt>{t.fresh}</dt>
          <dd>{number(row.new_count)}</dd>
          <dt>{t.unchanged}</dt>
          <dd>{number(row.unchanged_count)}</dd>
          <dt>{row.update ? t.changedTaken : t.changedKept}</dt>
          <dd className={kept ? "warn" : ""}>{number(row.changed_count)}</dd>
          <dt>{t.refused}</dt>
          <dd className={row.refused_count ? "bad" : ""}>{number(row.refused_count)}</dd>
        </dl>
        {isBusy(row) && <span className="s t3">{t.stop}</span>}
      </div>
    </section>
  );
}

/** What landed, what was refused and why, when the pictures are in. */
export function ImportPage() {
  const t = useTexts(texts);
  const project = useProject();
  const { import: id = "" } = useParams();
  const found = useQuery(importQuery(project.slug, id));
  const busy = found.data ? isBusy(found.data) : true;
  const refusals = useQuery({ ...refusalsQuery(project.slug, id), enabled: !busy });
  const pictures = useQuery({ ...picturesQuery(project.slug, id), enabled: !busy });
  const retry = useRetry(project.slug, id);
  if (found.isPending) return <Loading />;
  if (found.error) return <ErrorPanel error={found.error} retry={() => void found.refetch()} />;
  const bad = pictures.data?.results ?? [];
  const rows = [...(refusals.data?.results ?? []), ...bad];
  const columns: Column<Refusal>[] = [
    { key: "line", head: t.line, align: "right", cell: (row) => number(row.line), width: "70px" },
    {
      key: "id",
      head: t.id,
      cell: (row) => <span className="mono clip">{row.id || "–"}</span>,
      width: "180px",
    },
    {
      key: "field",
      head: t.field,
      cell: (row) => <span className="mono clip">{row.field}</span>,
      width: "200px",
    },
    { key: "reason", head: t.reason, cell: (row) => <span title={row.reason}>{row.reason}</span> },
  ];
  return (
    <>
      <PageHeader
        title={found.data.name}
        note={moment(found.data.started_at)}
        back={{ to: `/p/${project.slug}/imports`, label: t.title }}
      />
      <Landed row={found.data} />
      {bad.length > 0 && (
        <div className="alert warn">
          <span className="sp">{t.badPictures(bad.length)}</span>
          <Button size="compact-sm" loading={retry.isPending} onClick={() => retry.mutate()}>
            {t.retry}
          </Button>
        </div>
      )}
      {retry.error && <ErrorPanel error={retry.error} />}
      <section className="panel grow">
        <div className="ph">
          <h2>{t.refusals}</h2>
          <span className="sp" />
          {rows.length > 0 && (
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
        {rows.length === 0 ? (
          <div className="pb t3">{busy ? t.running : t.noRefusal}</div>
        ) : (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => `${row.line} ${row.field}`}
            label={t.refusals}
          />
        )}
      </section>
    </>
  );
}
