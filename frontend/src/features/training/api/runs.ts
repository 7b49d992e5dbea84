import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/training/runs";
export type RunRow = Reply<typeof PATH, "get">["results"][number];
export type RunState = RunRow["state"];
export type NewRun = Body<typeof PATH, "post">;

const LIVE: readonly RunState[] = ["queued", "preparing", "running"];
export const isLive = (state: RunState): boolean => LIVE.includes(state);

export const runsKey = (project: string) => ["training-runs", project] as const;

/** All runs, the newest first. */
export const runsQuery = (project: string) =>
  infiniteQueryOptions({
    queryKey: runsKey(project),
    queryFn: ({ pageParam, signal }) =>
      api.get(PATH, {
        path: { slug: project },
        query: { limit: 50, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.after ?? undefined,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.results.some((run) => isLive(run.state))) ? 3_000 : 15_000,
  });

export const optionsQuery = (project: string) =>
  queryOptions({
    queryKey: ["training-options", project],
    queryFn: ({ signal }) =>
      api.get("/api/v1/projects/{slug}/training/options", { path: { slug: project }, signal }),
    staleTime: 60_000,
  });

export const releasesQuery = (project: string) =>
  queryOptions({
    queryKey: ["training-releases", project],
    queryFn: ({ signal }) => api.get("/api/v1/projects/{slug}/releases", { path: { slug: project }, signal }),
  });

export function useStartRun(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ run, key }: { run: NewRun; key: string }) =>
      api.post(PATH, { path: { slug: project }, body: run, idempotencyKey: key }),
    onSuccess: () => client.invalidateQueries({ queryKey: runsKey(project) }),
  });
}
