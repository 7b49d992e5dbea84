import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const RECOUNT = "/api/v1/projects/{slug}/answers/recount";
export type Recount = NonNullable<Reply<typeof RECOUNT, "get">["recount"]>;

/** Asked again every second while answers follow. */
export const recountQuery = (project: string) =>
  queryOptions({
    queryKey: ["recount", project],
    queryFn: ({ signal }) => api.get(RECOUNT, { path: { slug: project }, signal }),
    refetchInterval: ({ state }) => {
      const recount = state.data?.recount;
      return recount && !recount.finished_at ? 1000 : false;
    },
  });

export function useRecountAgain(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(RECOUNT, { path: { slug: project } }),
    onSettled: () => client.invalidateQueries({ queryKey: ["recount", project] }),
  });
}
