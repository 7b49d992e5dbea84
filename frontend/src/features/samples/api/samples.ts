import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/samples";
const FACETS = "/api/v1/projects/{slug}/samples/facets";
const SLICES = "/api/v1/projects/{slug}/slices";
export type Sample = Reply<typeof PATH, "get">["results"][number];
export type Slice = Reply<typeof SLICES, "get">["results"][number];
/** Filter name → value, as they stand in the address: `disputed=yes`, `answer.physical_shadow=any`. */
export type Filters = Readonly<Record<string, string>>;

export const samplesQuery = (project: string, filters: Filters) =>
  infiniteQueryOptions({
    queryKey: ["samples", project, filters],
    queryFn: ({ signal, pageParam }) =>
      api.get(PATH, {
        path: { slug: project },
        query: { ...filters, limit: 60, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.after ?? undefined,
    placeholderData: keepPreviousData,
  });

export const facetsQuery = (project: string, filters: Filters) =>
  queryOptions({
    queryKey: ["facets", project, filters],
    queryFn: ({ signal }) => api.get(FACETS, { path: { slug: project }, query: filters, signal }),
    placeholderData: keepPreviousData,
  });

export const slicesQuery = (project: string) =>
  queryOptions({
    queryKey: ["slices", project],
    queryFn: ({ signal }) => api.get(SLICES, { path: { slug: project }, signal }),
  });

export function useSaveSlice(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; query: Record<string, string> }) =>
      api.post(SLICES, { path: { slug: project }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: ["slices", project] }),
  });
}

/** Every match by name, to make a batch of them. */
export const useMatch = (project: string) =>
  useMutation({
    mutationFn: (query: Record<string, string>) =>
      api.post("/api/v1/projects/{slug}/samples/match", { path: { slug: project }, body: { query } }),
  });
