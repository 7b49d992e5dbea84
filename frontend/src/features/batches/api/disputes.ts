import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../api/client";
import { batchesKey } from "./batches";

const DISPUTES = "/api/v1/projects/{slug}/adjudications";
const REVIEWS = "/api/v1/projects/{slug}/reviews";

export const disputesQuery = (project: string) =>
  queryOptions({
    queryKey: ["disputes", project],
    queryFn: ({ signal }) => api.get(DISPUTES, { path: { slug: project }, signal }),
    refetchInterval: 15_000,
  });

/** One batch of everything that is disputed and nobody adjudicates yet. */
export function useMakeAdjudication(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) =>
      api.post(DISPUTES, { path: { slug: project }, body: {}, idempotencyKey: key }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: batchesKey(project) }),
        client.invalidateQueries({ queryKey: ["disputes", project] }),
      ]),
  });
}

/** A share of a batch's opinions, to be looked at a second time. */
export function useMakeReview(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ batch, share, key }: { batch: string; share: number; key: string }) =>
      api.post(REVIEWS, { path: { slug: project }, body: { batch_id: batch, share }, idempotencyKey: key }),
    onSuccess: () => client.invalidateQueries({ queryKey: batchesKey(project) }),
  });
}
