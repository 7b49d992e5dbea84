import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";
import { isLive, runsKey } from "./runs";

const PATH = "/api/v1/projects/{slug}/training/runs/{run_id}";
export type RunDetail = Reply<typeof PATH, "get">;
export type EvaluationRow = RunDetail["evaluation"][number];
export type Figure = EvaluationRow["figures"][string];
export type Comparison = RunDetail["comparisons"][number];

const key = (project: string, run: string) => ["training-run", project, run] as const;

export const runQuery = (project: string, run: string) =>
  queryOptions({
    queryKey: key(project, run),
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project, run_id: run }, signal }),
    refetchInterval: (query) => (!query.state.data || isLive(query.state.data.run.state) ? 2_500 : 15_000),
  });

/** Stop it, or go on with it. */
export function useMoveRun(project: string, run: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (move: "cancel" | "resume") =>
      api.post(move === "cancel" ? `${PATH}/cancel` : `${PATH}/resume`, {
        path: { slug: project, run_id: run },
      }),
    onSuccess: (detail) => {
      client.setQueryData(key(project, run), detail);
      void client.invalidateQueries({ queryKey: runsKey(project) });
    },
  });
}

export const logQuery = (project: string, run: string, live: boolean) =>
  queryOptions({
    queryKey: ["training-log", project, run, live], // the end of a run is asked for too
    queryFn: ({ signal }) => api.get(`${PATH}/log`, { path: { slug: project, run_id: run }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: live ? 3_000 : false,
  });
