import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";

const LIST = "/api/v1/projects/{slug}/appeals";
const ONE = "/api/v1/projects/{slug}/appeals/{appeal_id}";
const MAKE = "/api/v1/projects/{slug}/assignments/{assignment_id}/appeal";
export type Appeal = Reply<typeof LIST, "get">["results"][number];

export const appealsQuery = (project: string) =>
  queryOptions({
    queryKey: ["appeals", project],
    queryFn: ({ signal }) => api.get(LIST, { path: { slug: project }, signal }),
  });

export function useAppeal(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ assignment, reason }: { assignment: number; reason: string }) =>
      api.post(MAKE, { path: { slug: project, assignment_id: assignment }, body: { reason } }),
    onSettled: () => client.invalidateQueries({ queryKey: ["mirror", project] }),
  });
}

export function useDecide(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: number } & Body<typeof ONE, "post">) =>
      api.post(ONE, { path: { slug: project, appeal_id: id }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: ["appeals", project] }),
  });
}
