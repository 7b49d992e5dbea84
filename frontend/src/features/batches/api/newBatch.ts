import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";
import { batchesKey } from "./batches";

const PREVIEW = "/api/v1/projects/{slug}/batches/preview";
const CREATE = "/api/v1/projects/{slug}/batches";
export type Preview = Reply<typeof PREVIEW, "post">;
export type BatchRequest = Body<typeof CREATE, "post">;
type PreviewRequest = Body<typeof PREVIEW, "post">;
export type What = BatchRequest["what"];

/** What a batch would hold and take; asked again as the form changes. */
export const previewQuery = (project: string, request: PreviewRequest) =>
  queryOptions({
    queryKey: ["batch-preview", project, request],
    queryFn: ({ signal }) => api.post(PREVIEW, { path: { slug: project }, body: request, signal }),
    placeholderData: keepPreviousData,
  });

export function useMakeBatch(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ request, key }: { request: BatchRequest; key: string }) =>
      api.post(CREATE, { path: { slug: project }, body: request, idempotencyKey: key }),
    onSuccess: () => client.invalidateQueries({ queryKey: batchesKey(project) }),
  });
}
