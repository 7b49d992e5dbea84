import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";

const DRAFTS = "/api/v1/projects/{slug}/batch-drafts";
const DRAFT = "/api/v1/projects/{slug}/batch-drafts/{draft_id}";
export type DraftRow = Reply<typeof DRAFTS, "get">["results"][number];
export type DraftDetail = Reply<typeof DRAFT, "get">;

export const draftsKey = (project: string) => ["batch-drafts", project] as const;

export const draftsQuery = (project: string) =>
  queryOptions({
    queryKey: draftsKey(project),
    queryFn: ({ signal }) => api.get(DRAFTS, { path: { slug: project }, signal }),
  });

/** Never read from the cache: another lead may have saved it since. */
export const draftQuery = (project: string, id: string) =>
  queryOptions({
    queryKey: [...draftsKey(project), id],
    queryFn: ({ signal }) => api.get(DRAFT, { path: { slug: project, draft_id: id }, signal }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Keeping what is typed, and throwing it away. `row`: the draft as it was last seen, null before the first time. */
export function useDraft(project: string) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: draftsKey(project), exact: true });
  return {
    save: useMutation({
      mutationFn: ({ row, ...body }: Body<typeof DRAFTS, "post"> & { row: DraftRow | null }) =>
        row === null
          ? api.post(DRAFTS, { path: { slug: project }, body })
          : api.put(DRAFT, {
              path: { slug: project, draft_id: row.id },
              body: { ...body, version: row.version },
            }),
      onSuccess,
    }),
    discard: useMutation({
      mutationFn: (id: string) => api.delete(DRAFT, { path: { slug: project, draft_id: id } }),
      onSuccess,
    }),
  };
}
