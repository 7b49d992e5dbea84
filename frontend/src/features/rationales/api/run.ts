import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";
import { runsKey } from "./runs";

const PATH = "/api/v1/projects/{slug}/rationale-runs/{run_id}";
export type RunDetail = Reply<typeof PATH, "get">;
export type Move = "start" | "pause" | "stop-waiting" | "cancel";

const key = (project: string, run: string) => ["rationale-run", project, run] as const;

export const runQuery = (project: string, run: string) =>
  queryOptions({
    queryKey: key(project, run),
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project, run_id: run }, signal }),
    refetchInterval: (query) => {
      const state = query.state.data?.run.state;
      return state === "done" || state === "cancelled" ? false : state === "running" ? 1_500 : 5_000;
    },
  });

/** Start or go on, pause, wait for no other run's replies, cancel. */
export function useMoveRun(project: string, run: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (move: Move) => {
      const options = { path: { slug: project, run_id: run } };
      if (move === "start") return api.post(`${PATH}/start`, options);
      if (move === "stop-waiting") return api.post(`${PATH}/stop-waiting`, options);
      return move === "pause" ? api.post(`${PATH}/pause`, options) : api.post(`${PATH}/cancel`, options);
    },
    onSuccess: (detail) => {
      client.setQueryData(key(project, run), detail);
      void client.invalidateQueries({ queryKey: runsKey(project) });
    },
  });
}

const CHECKS = `${PATH}/checks` as const;
export type CheckRequest = Body<typeof CHECKS, "post">;

/** Looks at the run's rationales by further calls; the reply is the run that does. */
export function useCheckRun(project: string, run: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CheckRequest) => api.post(CHECKS, { path: { slug: project, run_id: run }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: runsKey(project) }),
  });
}

export function useSetCap(project: string, run: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (cap: string) => api.patch(PATH, { path: { slug: project, run_id: run }, body: { cap } }),
    onSuccess: (detail) => client.setQueryData(key(project, run), detail),
  });
}
