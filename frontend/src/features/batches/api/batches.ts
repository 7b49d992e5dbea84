import { infiniteQueryOptions } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/batches";
export type BatchRow = Reply<typeof PATH, "get">["results"][number];
export type BatchState = BatchRow["state"];

export const batchesKey = (project: string) => ["batches", project] as const;

/** All batches this person may see, the newest first, page by page. */
export const batchesQuery = (project: string, state: BatchState | null) =>
  infiniteQueryOptions({
    queryKey: [...batchesKey(project), state],
    queryFn: ({ pageParam, signal }) =>
      api.get(PATH, {
        path: { slug: project },
        query: { limit: 100, ...(state ? { state } : {}), ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.after ?? undefined,
    refetchInterval: 10_000,
  });
