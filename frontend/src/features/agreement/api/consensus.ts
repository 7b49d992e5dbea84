import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/agreement/consensus";
export type Policy = Reply<typeof PATH, "get">;

export const policyQuery = (project: string) =>
  queryOptions({
    queryKey: ["agreement", project, "consensus"],
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project }, signal }),
  });

export function useSetPolicy(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<typeof PATH, "put">) => api.put(PATH, { path: { slug: project }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: ["agreement", project] }),
  });
}
