import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const CHANGES = "/api/v1/projects/{slug}/releases/{name}/changes";
const ROWS = "/api/v1/projects/{slug}/releases/{name}/changes/rows";
export type Changes = Reply<typeof CHANGES, "get">;
export type ChangedRow = Reply<typeof ROWS, "get">["results"][number];
export type Kind = "added" | "removed" | "changed";

export const changesQuery = (project: string, name: string, against: string) =>
  queryOptions({
    queryKey: ["release-changes", project, name, against],
    queryFn: ({ signal }) => api.get(CHANGES, { path: { slug: project, name }, query: { against }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const changedRowsQuery = (project: string, name: string, against: string, kind: Kind) =>
  infiniteQueryOptions({
    queryKey: ["release-changed-rows", project, name, against, kind],
    queryFn: ({ signal, pageParam }) =>
      api.get(ROWS, {
        path: { slug: project, name },
        query: { against, kind, limit: 50, ...(pageParam && { after: pageParam }) },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.after,
    staleTime: Number.POSITIVE_INFINITY,
  });
