import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PROJECTS = "/api/v1/administration/projects";
const PROJECT = "/api/v1/administration/projects/{slug}";
export type Project = Reply<typeof PROJECTS, "get">["results"][number];

export const projectsQuery = queryOptions({
  queryKey: ["instance-projects"],
  queryFn: ({ signal }) => api.get(PROJECTS, { signal }),
});

export function useProjects() {
  const client = useQueryClient();
  const done = {
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["instance-projects"] }),
        client.invalidateQueries({ queryKey: ["session"] }),
      ]),
  };
  const create = useMutation({
    mutationFn: (body: { slug: string; name: string; lead: string | null }) => api.post(PROJECTS, { body }),
    ...done,
  });
  const change = useMutation({
    mutationFn: ({ slug, state }: { slug: string; state: "active" | "archived" }) =>
      api.patch(PROJECT, { path: { slug }, body: { state } }),
    ...done,
  });
  return { create, change };
}
