import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconAlignLeft, IconCheck, IconX } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { aspectsQuery, useAspectName } from "../../api/aspects";
import { useProject } from "../../api/project";
import { type Column, DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { SandboxTag } from "../../components/SandboxTag";
import { usd } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type Filters, type RationaleRow, rationalesQuery } from "./api/rationales";
import { plain } from "./model/reading";
import { Slots, Tabs, Thumb } from "./Parts";
import classes from "./rationales.module.css";
import { texts } from "./texts";

const CHECKS = [
  "schema",
  "conclusion",
  "argued",
  "grounding",
  "contradiction",
  "leak",
  "style",
  "rederived",
  "judge",
] as const;

function filtersOf(query: URLSearchParams): Filters {
  const outcome = query.get("failed_check");
  const filters: Record<string, unknown> = {};
  for (const name of ["run", "way", "aspect", "sample", "text"])
    if (query.get(name)) filters[name] = query.get(name);
  if (outcome) filters.failed_check = outcome;
  if (query.get("passed")) filters.passed = query.get("passed") === "true";
  return filters as Filters;
}

/** Every rationale, whoever wrote it, in its latest version. */
export function RationalesPage() {
  const t = useTexts(texts);
  const project = useProject();
  const [query, setQuery] = useSearchParams();
  const aspects = useQuery(aspectsQuery(project.slug));
  const [asked] = useDebouncedValue(query.toString(), 300, { leading: true });
  const list = useInfiniteQuery({
    ...rationalesQuery(project.slug, filtersOf(new URLSearchParams(asked))),
    placeholderData: keepPreviousData, // rows stay while somebody types
  });
  const rows = list.data?.pages.flatMap((page) => page.results) ?? [];
  const filtered = query.size > 0;
  const set = (name: string, value: string | null) =>
    setQuery(
      (now) => {
        const next = new URLSearchParams(now);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  const aspectName = useAspectName();
  const outcome =
    query.get("failed_check") ??
    (query.get("passed") ? (query.get("passed") === "true" ? "passed" : "failed") : null);
  const failed = (row: RationaleRow) =>
    row.failed_checks.map((name) => t.checkTitles[name as keyof typeof t.checkTitles]).join(", ");
  const columns: Column<RationaleRow>[] = [
    { key: "pictures", head: "", width: "74px", cell: (row) => <Thumb row={row} tiny /> },
    {
      key: "question",
      head: t.question,
      width: "minmax(160px, 0.9fr)",
      cell: (row) => (
        <span className="clip">
          <span className="mono">{row.question.sample}</span>
          <br />
          <span className="t3 s">{aspectName(row.question.aspect)}</span>
        </span>
      ),
    },
    {
      key: "way",
      head: t.way,
      width: "200px",
      cell: (row) => (
        <span className="row gap2 clip">
          {t.ways[row.way]}
          {row.sandbox && <SandboxTag />}
        </span>
      ),
    },
    { key: "concluded", head: t.concluded, width: "110px", cell: (row) => <Slots slots={row.concluded} /> },
    {
      key: "text",
      head: t.text,
      width: "minmax(0, 3fr)",
      cell: (row) => <span className="clip">{plain(row.text)}</span>,
    },
    {
      key: "checks",
      head: t.checks,
      width: "minmax(150px, 0.8fr)",
      cell: (row) =>
        row.passed ? (
          <span className="row gap2 ok">
            <IconCheck size={15} stroke={1.8} /> {t.passes}
          </span>
        ) : (
          <span className="row gap2 bad" title={failed(row)}>
            <IconX size={15} stroke={1.8} />
            <span className="clip">{failed(row)}</span>
          </span>
        ),
    },
    {
      key: "cost",
      head: t.cost,
      width: "104px",
      align: "right",
      cell: (row) => (row.origin === "run" ? usd(row.cost_usd) : "–"),
    },
  ];
  return (
    <>
      <PageHeader title={t.title} />
      <Tabs />
      <section className="panel grow">
        <div className={classes.filters}>
          <TextInput
            aria-label={t.find}
            placeholder={t.find}
            value={query.get("text") ?? ""}
            onChange={(event) => set("text", event.currentTarget.value)}
          />
          <Select
            aria-label={t.way}
            placeholder={t.anyWay}
            clearable
            value={query.get("way")}
            onChange={(value) => set("way", value)}
            data={Object.entries(t.ways).map(([value, label]) => ({ value, label }))}
          />
          <Select
            aria-label={t.aspects}
            placeholder={t.anyAspect}
            clearable
            value={query.get("aspect")}
            onChange={(value) => set("aspect", value)}
            data={(aspects.data?.results ?? []).map(({ key }) => ({ value: key, label: aspectName(key) }))}
          />
          <Select
            aria-label={t.checks}
            placeholder={t.anyCheck}
            clearable
            value={outcome}
            onChange={(value) => {
              const whole = value === "passed" || value === "failed";
              set("passed", whole ? String(value === "passed") : null);
              set("failed_check", whole ? null : value);
            }}
            data={[
              { value: "passed", label: t.onlyPassed },
              { value: "failed", label: t.notPassed },
              ...CHECKS.map((name) => ({ value: name, label: t.failedOne(t.checkTitles[name]) })),
            ]}
          />
          {(["run", "sample"] as const).map(
            (name) =>
              query.has(name) && (
                <Button
                  key={name}
                  rightSection={<IconX size={14} stroke={1.8} />}
                  title={t.dropFilter}
                  onClick={() => set(name, null)}
                >
                  {name === "run" ? t.ofOneRun : query.get(name)}
                </Button>
              ),
          )}
        </div>
        {list.isPending ? (
          <Loading />
        ) : list.error ? (
          <ErrorPanel error={list.error} retry={() => void list.refetch()} />
        ) : rows.length === 0 ? (
          <EmptyState
            icon={<IconAlignLeft size={28} stroke={1.4} />}
            title={filtered ? t.listNone : t.listEmpty}
            action={
              <Button component={Link} to={`/p/${project.slug}/rationales`} variant="filled">
                {t.runs}
              </Button>
            }
          >
            {filtered ? t.listNoneWhy : t.listEmptyWhy}
          </EmptyState>
        ) : (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            label={t.title}
            rowHeight={38}
            to={(row) => `/p/${project.slug}/rationales/text/${row.id}`}
            onEnd={() => {
              if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
            }}
          />
        )}
      </section>
    </>
  );
}
