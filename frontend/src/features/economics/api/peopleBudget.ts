import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/economics/budget";
export type Month = Reply<typeof PATH, "get">;

// Below the page's own key: a new rate changes what today costs.
const key = (project: string) => ["economics", project, "month"] as const;

/** What people's work has cost this month, and what it may. */
export const monthQuery = (project: string) =>
  queryOptions({
    queryKey: key(project),
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project }, signal }),
  });

export function useSetBudget(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<typeof PATH, "put">) => api.put(PATH, { path: { slug: project }, body }),
    onSuccess: (month) => client.setQueryData(key(project), month),
  });
}
