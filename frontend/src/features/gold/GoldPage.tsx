import { Button, SegmentedControl } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTarget } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { aspectsQuery } from "../../api/aspects";
import { useProject } from "../../api/project";
import { type Column, DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { ListPanel } from "../../components/ListPanel";
import { MiniMatrix } from "../../components/MiniMatrix";
import { PageHeader } from "../../components/PageHeader";
import { useCommands } from "../../lib/commands";
import { day, number } from "../../lib/format";
import { nameIn, useLocale } from "../../lib/locale";
import { useTexts } from "../../lib/texts";
import { type GoldRow, type GoldShown, goldSummaryQuery, goldsQuery, useRetireGold } from "./api/gold";
import { MakeGold } from "./MakeGold";
import { slotsOf } from "./model";
import { texts } from "./texts";

const SHOWN: readonly GoldShown[] = ["gold", "training", "retired"];

/** Questions whose answer is known: what there is, how people do on it, and making more. */
export function GoldPage() {
  const t = useTexts(texts);
  const project = useProject();
  const locale = useLocale();
  const [search, setSearch] = useSearchParams();
  const shown = SHOWN.find((each) => each === search.get("shown")) ?? "gold";
  const golds = useInfiniteQuery(goldsQuery(project.slug, shown));
  const summary = useQuery(goldSummaryQuery(project.slug));
  const aspects = useQuery(aspectsQuery(project.slug));
  const retire = useRetireGold(project.slug);
  const [making, { open, close }] = useDisclosure(false);
  const rows = golds.data?.pages.flatMap((page) => page.results) ?? [];
  const named = aspects.data?.results ?? [];
  const nameOf = (key: string) => nameIn(named.find((each) => each.key === key)?.names, locale, key);
  useCommands({
    name: "gold",
    title: t.title,
    commands: [{ name: "make", label: t.make, keys: ["KeyN"], perform: open }],
  });
  const counts = {
    gold: summary.data?.hidden,
    training: summary.data?.training,
    retired: summary.data?.retired,
  };
  const columns: Column<GoldRow>[] = [
    {
      key: "sample",
      head: t.sample,
      cell: (row) => (
        <Link className="mono clip" to={`/p/${project.slug}/samples/${row.sample}`}>
          {row.sample}
        </Link>
      ),
      width: "minmax(110px, 1fr)",
    },
    {
      key: "expected",
      head: t.expected,
      cell: (row) => (
        <MiniMatrix
          label={t.expected}
          side={5}
          marks={named.map(({ key }) => slotsOf(row).map((slot) => row.expected[slot]?.[key] ?? "todo"))}
        />
      ),
      width: "84px",
    },
    {
      key: "source",
      head: t.source,
      cell: (row) => <span className="t2 clip">{t.sources[row.source]}</span>,
      width: "minmax(150px, 240px)",
    },
    {
      key: "judged",
      head: t.judged,
      align: "right",
      cell: (row) => (
        <span title={t.judgedHint}>
          {number(row.judged)}
          {row.purpose === "gold" && <span className="t3"> / {number(row.most_judged)}</span>}
        </span>
      ),
      width: "92px",
    },
    {
      key: "right",
      head: t.right,
      // What went wrong comes first: four aspects do not fit beside each other.
      cell: ({ scores }) => {
        const wrong = scores.filter((score) => score.right < score.judged);
        const said = (some: typeof scores) =>
          some.map((score) => `${nameOf(score.aspect)} ${t.outOf(score.right, score.judged)}`).join(" · ");
        return (
          <span className="s clip" title={said(scores)}>
            {wrong.length > 0 ? said(wrong) : scores.length > 0 && <span className="t2">{t.allRight}</span>}
          </span>
        );
      },
      width: "minmax(200px, 2fr)",
    },
    {
      key: "made",
      head: t.made,
      cell: (row) => <span className="t2">{day(row.created_at)}</span>,
      width: "120px",
    },
    shown === "retired"
      ? {
          key: "why",
          head: "",
          cell: (row) => (
            <span className="badge">{row.retired_why ? t.retiredWhys[row.retired_why] : ""}</span>
          ),
          width: "250px",
        }
      : {
          key: "retire",
          head: "",
          align: "right",
          cell: (row) => (
            <span className="row">
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                title={t.wrongHint}
                disabled={retire.isPending}
                onClick={() => retire.mutate({ id: row.id, why: "wrong" })}
              >
                {t.wrong}
              </Button>
              <Button
                size="compact-sm"
                disabled={retire.isPending}
                onClick={() => retire.mutate({ id: row.id, why: "by_lead" })}
              >
                {t.retire}
              </Button>
            </span>
          ),
          width: "220px",
        },
  ];
  const make = (
    <Button variant="filled" onClick={open} rightSection={<Keycap chord="KeyN" />}>
      {t.make}
    </Button>
  );
  return (
    <>
      <PageHeader title={t.title} note={<span className="s t2">{t.why}</span>}>
        <SegmentedControl
          aria-label={t.title}
          value={shown}
          onChange={(value) => setSearch(value === "gold" ? {} : { shown: value }, { replace: true })}
          data={SHOWN.map((value) => ({
            value,
            label:
              counts[value] === undefined ? t.shown[value] : `${t.shown[value]} ${number(counts[value])}`,
          }))}
        />
        {make}
      </PageHeader>
      {retire.error && <ErrorPanel error={retire.error} />}
      <ListPanel
        query={golds}
        count={rows.length}
        empty={
          <EmptyState
            icon={<IconTarget size={22} />}
            title={t.none}
            action={shown === "retired" ? null : make}
          >
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
          onEnd={() => {
            if (golds.hasNextPage && !golds.isFetchingNextPage) void golds.fetchNextPage();
          }}
        />
      </ListPanel>
      {making && <MakeGold onClose={close} />}
    </>
  );
}
