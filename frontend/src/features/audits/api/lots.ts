import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/audits";
export type Lot = Reply<typeof PATH, "get">["results"][number];
export type NewLot = Body<typeof PATH, "post">;

const key = (project: string) => ["lots", project] as const;

export const lotsQuery = (project: string) =>
  queryOptions({
    queryKey: key(project),
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project }, signal }),
  });

export function useDraw(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewLot) => api.post(PATH, { path: { slug: project }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: key(project) }),
  });
}
