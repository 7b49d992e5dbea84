import { Button } from "@mantine/core";
import { IconCpu, IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { ProgressLine } from "../../components/ProgressLine";
import { bytes, number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type ExportRequest, type ExportRow, exportFile, exportsQuery, useAskExport } from "./api/exports";
import { texts } from "./texts";
import classes from "./training.module.css";

const FORMATS: readonly ExportRequest["format"][] = ["canonical", "trl"];

function Format(props: { format: ExportRequest["format"]; row: ExportRow | undefined; release: string }) {
  const t = useTexts(texts);
  const project = useProject();
  const ask = useAskExport(project.slug);
  const { row } = props;
  const working = row && (row.state === "waiting" || row.state === "running");
  return (
    <div className={classes.export}>
      <div className="col gap2 sp">
        <b>{t.exportFormats[props.format]}</b>
        <span className="s t2">{t.exportWhy[props.format]}</span>
        {working && (
          <ProgressLine
            parts={[{ value: row.rows_done }]}
            total={row.row_count}
            label={t.exportRows(number(row.rows_done), number(row.row_count))}
          />
        )}
        {row?.state === "failed" && <span className="s bad">{row.failure || t.exportFailed}</span>}
        {ask.error && <ErrorPanel error={ask.error} />}
      </div>
      {row?.state === "done" ? (
        <Button
          component="a"
          href={exportFile(project.slug, row.id)}
          leftSection={<IconDownload size={15} stroke={1.6} />}
        >
          {t.download} {bytes(row.bytes)}
        </Button>
      ) : (
        <Button
          loading={ask.isPending || Boolean(working)}
          onClick={() => ask.mutate({ release: props.release, format: props.format, seed: 0 })}
        >
          {t.exportAsk}
        </Button>
      )}
    </div>
  );
}

/** What can be done with a frozen release: take it away in a format, train on it. Placed by the routes. */
export function ReleaseTools() {
  const t = useTexts(texts);
  const project = useProject();
  const { release = "" } = useParams();
  const found = useQuery(exportsQuery(project.slug, release));
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.exports}</h2>
        <Button
          component={Link}
          to={`/p/${project.slug}/training?release=${encodeURIComponent(release)}`}
          variant="filled"
          leftSection={<IconCpu size={15} stroke={1.6} />}
        >
          {t.train}
        </Button>
      </div>
      {found.error && <ErrorPanel error={found.error} />}
      <div className="pb col">
        {FORMATS.map((format) => (
          <Format
            key={format}
            format={format}
            release={release}
            row={found.data?.results.find((row) => row.format === format && row.seed === 0)}
          />
        ))}
      </div>
    </section>
  );
}
