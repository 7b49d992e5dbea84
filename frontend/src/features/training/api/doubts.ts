import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/training/runs/{run_id}/questions";
const BATCHES = "/api/v1/projects/{slug}/training/runs/{run_id}/batches";
export type Doubt = Reply<typeof PATH, "get">["results"][number];
export type Standing = Doubt["standing"];
export type ReturnRequest = Body<typeof BATCHES, "post">;

const SHOWN = 200;

/** `all`: suspect, then blocked, then hard. `loss`: of any standing, the highest loss first. */
export type Scope = Standing | "all" | "loss";

const asked = (scope: Scope) => {
  if (scope === "all") return {};
  return scope === "loss" ? ({ order: "loss" } as const) : { standing: scope };
};

/** Asked once more when the run ends (`live` is in the key). */
export const doubtsQuery = (project: string, run: string, scope: Scope, live: boolean) =>
  queryOptions({
    queryKey: ["training-doubts", project, run, scope, live],
    queryFn: ({ signal }) =>
      api.get(PATH, {
        path: { slug: project, run_id: run },
        query: { limit: SHOWN, ...asked(scope) },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: live ? 10_000 : false,
  });

export function useReturn(project: string, run: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ request, key }: { request: ReturnRequest; key: string }) =>
      api.post(BATCHES, { path: { slug: project, run_id: run }, body: request, idempotencyKey: key }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["training-doubts", project, run] });
      void client.invalidateQueries({ queryKey: ["training-run", project, run] });
    },
  });
}
