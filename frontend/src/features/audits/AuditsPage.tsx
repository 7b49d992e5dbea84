import { Button, Modal, NumberInput, Select } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { IconCheckbox } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { useMay, useProject } from "../../api/project";
import { type Column, DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { IntervalRow } from "../../components/IntervalRow";
import { Keycap } from "../../components/Keycap";
import { ListPanel } from "../../components/ListPanel";
import { PageHeader } from "../../components/PageHeader";
import { useCommands } from "../../lib/commands";
import { number, percent } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type Lot, lotsQuery, useDraw } from "./api/lots";
import { isState, isWay, texts, type WayWord } from "./texts";

const TONE = { open: "warn", accepted: "ok", bounced: "bad", counted: "" } as const;

function DrawForm({ close }: { close: () => void }) {
  const t = useTexts(texts);
  const project = useProject();
  const navigate = useNavigate();
  const draw = useDraw(project.slug);
  const form = useForm<{ way: WayWord; sample_size: number | "" }>({
    initialValues: { way: "answer_driven", sample_size: 50 },
  });
  const { way, sample_size } = form.values;
  const submit = form.onSubmit(() => {
    if (sample_size === "") return;
    draw.mutate(
      { way, sample_size },
      { onSuccess: (lot) => void navigate(`/p/${project.slug}/audits/${lot.id}`) },
    );
  });
  return (
    <form onSubmit={submit}>
      <div className="col gap5">
        <Select
          label={t.way}
          data-autofocus
          allowDeselect={false}
          data={(["manual", "automated", "answer_driven"] as const).map((way) => ({
            value: way,
            label: t[way],
          }))}
          {...form.getInputProps("way")}
        />
        <NumberInput
          label={t.size}
          description={t.sizeWhy}
          min={1}
          max={500}
          {...form.getInputProps("sample_size")}
        />
        {draw.error && <ErrorPanel error={draw.error} />}
        <div className="row">
          <span className="sp" />
          <Button onClick={close}>{t.cancel}</Button>
          <Button type="submit" variant="filled" loading={draw.isPending} disabled={sample_size === ""}>
            {t.draw}
          </Button>
        </div>
      </div>
    </form>
  );
}

/** Lots with their accept rates. The way of an open lot shows here, to leads, and never where it is judged. */
export function AuditsPage() {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const lots = useQuery(lotsQuery(project.slug));
  const [open, dialog] = useDisclosure(false);
  useCommands({
    name: "audits",
    title: t.title,
    commands: [{ name: "draw", label: t.draw, keys: ["KeyN"], perform: dialog.open, enabled: lead }],
  });
  const rows = lots.data?.results ?? [];
  const way = (row: Lot) => (row.way === "" ? t.trial : isWay(row.way) ? t[row.way] : row.way);
  const columns: Column<Lot>[] = [
    { key: "number", head: t.number, cell: (row) => <b>{t.lot(row.number)}</b>, width: "110px" },
    {
      key: "way",
      head: t.way,
      cell: (row) => (lead || row.state !== "open" ? way(row) : "–"),
      width: "150px",
    },
    {
      key: "state",
      head: t.state,
      cell: (row) => isState(row.state) && <span className={`badge ${TONE[row.state]}`}>{t[row.state]}</span>,
      width: "130px",
    },
    {
      key: "population",
      head: t.population,
      align: "right",
      cell: (row) => number(row.population_count),
      width: "100px",
    },
    {
      key: "judged",
      head: t.judged,
      align: "right",
      cell: (row) => `${number(row.judged)} / ${number(row.sample_count)}`,
      width: "110px",
    },
    {
      key: "rate",
      head: t.rate,
      align: "right",
      cell: (row) => <IntervalRow label="" {...row.rate} show={(value) => percent(value)} />,
      width: "minmax(220px, 1fr)",
    },
  ];
  const button = lead && (
    <Button variant="filled" onClick={dialog.open} rightSection={<Keycap chord="KeyN" />}>
      {t.draw}
    </Button>
  );
  return (
    <>
      <PageHeader title={t.title}>{button}</PageHeader>
      <ListPanel
        query={lots}
        count={rows.length}
        empty={
          <EmptyState icon={<IconCheckbox size={22} />} title={t.none} action={button || undefined}>
            {t.noneWhy}
          </EmptyState>
        }
      >
        <DataTable
          rows={rows}
          columns={columns}
          rowKey={(row) => row.id}
          label={t.title}
          rowHeight={40}
          to={(row) => `/p/${project.slug}/audits/${row.id}`}
        />
      </ListPanel>
      <Modal opened={open} onClose={dialog.close} title={t.draw}>
        <DrawForm close={dialog.close} />
      </Modal>
    </>
  );
}
