import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";
import { runsKey } from "./runs";

const PATH = "/api/v1/projects/{slug}/budget";
export type Budget = Reply<typeof PATH, "get">;

const key = (project: string) => ["budget", project] as const;

export const budgetQuery = (project: string) =>
  queryOptions({
    queryKey: key(project),
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project }, signal }),
    refetchInterval: 5_000,
  });

/** Both caps; what a cap stopped goes on at once where it leaves room again. */
export function useSetCaps(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<typeof PATH, "put">) => api.put(PATH, { path: { slug: project }, body }),
    onSuccess: (budget) => {
      client.setQueryData(key(project), budget);
      void client.invalidateQueries({ queryKey: runsKey(project) });
    },
  });
}
