import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/prompts";
const PREVIEW = "/api/v1/projects/{slug}/prompts/preview";
export type PromptRow = Reply<typeof PATH, "get">["results"][number];
export type PromptRequest = Body<typeof PATH, "post">;
export type PromptPreview = Reply<typeof PREVIEW, "post">;

export const promptsQuery = (project: string) =>
  queryOptions({
    queryKey: ["prompts", project],
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project }, signal }),
  });

export function useSavePrompt(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PromptRequest) => api.post(PATH, { path: { slug: project }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["prompts", project] }),
  });
}

/** What a model would see of this text on a real question. */
export const usePreview = (project: string) =>
  useMutation({
    mutationFn: (body: Body<typeof PREVIEW, "post">) => api.post(PREVIEW, { path: { slug: project }, body }),
  });
