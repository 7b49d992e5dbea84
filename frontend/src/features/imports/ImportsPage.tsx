import { Button, FileInput, Modal, Switch } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTransferIn } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useProject } from "../../api/project";
import { type Column, DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { ProgressLine } from "../../components/ProgressLine";
import { useCommands } from "../../lib/commands";
import { ago, number, percent } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type Import, importsQuery, useUpload } from "./api/imports";
import { isState, texts } from "./texts";

function UploadForm({ close }: { close: () => void }) {
  const t = useTexts(texts);
  const project = useProject();
  const navigate = useNavigate();
  const upload = useUpload(project.slug);
  const [manifest, setManifest] = useState<File | null>(null);
  const [archive, setArchive] = useState<File | null>(null);
  const [update, setUpdate] = useState(false);
  const [strict, setStrict] = useState(false);
  const [sent, setSent] = useState(0);
  const start = () => {
    if (!manifest) return;
    upload.mutate(
      { manifest, archive, update, strict, onSent: setSent },
      { onSuccess: (row) => void navigate(`/p/${project.slug}/imports/${row.id}`) },
    );
  };
  return (
    <form
      className="col gap5"
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <FileInput
        label={t.manifest}
        description={t.manifestWhy}
        placeholder={t.choose}
        accept=".jsonl,.ndjson,.csv,.tsv,.json,.txt"
        required
        data-autofocus
        value={manifest}
        onChange={setManifest}
      />
      <FileInput
        label={t.archive}
        description={t.archiveWhy}
        placeholder={t.choose}
        accept=".zip"
        clearable
        value={archive}
        onChange={setArchive}
      />
      <Switch
        label={t.update}
        description={t.updateWhy}
        checked={update}
        onChange={(event) => setUpdate(event.currentTarget.checked)}
      />
      <Switch
        label={t.strict}
        description={t.strictWhy}
        checked={strict}
        onChange={(event) => setStrict(event.currentTarget.checked)}
      />
      {upload.isPending && <ProgressLine parts={[{ value: sent }]} total={1} label={t.sent(percent(sent))} />}
      {upload.error && <ErrorPanel error={upload.error} />}
      <div className="row">
        <span className="sp" />
        <Button onClick={close}>{t.cancel}</Button>
        <Button type="submit" variant="filled" disabled={!manifest} loading={upload.isPending}>
          {t.upload}
        </Button>
      </div>
    </form>
  );
}

/** Every reading of a manifest, newest first. */
export function ImportsPage() {
  const t = useTexts(texts);
  const project = useProject();
  const imports = useQuery(importsQuery(project.slug));
  const [open, dialog] = useDisclosure(false);
  useCommands({
    name: "imports",
    title: t.title,
    commands: [{ name: "start", label: t.start, keys: ["KeyN"], perform: dialog.open }],
  });
  const rows = imports.data?.results ?? [];
  const columns: Column<Import>[] = [
    {
      key: "name",
      head: t.name,
      cell: (row) => <b className="clip">{row.name}</b>,
      width: "minmax(180px, 1fr)",
    },
    {
      key: "state",
      head: t.state,
      cell: (row) => (
        <span className={`badge ${row.state === "failed" ? "bad" : row.state === "done" ? "ok" : "info"}`}>
          {isState(row.state) ? t[row.state] : row.state}
        </span>
      ),
      width: "130px",
    },
    { key: "rows", head: t.rows, align: "right", cell: (row) => number(row.row_count), width: "90px" },
    { key: "new", head: t.fresh, align: "right", cell: (row) => number(row.new_count), width: "90px" },
    {
      key: "unchanged",
      head: t.unchanged,
      align: "right",
      cell: (row) => number(row.unchanged_count),
      width: "100px",
    },
    {
      key: "changed",
      head: t.changed,
      align: "right",
      cell: (row) => (
        <span className={row.changed_count && !row.update ? "warn b" : ""}>{number(row.changed_count)}</span>
      ),
      width: "100px",
    },
    {
      key: "refused",
      head: t.refused,
      align: "right",
      cell: (row) => <span className={row.refused_count ? "bad b" : ""}>{number(row.refused_count)}</span>,
      width: "90px",
    },
    {
      key: "pictures",
      head: t.pictures,
      cell: (row) => (
        <ProgressLine
          parts={[
            { value: row.pictures_ready, tone: "ok" },
            { value: row.pictures_failed, tone: "bad" },
          ]}
          total={row.pictures_ready + row.pictures_failed + row.pictures_waiting}
        />
      ),
      width: "200px",
    },
    {
      key: "when",
      head: t.when,
      align: "right",
      cell: (row) => <span className="t2">{ago(row.started_at)}</span>,
      width: "130px",
    },
  ];
  const button = (
    <Button variant="filled" onClick={dialog.open} rightSection={<Keycap chord="KeyN" />}>
      {t.start}
    </Button>
  );
  return (
    <>
      <PageHeader title={t.title}>{button}</PageHeader>
      <section className="panel grow">
        {imports.isPending ? (
          <Loading />
        ) : imports.error ? (
          <div className="pb">
            <ErrorPanel error={imports.error} retry={() => void imports.refetch()} />
          </div>
        ) : rows.length === 0 ? (
          <EmptyState icon={<IconTransferIn size={22} />} title={t.none} action={button}>
            {t.noneWhy}
          </EmptyState>
        ) : (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            label={t.title}
            rowHeight={36}
            to={(row) => `/p/${project.slug}/imports/${row.id}`}
          />
        )}
      </section>
      <Modal opened={open} onClose={dialog.close} title={t.start}>
        <UploadForm close={dialog.close} />
      </Modal>
    </>
  );
}
