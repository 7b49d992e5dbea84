import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const ASPECTS = "/api/v1/projects/{slug}/aspects";
const GUIDELINES = "/api/v1/projects/{slug}/guidelines";
export type Aspect = Reply<typeof ASPECTS, "get">["results"][number];
export type Guideline = Reply<typeof GUIDELINES, "get">["results"][number];
export type GuidelineText = Guideline["texts"][string];

export const aspectsQuery = (project: string) =>
  queryOptions({
    queryKey: ["aspects", project],
    queryFn: ({ signal }) => api.get(ASPECTS, { path: { slug: project }, signal }),
  });

export const guidelinesQuery = (project: string) =>
  queryOptions({
    queryKey: ["guidelines", project],
    queryFn: ({ signal }) => api.get(GUIDELINES, { path: { slug: project }, signal }),
  });

export function usePublish(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { texts: Record<string, GuidelineText>; note: string }) =>
      api.post(GUIDELINES, { path: { slug: project }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: ["guidelines", project] }),
  });
}
