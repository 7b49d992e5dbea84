import { Button, SegmentedControl } from "@mantine/core";
import { IconPencil, IconScale } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useMay, useProject } from "../../api/project";
import { type Column, DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { ProgressLine } from "../../components/ProgressLine";
import { useCommands } from "../../lib/commands";
import { ago, duration, moment, number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type BatchRow, type BatchState, batchesQuery } from "./api/batches";
import { disputesQuery, useMakeAdjudication } from "./api/disputes";
import { draftsQuery } from "./api/drafts";
import classes from "./batches.module.css";
import { dueState, kindOf, timeLeft, workPath } from "./model/work";
import { StateBadge } from "./StateBadge";
import { texts } from "./texts";

const STATES: readonly BatchState[] = ["open", "paused", "closed"];

function Disputes() {
  const t = useTexts(texts);
  const project = useProject();
  const navigate = useNavigate();
  const lead = useMay("lead");
  const disputes = useQuery(disputesQuery(project.slug));
  const make = useMakeAdjudication(project.slug);
  if (!disputes.data || disputes.data.samples === 0) return null;
  const start = () =>
    make.mutate(crypto.randomUUID(), {
      onSuccess: (batch) => void navigate(`/p/${project.slug}/batches/${batch.id}`),
    });
  return (
    <>
      <div className="alert warn">
        <IconScale size={16} />
        <span className="sp">{t.disputed(disputes.data.samples, disputes.data.questions)}</span>
        {lead && (
          <Button size="compact-sm" loading={make.isPending} onClick={start}>
            {t.adjudicate}
          </Button>
        )}
      </div>
      {make.error && <ErrorPanel error={make.error} />}
    </>
  );
}

/** Batches in the making, to be picked up again by any lead. */
function Drafts() {
  const t = useTexts(texts);
  const project = useProject();
  const drafts = useQuery(draftsQuery(project.slug)).data?.results ?? [];
  if (drafts.length === 0) return null;
  return (
    <div className="row wrap s">
      <span className="t2">{t.drafts}</span>
      {drafts.map((each) => (
        <Link
          key={each.id}
          className={`badge ${classes.draft}`}
          to={`/p/${project.slug}/batches/new?draft=${each.id}`}
        >
          <span className="clip">{each.name || t.unnamed}</span>
          <span className="nw">
            · {ago(each.saved_at)} · {each.saved_by}
          </span>
        </Link>
      ))}
    </div>
  );
}

/** Every batch with its progress; who may work on one starts from here. */
export function BatchesPage() {
  const t = useTexts(texts);
  const project = useProject();
  const navigate = useNavigate();
  const lead = useMay("lead");
  const reviewer = useMay("reviewer");
  const [search, setSearch] = useSearchParams();
  const state = STATES.find((each) => each === search.get("state")) ?? null;
  const batches = useInfiniteQuery(batchesQuery(project.slug, state));
  const rows = batches.data?.pages.flatMap((page) => page.results) ?? [];
  const toNew = `/p/${project.slug}/batches/new`;
  useCommands({
    name: "batches",
    title: t.title,
    commands: [
      { name: "make", label: t.make, keys: ["KeyN"], perform: () => navigate(toNew), enabled: lead },
    ],
  });
  const columns: Column<BatchRow>[] = [
    { key: "number", head: t.number, cell: (row) => <span className="t3">{row.number}</span>, width: "52px" },
    {
      key: "name",
      head: t.name,
      cell: (row) => (
        <span className="row clip">
          <b className="clip">{row.name}</b>
          {row.state !== "closed" && row.due_at && (
            <span
              className={`s nw ${dueState(row) === "late" ? "badge bad" : "t3"}`}
              title={moment(row.due_at)}
            >
              {dueState(row) === "late" ? t.late : `${t.due} ${ago(row.due_at)}`}
            </span>
          )}
        </span>
      ),
      width: "minmax(150px, 1.4fr)",
    },
    { key: "kind", head: t.kind, cell: (row) => kindOf(row, t.kinds), width: "152px" },
    { key: "state", head: t.state, cell: (row) => <StateBadge state={row.state} />, width: "90px" },
    {
      key: "progress",
      head: t.progress,
      cell: (row) => (
        <span className={classes.progress}>
          <ProgressLine parts={[{ value: row.accepted }]} total={row.places} />
          <span className="s t2 nw" style={{ textAlign: "right" }}>
            {number(row.accepted)} / {number(row.places)}
          </span>
        </span>
      ),
      width: "minmax(190px, 1fr)",
    },
    {
      key: "left",
      head: t.left,
      align: "right",
      cell: (row) => {
        const left = timeLeft(row);
        return <span className="t2">{left === null ? t.noWay : duration(left)}</span>;
      },
      width: "100px",
    },
    {
      key: "opinions",
      head: t.opinions,
      align: "right",
      cell: (row) => t.upTo(row.wanted, row.maximum),
      width: "100px",
    },
    { key: "mine", head: t.mine, align: "right", cell: (row) => number(row.mine), width: "64px" },
    {
      key: "work",
      head: "",
      align: "right",
      cell: (row) =>
        row.may_work && row.accepted < row.places ? (
          <Button
            component={Link}
            to={workPath(project.slug, row)}
            size="compact-sm"
            onClick={(event) => event.stopPropagation()}
          >
            {t.work}
          </Button>
        ) : null,
      width: "92px",
    },
  ];
  const make = lead && (
    <Button component={Link} to={toNew} variant="filled" rightSection={<Keycap chord="KeyN" />}>
      {t.make}
    </Button>
  );
  return (
    <>
      <PageHeader title={t.title}>
        <SegmentedControl
          aria-label={t.state}
          value={state ?? "all"}
          onChange={(value) => setSearch(value === "all" ? {} : { state: value }, { replace: true })}
          data={[{ value: "all", label: t.all }, ...STATES.map((each) => ({ value: each, label: t[each] }))]}
        />
        {make}
      </PageHeader>
      {reviewer && <Disputes />}
      {lead && <Drafts />}
      <section className="panel grow">
        {batches.isPending ? (
          <Loading />
        ) : batches.error ? (
          <div className="pb">
            <ErrorPanel error={batches.error} retry={() => void batches.refetch()} />
          </div>
        ) : rows.length === 0 ? (
          <EmptyState
            icon={<IconPencil size={22} />}
            title={reviewer ? t.none : t.noneForMe}
            action={make || undefined}
          >
            {reviewer ? t.noneWhy : t.noneForMeWhy}
          </EmptyState>
        ) : (
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(row) => row.id}
            label={t.title}
            rowHeight={36}
            to={(row) => `/p/${project.slug}/batches/${row.id}`}
            onEnd={() => {
              if (batches.hasNextPage && !batches.isFetchingNextPage) void batches.fetchNextPage();
            }}
          />
        )}
      </section>
    </>
  );
}
