import { Button } from "@mantine/core";
import { IconCpu, IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { useProject } from "../../api/project";
import { type Column, DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { Keycap } from "../../components/Keycap";
import { ListPanel } from "../../components/ListPanel";
import { PageHeader } from "../../components/PageHeader";
import { ProgressLine } from "../../components/ProgressLine";
import { useCommands } from "../../lib/commands";
import { ago, percent } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { isLive, type RunRow, runsQuery } from "./api/runs";
import { StartRun } from "./StartRun";
import { StateBadge } from "./StateBadge";
import { named, texts } from "./texts";

function Where({ run }: { run: RunRow }) {
  const t = useTexts(texts);
  if (run.state === "running" && run.stage)
    return (
      <span className="row">
        <span style={{ width: 90 }}>
          <ProgressLine parts={[{ value: run.progress }]} total={1} />
        </span>
        <span className="clip">{named(t.stages, run.stage)}</span>
      </span>
    );
  return <span className="clip t2">{isLive(run.state) ? run.message : run.failure}</span>;
}

/** Every training run of the project, the newest first; starting one. */
export function RunsPage() {
  const t = useTexts(texts);
  const project = useProject();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [starting, setStarting] = useState(search.has("release"));
  const found = useInfiniteQuery(runsQuery(project.slug));
  useCommands({
    name: "training-runs",
    title: t.runs,
    commands: [{ name: "train", label: t.train, keys: ["KeyT"], perform: () => setStarting(true) }],
  });
  const rows = found.data?.pages.flatMap((page) => page.results) ?? [];
  const columns: Column<RunRow>[] = [
    { key: "number", head: t.number, width: "56px", cell: (run) => <b>{run.number}</b> },
    { key: "state", head: t.state, width: "130px", cell: (run) => <StateBadge run={run} /> },
    { key: "release", head: t.release, width: "minmax(80px, 1fr)", cell: (run) => run.release },
    {
      key: "recipe",
      head: t.recipe,
      width: "minmax(130px, 1fr)",
      cell: (run) => (
        <span className="row">
          {run.recipe}
          {run.smoke && <span className="badge">{t.smoke}</span>}
        </span>
      ),
    },
    { key: "where", head: t.progress, width: "minmax(160px, 2fr)", cell: (run) => <Where run={run} /> },
    {
      key: "exact",
      head: t.exact,
      width: "110px",
      align: "right",
      cell: (run) => (run.exact === null ? "–" : <b>{percent(run.exact, 1)}</b>),
    },
    {
      key: "started",
      head: t.started,
      width: "120px",
      align: "right",
      cell: (run) => <span className="t2">{ago(run.created_at)}</span>,
    },
  ];
  const train = (
    <Button
      variant="filled"
      leftSection={<IconPlus size={15} stroke={1.6} />}
      rightSection={<Keycap chord="KeyT" />}
      onClick={() => setStarting(true)}
    >
      {t.train}
    </Button>
  );
  return (
    <>
      <PageHeader title={t.runs}>{rows.length > 0 && train}</PageHeader>
      <ListPanel
        query={found}
        count={rows.length}
        empty={
          <EmptyState icon={<IconCpu size={28} stroke={1.4} />} title={t.none} action={train}>
            {t.noneWhy}
          </EmptyState>
        }
      >
        <DataTable
          rows={rows}
          columns={columns}
          rowKey={(run) => run.id}
          label={t.runs}
          to={(run) => `/p/${project.slug}/training/${run.id}`}
          onEnd={() => {
            if (found.hasNextPage && !found.isFetchingNextPage) void found.fetchNextPage();
          }}
        />
      </ListPanel>
      <StartRun
        opened={starting}
        release={search.get("release")}
        onClose={() => setStarting(false)}
        onStarted={(run) => void navigate(`/p/${project.slug}/training/${run.id}`)}
      />
    </>
  );
}
