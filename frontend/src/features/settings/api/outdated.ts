import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../api/client";

const OUTDATED = "/api/v1/projects/{slug}/guidelines/outdated";

export const outdatedQuery = (project: string) =>
  queryOptions({
    queryKey: ["outdated", project],
    queryFn: ({ signal }) => api.get(OUTDATED, { path: { slug: project }, signal }),
  });

export function useAskAgain(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { aspects: string[] | null; wanted: number; name: string }) =>
      api.post(OUTDATED, { path: { slug: project }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: ["outdated", project] }),
  });
}
