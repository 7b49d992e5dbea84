import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { aspectsQuery as aspects } from "../../../api/aspects";
import { api, type Body, type Reply } from "../../../api/client";

const ASPECTS = "/api/v1/projects/{slug}/aspects";
const ASPECT = "/api/v1/projects/{slug}/aspects/{key}";
const RESTORE = "/api/v1/projects/{slug}/aspects/{key}/restore";
const RULE = "/api/v1/projects/{slug}/rule";
const HISTORY = "/api/v1/projects/{slug}/settings/history";
export type AspectList = Reply<typeof ASPECTS, "get">;
export type Aspect = AspectList["results"][number];
export type NewAspect = Body<typeof ASPECTS, "post">;
export type AspectChange = Body<typeof ASPECT, "patch">;
export type Threshold = Body<typeof RULE, "put">["threshold"];

/** Who changes them sees them as they are now. */
export const aspectsQuery = (project: string) => ({ ...aspects(project), staleTime: 0 });

export const historyQuery = (project: string) =>
  queryOptions({
    queryKey: ["settings-history", project],
    queryFn: ({ signal }) => api.get(HISTORY, { path: { slug: project }, signal }),
  });

/** What a lead may do with aspects and the rule; every one of them moves the list, its history and the answers. */
export function useAspectChanges(project: string) {
  const client = useQueryClient();
  const path = { slug: project };
  const onSettled = () =>
    Promise.all(
      ["aspects", "settings-history", "recount", "guidelines"].map((name) =>
        client.invalidateQueries({ queryKey: [name, project] }),
      ),
    );
  return {
    add: useMutation({ mutationFn: (body: NewAspect) => api.post(ASPECTS, { path, body }), onSettled }),
    change: useMutation({
      mutationFn: ({ key, body }: { key: string; body: AspectChange }) =>
        api.patch(ASPECT, { path: { ...path, key }, body }),
      onSettled,
    }),
    order: useMutation({
      mutationFn: (keys: string[]) => api.put(ASPECTS, { path, body: { keys } }),
      onSettled,
    }),
    retire: useMutation({
      mutationFn: (key: string) => api.delete(ASPECT, { path: { ...path, key } }),
      onSettled,
    }),
    restore: useMutation({
      mutationFn: (key: string) => api.post(RESTORE, { path: { ...path, key } }),
      onSettled,
    }),
    rule: useMutation({
      mutationFn: (threshold: Threshold) => api.put(RULE, { path, body: { threshold } }),
      onSettled,
    }),
  };
}
