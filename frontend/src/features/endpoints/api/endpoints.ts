import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";

const LIST = "/api/v1/projects/{slug}/endpoints";
const ONE = "/api/v1/projects/{slug}/endpoints/{endpoint_id}";
const TEST = "/api/v1/projects/{slug}/endpoints/{endpoint_id}/test";
const PRICES = "/api/v1/projects/{slug}/endpoints/{endpoint_id}/prices";
export type EndpointRow = Reply<typeof LIST, "get">["results"][number];
export type EndpointCreate = Body<typeof LIST, "post">;
export type EndpointChange = Body<typeof ONE, "patch">;
export type Price = Body<typeof PRICES, "post">;

const key = (project: string) => ["endpoints", project] as const;

export const endpointsQuery = (project: string) =>
  queryOptions({
    queryKey: key(project),
    queryFn: ({ signal }) => api.get(LIST, { path: { slug: project }, signal }),
    refetchInterval: 15_000,
  });

function useRefreshed(project: string) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: key(project) });
}

export function useAddEndpoint(project: string) {
  const refresh = useRefreshed(project);
  return useMutation({
    mutationFn: (body: EndpointCreate) => api.post(LIST, { path: { slug: project }, body }),
    onSuccess: refresh,
  });
}

export function useChangeEndpoint(project: string) {
  const refresh = useRefreshed(project);
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: EndpointChange }) =>
      api.patch(ONE, { path: { slug: project, endpoint_id: id }, body }),
    onSuccess: refresh,
  });
}

/** One tiny picture goes out; what came back is kept with the endpoint. */
export function useTestEndpoint(project: string) {
  const refresh = useRefreshed(project);
  return useMutation({
    mutationFn: (id: string) => api.post(TEST, { path: { slug: project, endpoint_id: id } }),
    onSettled: refresh,
  });
}

export function usePriceEndpoint(project: string) {
  const refresh = useRefreshed(project);
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: Price }) =>
      api.post(PRICES, { path: { slug: project, endpoint_id: id }, body }),
    onSuccess: refresh,
  });
}
