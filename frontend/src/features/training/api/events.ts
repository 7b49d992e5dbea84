import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/training/runs/{run_id}/events";
export type RunEvent = Reply<typeof PATH, "get">["results"][number];

const known = new Map<string, RunEvent[]>();

/** Everything the run has told. What this page has already is not asked for again. */
async function allEvents(project: string, run: string, signal: AbortSignal): Promise<readonly RunEvent[]> {
  const kept = known.get(run) ?? [];
  for (;;) {
    const page = await api.get(PATH, {
      path: { slug: project, run_id: run },
      query: { after: kept.at(-1)?.n ?? 0 },
      signal,
    });
    kept.push(...page.results.filter((event) => event.n > (kept.at(-1)?.n ?? 0)));
    known.set(run, kept);
    if (page.after === null || page.after === undefined) return [...kept];
  }
}

export const eventsQuery = (project: string, run: string, live: boolean) =>
  queryOptions({
    queryKey: ["training-events", project, run, live], // the end of a run is asked for too
    queryFn: ({ signal }) => allEvents(project, run, signal),
    placeholderData: keepPreviousData,
    refetchInterval: live ? 3_000 : false,
  });
