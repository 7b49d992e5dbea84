import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Reply } from "./client";

const TEAMS = "/api/v1/projects/{slug}/teams";
const TEAM = "/api/v1/projects/{slug}/teams/{team_id}";
export type Team = Reply<typeof TEAMS, "get">["results"][number];

export const teamsQuery = (project: string) =>
  queryOptions({
    queryKey: ["teams", project],
    queryFn: ({ signal }) => api.get(TEAMS, { path: { slug: project }, signal }),
  });

/** Making, changing and dissolving teams. */
export function useTeams(project: string) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: teamsQuery(project).queryKey });
  return {
    make: useMutation({
      mutationFn: (body: { name: string; people: number[] }) =>
        api.post(TEAMS, { path: { slug: project }, body }),
      onSuccess,
    }),
    change: useMutation({
      mutationFn: ({ id, ...body }: Team) => api.put(TEAM, { path: { slug: project, team_id: id }, body }),
      onSuccess,
    }),
    dissolve: useMutation({
      mutationFn: (id: string) => api.delete(TEAM, { path: { slug: project, team_id: id } }),
      onSuccess,
    }),
  };
}
