import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, type Query, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/rationales";
export type RationaleRow = Reply<typeof PATH, "get">["results"][number];
export type Filters = Omit<Query<typeof PATH, "get">, "after" | "limit">;

/** Newest first, page by page; `live` asks again while a run writes. */
export const rationalesQuery = (project: string, filters: Filters, { limit = 50, live = false } = {}) =>
  infiniteQueryOptions({
    queryKey: ["rationales", project, filters, limit],
    queryFn: ({ pageParam, signal }) =>
      api.get(PATH, {
        path: { slug: project },
        query: { ...filters, limit, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.after ?? undefined,
    refetchInterval: live ? 2_000 : false,
  });
