import { Button } from "@mantine/core";
import { IconAlignLeft, IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { useMay, useProject } from "../../api/project";
import { type Column, DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { ProgressLine } from "../../components/ProgressLine";
import { SandboxTag } from "../../components/SandboxTag";
import { useCommands } from "../../lib/commands";
import { ago, duration, number, usd } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type RunRow, runsQuery } from "./api/runs";
import { summaryQuery } from "./api/summary";
import { BudgetPanel } from "./Budget";
import { Cascades } from "./Cascades";
import { purposeOf, RunBadge, Tabs } from "./Parts";
import classes from "./rationales.module.css";
import { texts } from "./texts";
import { WritingDialog } from "./WritingDialog";

function ByWay() {
  const t = useTexts(texts);
  const project = useProject();
  const summary = useQuery(summaryQuery(project.slug));
  if (!summary.data || summary.data.ways.every((way) => way.latest === 0)) return null;
  return (
    <section className={`panel ${classes.ways}`}>
      {summary.data.ways.map((way) => (
        <div key={way.way}>
          <h3>{t.ways[way.way]}</h3>
          <div className="fig">{number(way.latest)}</div>
          <div className="s t2">{t.passedOf(number(way.passed), number(way.latest))}</div>
          <div className="s t3">{t.moneyAndTime(usd(way.calls_usd), duration(way.active_ms))}</div>
        </div>
      ))}
    </section>
  );
}

/** The project's runs, and what each way has brought so far. */
export function RunsPage() {
  const t = useTexts(texts);
  const project = useProject();
  const navigate = useNavigate();
  const lead = useMay("lead");
  const [writing, setWriting] = useState(false);
  const runs = useInfiniteQuery(runsQuery(project.slug));
  const rows = runs.data?.pages.flatMap((page) => page.results) ?? [];
  const newRun = `/p/${project.slug}/rationales/new`;
  useCommands({
    name: "runs",
    title: t.title,
    commands: [
      { name: "new-run", label: t.make, keys: ["KeyN"], perform: () => navigate(newRun), enabled: lead },
    ],
  });
  const columns: Column<RunRow>[] = [
    { key: "number", head: t.number, width: "56px", cell: (run) => <b>{run.number}</b> },
    {
      key: "way",
      head: `${t.way}, ${t.prompt}`,
      width: "minmax(0, 1.8fr)",
      cell: (run) => (
        <>
          <div className="clip">{purposeOf(t, run)}</div>
          <div className="clip s t2">
            {run.prompt} · {run.locale} · {t.versionN(run.prompt_version)}
          </div>
        </>
      ),
    },
    {
      key: "model",
      head: t.model,
      width: "minmax(0, 1.1fr)",
      cell: (run) => (
        <span className="row gap2 clip">
          <span className="clip">{run.model}</span>
          {run.sandbox && <SandboxTag />}
        </span>
      ),
    },
    { key: "state", head: t.state, width: "214px", cell: (run) => <RunBadge run={run} /> },
    {
      key: "progress",
      head: t.progress,
      width: "minmax(134px, 0.6fr)",
      cell: (run) => (
        <ProgressLine
          parts={[{ value: run.ended, tone: run.state === "done" ? "ok" : "accent" }]}
          total={run.question_count}
          showFigures
        />
      ),
    },
    {
      key: "ready",
      head: t.ready,
      width: "74px",
      align: "right",
      cell: (run) => (run.purpose !== "rationale" ? "–" : number(run.ready)),
    },
    {
      key: "spent",
      head: t.spent,
      width: "92px",
      align: "right",
      cell: (run) => usd(run.spent),
    },
    {
      key: "made",
      head: t.made,
      width: "110px",
      align: "right",
      cell: (run) => <span className="t2">{ago(run.created_at)}</span>,
    },
  ];
  const newRunButton = (
    <Button
      component={Link}
      to={newRun}
      variant="filled"
      leftSection={<IconPlus size={15} stroke={1.6} />}
      rightSection={<Keycap chord="KeyN" />}
    >
      {t.make}
    </Button>
  );
  return (
    <>
      <PageHeader title={t.title}>
        {lead && <Button onClick={() => setWriting(true)}>{t.writing}</Button>}
        {lead && newRunButton}
      </PageHeader>
      {writing && <WritingDialog close={() => setWriting(false)} />}
      <Tabs />
      <BudgetPanel />
      <ByWay />
      <Cascades />
      <section className="panel grow">
        {runs.isPending ? (
          <Loading />
        ) : runs.error ? (
          <ErrorPanel error={runs.error} retry={() => void runs.refetch()} />
        ) : rows.length === 0 ? (
          <EmptyState
            icon={<IconAlignLeft size={28} stroke={1.4} />}
            title={t.none}
            action={lead && newRunButton}
          >
            {lead ? t.noneWhy : t.noneForYou}
          </EmptyState>
        ) : (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(run) => run.id}
            label={t.runs}
            rowHeight={44}
            to={(run) => `/p/${project.slug}/rationales/${run.id}`}
            onEnd={() => {
              if (runs.hasNextPage && !runs.isFetchingNextPage) void runs.fetchNextPage();
            }}
          />
        )}
      </section>
    </>
  );
}
