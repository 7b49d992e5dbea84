import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/rationale-runs";
export type RunRow = Reply<typeof PATH, "get">["results"][number];
export type RunState = RunRow["state"];
export type RunRequest = Body<typeof PATH, "post">;

export const runsKey = (project: string) => ["rationale-runs", project] as const;

export const runsQuery = (project: string) =>
  infiniteQueryOptions({
    queryKey: runsKey(project),
    queryFn: ({ pageParam, signal }) =>
      api.get(PATH, {
        path: { slug: project },
        query: { limit: 100, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.after ?? undefined,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.results.some((run) => run.state === "running"))
        ? 2_000
        : 15_000,
  });

export function useMakeRun(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: RunRequest; key: string }) =>
      api.post(PATH, { path: { slug: project }, body, idempotencyKey: key }),
    onSuccess: () => client.invalidateQueries({ queryKey: runsKey(project) }),
  });
}
