import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";
import { batchesKey } from "./batches";

const PATH = "/api/v1/projects/{slug}/batches/{batch_id}";
export type BatchDetail = Reply<typeof PATH, "get">;
export type BatchChange = Body<typeof PATH, "patch">;

const key = (project: string, batch: string) => ["batch", project, batch] as const;

export const batchQuery = (project: string, batch: string) =>
  queryOptions({
    queryKey: key(project, batch),
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project, batch_id: batch }, signal }),
    refetchInterval: (query) => (query.state.data?.batch.state === "closed" ? false : 5_000),
  });

/** Pause, resume, close, rename, want more or fewer opinions. */
export function useChangeBatch(project: string, batch: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: BatchChange) =>
      api.patch(PATH, { path: { slug: project, batch_id: batch }, body: change }),
    onSuccess: (detail) => {
      client.setQueryData(key(project, batch), detail);
      void client.invalidateQueries({ queryKey: batchesKey(project) });
    },
  });
}
export type ChangeBatch = ReturnType<typeof useChangeBatch>;

/** Take a held piece back for others. */
export function useReclaim(project: string, batch: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (assignment: number) =>
      api.post("/api/v1/projects/{slug}/assignments/{assignment_id}/reclaim", {
        path: { slug: project, assignment_id: assignment },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: key(project, batch) }),
  });
}
