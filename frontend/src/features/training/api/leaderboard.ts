import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/training/leaderboard";
export type Leaderboard = Reply<typeof PATH, "get">;

export const leaderboardQuery = (project: string, release: string | null) =>
  queryOptions({
    queryKey: ["leaderboard", project, release],
    queryFn: ({ signal }) =>
      api.get(PATH, { path: { slug: project }, query: release ? { release } : {}, signal }),
    placeholderData: keepPreviousData,
  });
