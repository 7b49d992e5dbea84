import { queryOptions, useMutation } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const SLICES = "/api/v1/projects/{slug}/slices";
const MATCH = "/api/v1/projects/{slug}/samples/match";
export type SliceRow = Reply<typeof SLICES, "get">["results"][number];

export const slicesQuery = (project: string) =>
  queryOptions({
    queryKey: ["slices", project],
    queryFn: ({ signal }) => api.get(SLICES, { path: { slug: project }, signal }),
  });

/** The samples that match a slice's filters now. */
export const useMatch = (project: string) =>
  useMutation({
    mutationFn: (query: SliceRow["query"]) => api.post(MATCH, { path: { slug: project }, body: { query } }),
  });
