import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/trials";
const PLAN = "/api/v1/projects/{slug}/trials/plan";
const ONE = "/api/v1/projects/{slug}/trials/{trial_id}";
const LOOK = "/api/v1/projects/{slug}/trials/{trial_id}/look";
const CANCEL = "/api/v1/projects/{slug}/trials/{trial_id}/cancel";
export type TrialRow = Reply<typeof PATH, "get">["results"][number];
export type Trial = Reply<typeof ONE, "get">;
export type ArmResult = NonNullable<Trial["decision"]>["arms"][number];
export type NewTrial = Body<typeof PATH, "post">;
export type Rule = NonNullable<NewTrial["rule"]>;

const listKey = (project: string) => ["trials", project] as const;
const oneKey = (project: string, trial: string) => ["trial", project, trial] as const;

export const trialsQuery = (project: string) =>
  queryOptions({
    queryKey: listKey(project),
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project }, signal }),
  });

/** Asked again while it runs: runs and auditors go on meanwhile. */
export const trialQuery = (project: string, trial: string) =>
  queryOptions({
    queryKey: oneKey(project, trial),
    queryFn: ({ signal }) => api.get(ONE, { path: { slug: project, trial_id: trial }, signal }),
    refetchInterval: (query) => (query.state.data?.state === "running" ? 5000 : false),
  });

export const planQuery = (
  project: string,
  query: {
    arms: number;
    per_arm: number;
    margin: number;
    confidence: number;
    rule: Rule;
    looks: number;
    rate: number;
  },
) =>
  queryOptions({
    queryKey: ["trial-plan", project, query],
    queryFn: ({ signal }) => api.get(PLAN, { path: { slug: project }, query, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const promptChoicesQuery = (project: string) =>
  queryOptions({
    queryKey: ["prompts", project],
    queryFn: ({ signal }) => api.get("/api/v1/projects/{slug}/prompts", { path: { slug: project }, signal }),
  });

export const endpointChoicesQuery = (project: string) =>
  queryOptions({
    queryKey: ["endpoints", project],
    queryFn: ({ signal }) =>
      api.get("/api/v1/projects/{slug}/endpoints", { path: { slug: project }, signal }),
  });

export function useStartTrial(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewTrial) => api.post(PATH, { path: { slug: project }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: listKey(project) }),
  });
}

/** The next look's lot, or counting the one that is judged. */
export function useLook(project: string, trial: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(LOOK, { path: { slug: project, trial_id: trial } }),
    onSuccess: (found) => client.setQueryData(oneKey(project, trial), found),
  });
}

export function useCancelTrial(project: string, trial: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(CANCEL, { path: { slug: project, trial_id: trial } }),
    onSuccess: (found) => client.setQueryData(oneKey(project, trial), found),
  });
}
