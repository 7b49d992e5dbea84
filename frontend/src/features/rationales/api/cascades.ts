import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";
import { runsKey } from "./runs";

const PATH = "/api/v1/projects/{slug}/rationale-cascades";
export type Cascade = Reply<typeof PATH, "get">["results"][number];
export type CascadeRequest = Body<typeof PATH, "post">;

const key = (project: string) => ["rationale-cascades", project] as const;

export const cascadesQuery = (project: string) =>
  queryOptions({
    queryKey: key(project),
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project }, signal }),
    refetchInterval: (query) =>
      query.state.data?.results.some((each) => each.state === "running") ? 3_000 : 30_000,
  });

export function useMakeCascade(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key: idempotencyKey }: { body: CascadeRequest; key: string }) =>
      api.post(PATH, { path: { slug: project }, body, idempotencyKey }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: key(project) });
      void client.invalidateQueries({ queryKey: runsKey(project) });
    },
  });
}

export function useCancelCascade(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (cascade: string) =>
      api.post(`${PATH}/{cascade_id}/cancel`, { path: { slug: project, cascade_id: cascade } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: key(project) });
      void client.invalidateQueries({ queryKey: runsKey(project) });
    },
  });
}
