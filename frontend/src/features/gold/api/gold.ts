import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";

const GOLDS = "/api/v1/projects/{slug}/golds";
const SUMMARY = "/api/v1/projects/{slug}/golds/summary";
const RETIRE = "/api/v1/projects/{slug}/golds/{gold_id}/retire";
export type GoldRow = Reply<typeof GOLDS, "get">["results"][number];
export type GoldRequest = Body<typeof GOLDS, "post">;
export type GoldShown = "gold" | "training" | "retired";

const key = (project: string) => ["golds", project] as const;

export const goldsQuery = (project: string, shown: GoldShown) =>
  infiniteQueryOptions({
    queryKey: [...key(project), shown],
    queryFn: ({ pageParam, signal }) =>
      api.get(GOLDS, {
        path: { slug: project },
        query: {
          limit: 100,
          retired: shown === "retired",
          ...(shown !== "retired" && { purpose: shown }),
          ...(pageParam && { after: pageParam }),
        },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.after ?? undefined,
  });

export const goldSummaryQuery = (project: string) =>
  queryOptions({
    queryKey: [...key(project), "summary"],
    queryFn: ({ signal }) => api.get(SUMMARY, { path: { slug: project }, signal }),
  });

export function useMakeGold(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: GoldRequest) =>
      api.post(GOLDS, {
        path: { slug: project },
        body: request,
        idempotencyKey: crypto.randomUUID(),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: key(project) }),
  });
}

export function useRetireGold(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, why }: { id: string; why: "by_lead" | "wrong" }) =>
      api.post(RETIRE, { path: { slug: project, gold_id: id }, body: { why } }),
    onSettled: () => client.invalidateQueries({ queryKey: key(project) }),
  });
}
