import { Button, Checkbox, Modal, NumberInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconBox } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { useProject } from "../../api/project";
import { type Column, DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { ListPanel } from "../../components/ListPanel";
import { PageHeader } from "../../components/PageHeader";
import { SandboxTag } from "../../components/SandboxTag";
import { useCommands } from "../../lib/commands";
import { ago, number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type Release, releasesQuery, useCut } from "./api/releases";
import { SPLITS } from "./splits";
import { texts } from "./texts";

export const totalOf = (release: Release): number =>
  Object.values(release.questions).reduce((sum, count) => sum + count, 0);

export const splitsOf = (release: Release): string =>
  SPLITS.map((split) => number(release.questions[split] ?? 0)).join(" / ");

function CutForm({ close }: { close: () => void }) {
  const t = useTexts(texts);
  const project = useProject();
  const navigate = useNavigate();
  const cut = useCut(project.slug);
  const form = useForm({
    initialValues: { name: "", seed: 1, splits: "80/10/10", allow_sandbox: false },
  });
  const submit = form.onSubmit((body) =>
    cut.mutate(
      { ...body, locale: "en" },
      { onSuccess: (release) => void navigate(`/p/${project.slug}/releases/${release.name}`) },
    ),
  );
  return (
    <form onSubmit={submit}>
      <div className="col gap5">
        <TextInput
          label={t.name}
          description={t.nameWhy}
          placeholder="v1"
          required
          data-autofocus
          {...form.getInputProps("name")}
        />
        <TextInput label={t.splits} required {...form.getInputProps("splits")} />
        <NumberInput label={t.seed} min={0} {...form.getInputProps("seed")} />
        <Checkbox label={t.sandboxAllow} {...form.getInputProps("allow_sandbox", { type: "checkbox" })} />
        {cut.error && <ErrorPanel error={cut.error} />}
        <div className="row">
          <span className="sp" />
          <Button onClick={close}>{t.cancel}</Button>
          <Button
            type="submit"
            variant="filled"
            loading={cut.isPending}
            disabled={String(form.values.seed) === ""}
          >
            {t.cut}
          </Button>
        </div>
      </div>
    </form>
  );
}

/** Frozen releases, newest first. */
export function ReleasesPage() {
  const t = useTexts(texts);
  const project = useProject();
  const releases = useQuery(releasesQuery(project.slug));
  const [open, dialog] = useDisclosure(false);
  const waits = releases.data?.waits_for;
  useCommands({
    name: "releases",
    title: t.title,
    commands: [{ name: "cut", label: t.cut, keys: ["KeyN"], perform: dialog.open, enabled: !waits }],
  });
  const rows = releases.data?.results ?? [];
  const columns: Column<Release>[] = [
    {
      key: "name",
      head: t.name,
      cell: (row) => (
        <span className="row">
          <b>{row.name}</b>
          {row.sandbox && <SandboxTag />}
        </span>
      ),
      width: "minmax(160px, 1fr)",
    },
    {
      key: "questions",
      head: t.questions,
      align: "right",
      cell: (row) => number(totalOf(row)),
      width: "110px",
    },
    { key: "split", head: t.split, align: "right", cell: splitsOf, width: "190px" },
    { key: "samples", head: t.samples, align: "right", cell: (row) => number(row.samples), width: "100px" },
    {
      key: "families",
      head: t.families,
      align: "right",
      cell: (row) => number(row.families),
      width: "100px",
    },
    {
      key: "rationales",
      head: t.rationales,
      align: "right",
      cell: (row) => number(row.rationales),
      width: "110px",
    },
    {
      key: "cut",
      head: t.cutAt,
      align: "right",
      cell: (row) => <span className="t2">{ago(row.cut_at)}</span>,
      width: "130px",
    },
  ];
  const button = (
    <Button
      variant="filled"
      onClick={dialog.open}
      disabled={Boolean(waits)}
      rightSection={<Keycap chord="KeyN" />}
    >
      {t.cut}
    </Button>
  );
  return (
    <>
      <PageHeader title={t.title}>{button}</PageHeader>
      {waits && <div className="alert">{t.waits(waits)}</div>}
      <ListPanel
        query={releases}
        count={rows.length}
        empty={
          <EmptyState icon={<IconBox size={22} />} title={t.none} action={button}>
            {t.noneWhy}
          </EmptyState>
        }
      >
        <DataTable
          rows={rows}
          columns={columns}
          rowKey={(row) => row.id}
          label={t.title}
          rowHeight={36}
          to={(row) => `/p/${project.slug}/releases/${row.name}`}
        />
      </ListPanel>
      <Modal opened={open} onClose={dialog.close} title={t.cut}>
        <CutForm close={dialog.close} />
      </Modal>
    </>
  );
}
