import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";
import { isBusy } from "./imports";

const PATH = "/api/v1/projects/{slug}/imports/{import_id}";
const REFUSALS = "/api/v1/projects/{slug}/imports/{import_id}/refusals";
const PICTURES = "/api/v1/projects/{slug}/imports/{import_id}/pictures";
export type Refusal = Reply<typeof REFUSALS, "get">["results"][number];

const key = (project: string, id: string) => ["import", project, id] as const;

export const importQuery = (project: string, id: string) =>
  queryOptions({
    queryKey: key(project, id),
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project, import_id: id }, signal }),
    refetchInterval: (query) => (query.state.data && !isBusy(query.state.data) ? false : 1_000),
  });

export const refusalsQuery = (project: string, id: string, filters: { field: string; text: string }) =>
  infiniteQueryOptions({
    queryKey: [...key(project, id), "refusals", filters],
    queryFn: ({ signal, pageParam }) =>
      api.get(REFUSALS, {
        path: { slug: project, import_id: id },
        query: { ...filters, limit: 100, after: pageParam },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.after ?? undefined,
    placeholderData: keepPreviousData,
  });

export const picturesQuery = (project: string, id: string) =>
  infiniteQueryOptions({
    queryKey: [...key(project, id), "pictures"],
    queryFn: ({ signal, pageParam }) =>
      api.get(PICTURES, {
        path: { slug: project, import_id: id },
        query: { limit: 100, after: pageParam },
        signal,
      }),
    initialPageParam: "",
    getNextPageParam: (last) => last.after ?? undefined,
  });

export function useRetry(project: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(PICTURES, { path: { slug: project, import_id: id } }),
    onSettled: () => client.invalidateQueries({ queryKey: key(project, id) }),
  });
}
