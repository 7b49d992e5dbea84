import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/releases";
export type ReleaseList = Reply<typeof PATH, "get">;
export type Release = ReleaseList["results"][number];
export type NewRelease = Body<typeof PATH, "post">;

const key = (project: string) => ["releases", project] as const;

export const releasesQuery = (project: string) =>
  queryOptions({
    queryKey: key(project),
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project }, signal }),
    refetchInterval: (query) => (query.state.data?.waits_for ? 2_000 : false),
  });

export function useCut(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewRelease) => api.post(PATH, { path: { slug: project }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: key(project) }),
  });
}
