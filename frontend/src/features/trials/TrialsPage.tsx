import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconScale } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useProject } from "../../api/project";
import { type Column, DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { Keycap } from "../../components/Keycap";
import { ListPanel } from "../../components/ListPanel";
import { PageHeader } from "../../components/PageHeader";
import { useCommands } from "../../lib/commands";
import { ago, number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type TrialRow, trialsQuery } from "./api/trials";
import { StartTrial } from "./StartTrial";
import { texts } from "./texts";

/** Ways that were tried against each other, and what came of it. */
export function TrialsPage() {
  const t = useTexts(texts);
  const project = useProject();
  const trials = useQuery(trialsQuery(project.slug));
  const [open, dialog] = useDisclosure(false);
  useCommands({
    name: "trials",
    title: t.title,
    commands: [{ name: "start", label: t.start, keys: ["KeyN"], perform: dialog.open }],
  });
  const columns: Column<TrialRow>[] = [
    { key: "name", head: t.name, cell: (row) => <b>{row.name}</b>, width: "minmax(160px, 1fr)" },
    {
      key: "state",
      head: t.chosen,
      cell: (row) => (
        <span className={`badge ${row.state === "decided" ? "ok" : row.state === "running" ? "warn" : ""}`}>
          {row.chosen || t.states[row.state]}
        </span>
      ),
      width: "180px",
    },
    { key: "ways", head: t.ways, cell: (row) => row.arms.join(" · "), width: "minmax(200px, 2fr)" },
    { key: "size", head: t.perArm, align: "right", cell: (row) => number(row.per_arm), width: "140px" },
    { key: "at", head: t.started, align: "right", cell: (row) => ago(row.started_at), width: "130px" },
  ];
  const button = (
    <Button variant="filled" onClick={dialog.open} rightSection={<Keycap chord="KeyN" />}>
      {t.start}
    </Button>
  );
  const rows = trials.data?.results ?? [];
  return (
    <>
      <PageHeader title={t.title}>{button}</PageHeader>
      <ListPanel
        query={trials}
        count={rows.length}
        empty={
          <EmptyState icon={<IconScale size={22} />} title={t.none} action={button}>
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
          to={(row) => `/p/${project.slug}/trials/${row.id}`}
        />
      </ListPanel>
      {open && <StartTrial close={dialog.close} />}
    </>
  );
}
