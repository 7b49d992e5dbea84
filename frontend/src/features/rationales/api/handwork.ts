import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";

const WRITE = "/api/v1/projects/{slug}/rationales/writing-batches";
const READ = "/api/v1/projects/{slug}/rationales/reading-batches";
const REVISE = "/api/v1/projects/{slug}/rationales/revising-batches";

export type HandworkBatch = Reply<typeof WRITE, "post">;

/** A batch in which people write rationales, one question a piece. */
export function useMakeWriting(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<typeof WRITE, "post">) => api.post(WRITE, { path: { slug: project }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["batches", project] }),
  });
}

/** A batch in which people read, sentence by sentence, what passed its checks. */
export function useMakeReading(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<typeof READ, "post">) => api.post(READ, { path: { slug: project }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["batches", project] }),
  });
}

/** A batch in which people revise what failed a check. */
export function useMakeRevising(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<typeof REVISE, "post">) => api.post(REVISE, { path: { slug: project }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["batches", project] }),
  });
}
