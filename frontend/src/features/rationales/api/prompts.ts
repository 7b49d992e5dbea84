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

const VERSIONS = "/api/v1/projects/{slug}/prompt-versions";
const OFFERS = "/api/v1/projects/{slug}/prompts/offers";
export type PromptVersions = Reply<typeof VERSIONS, "get">;
export type PromptOffer = Reply<typeof PATH, "get">["offers"][number];

/** Two versions side by side: texts, figures, failures. */
export const versionsQuery = (project: string, before: string, after: string) =>
  queryOptions({
    queryKey: ["prompt-versions", project, before, after],
    queryFn: ({ signal }) => api.get(VERSIONS, { path: { slug: project }, query: { before, after }, signal }),
  });

const DECLINE = "/api/v1/projects/{slug}/prompts/offers/decline";

/** An offered default is not wanted; it comes back once its texts change. */
export function useDeclineOffer(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<typeof DECLINE, "post">) => api.post(DECLINE, { path: { slug: project }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: ["prompts", project] }),
  });
}

/** Takes an offered default as the next version of its name. */
export function useTakeOffer(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<typeof OFFERS, "post">) => api.post(OFFERS, { path: { slug: project }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: ["prompts", project] }),
  });
}
