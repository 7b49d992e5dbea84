import { Button, Select } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { useAspectName, useAspectOrder } from "../../api/aspects";
import { useProject } from "../../api/project";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type Leaderboard, leaderboardQuery } from "./api/leaderboard";
import type { EvaluationRow } from "./api/run";
import { EvaluationTable } from "./EvaluationTable";
import { HabitPanels } from "./HabitPanels";
import { named, texts } from "./texts";
import classes from "./training.module.css";

/** What the best run's lead over not looking amounts to, in one sentence. */
function useVerdict(board: Leaderboard | undefined): string {
  const t = useTexts(texts);
  const aspectName = useAspectName();
  const best = board?.results.find((row) => row.kind === "trained");
  const trivial = board?.results.find((row) => row.kind === "trivial");
  const lead = best && board?.comparisons[best.run_id]?.find((each) => each.other === trivial?.name);
  if (!best || !lead) return "";
  const points = (share: number) => number(Math.abs(share) * 100, 1);
  const bounds = [Math.abs(lead.low), Math.abs(lead.high)];
  const by = `${points(lead.difference)} (${points(Math.min(...bounds))}–${points(Math.max(...bounds))})`;
  const against =
    lead.low > 0
      ? t.beats(best.run_number, by)
      : lead.high < 0
        ? t.behind(best.run_number, by)
        : t.within(best.run_number);
  const [weakest] = Object.entries(best.per_aspect).sort(([, a], [, b]) => a.value - b.value);
  return weakest ? `${against} ${t.weakest(aspectName(weakest[0]), points(weakest[1].value))}` : against;
}

/** Every measured model on one release's test questions, beside policies that do not look. */
export function LeaderboardPage() {
  const t = useTexts(texts);
  const project = useProject();
  const [search, setSearch] = useSearchParams();
  const board = useQuery(leaderboardQuery(project.slug, search.get("release")));
  const verdict = useVerdict(board.data);
  const ordered = useAspectOrder();
  const rows = board.data?.results ?? [];
  const best = rows.find((row) => row.kind === "trained");
  const name = (row: EvaluationRow) =>
    row.kind === "trained" ? (
      <Link to={`/p/${project.slug}/training/${row.run_id}`}>{t.title(row.run_number)}</Link>
    ) : (
      named(t.names, row.name)
    );
  const comparisons = best ? (board.data?.comparisons[best.run_id] ?? []) : [];
  return (
    <>
      <PageHeader
        title={t.leaderboard}
        note={
          rows[0] &&
          `${board.data?.release} · ${t.questions(number(rows[0].figures.exact?.n ?? 0))} · ${t.leaderboardNote}`
        }
      >
        {board.data && board.data.releases.length > 1 && (
          <Select
            aria-label={t.release}
            data={board.data.releases}
            value={board.data.release}
            onChange={(value) => value && setSearch({ release: value })}
            allowDeselect={false}
          />
        )}
      </PageHeader>
      {board.error && <ErrorPanel error={board.error} retry={() => void board.refetch()} />}
      {board.isPending && <Loading />}
      {board.data && rows.length === 0 && (
        <section className="panel grow">
          <EmptyState
            icon={<IconChartBar size={28} stroke={1.4} />}
            title={t.leaderboardNone}
            action={
              <Button component={Link} to={`/p/${project.slug}/training`} variant="filled">
                {t.runs}
              </Button>
            }
          >
            {t.leaderboardNoneWhy}
          </EmptyState>
        </section>
      )}
      {rows.length > 0 && (
        <>
          {verdict && <div className="alert b">{verdict}</div>}
          <section className={`panel ${classes.board}`}>
            <EvaluationTable
              rows={rows}
              comparisons={comparisons}
              ceiling={board.data?.human_ceiling}
              aspects={ordered(Object.keys(rows[0]?.per_aspect ?? {}))}
              ranked
              wide
              name={name}
            />
          </section>
          <p className="s t2">{t.legend}</p>
          <HabitPanels rows={rows} name={name} />
        </>
      )}
    </>
  );
}
