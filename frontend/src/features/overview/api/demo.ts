import { queryOptions } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/demo";
export type DemoProgress = Reply<typeof PATH, "get">;

/** How far the demo has filled itself; empty for every other project. */
export const demoQuery = (project: string) =>
  queryOptions({
    queryKey: ["demo", project],
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project }, signal }),
    refetchInterval: (query) => (query.state.data?.finished ? false : 1_000),
  });
