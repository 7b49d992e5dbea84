import { queryOptions } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/mirror";
export type Mirror = Reply<typeof PATH, "get">;
export type SentBack = Mirror["sent_back"][number];

export const mirrorQuery = (project: string) =>
  queryOptions({
    queryKey: ["mirror", project],
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project }, signal }),
    refetchInterval: (query) => (query.state.data?.standing.due ? 15_000 : false),
  });
