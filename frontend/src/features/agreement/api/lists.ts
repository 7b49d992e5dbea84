import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client";

/** What the figures can be narrowed to. */
export const batchesQuery = (project: string) =>
  queryOptions({
    queryKey: ["agreement-batches", project],
    queryFn: ({ signal }) =>
      api.get("/api/v1/projects/{slug}/batches", {
        path: { slug: project },
        query: { kind: "label", limit: 200 },
        signal,
      }),
    staleTime: 60_000,
  });

export const guidelinesQuery = (project: string) =>
  queryOptions({
    queryKey: ["guidelines", project],
    queryFn: ({ signal }) =>
      api.get("/api/v1/projects/{slug}/guidelines", { path: { slug: project }, signal }),
    staleTime: 60_000,
  });
