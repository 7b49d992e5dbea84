import { queryOptions } from "@tanstack/react-query";
import { api, type Reply } from "./client";

const GUIDELINES = "/api/v1/projects/{slug}/guidelines";
const SAMPLE = "/api/v1/projects/{slug}/samples/by-id/{external_id}";
export type Guideline = Reply<typeof GUIDELINES, "get">["results"][number];
export type GuidelineText = Guideline["texts"][string];
export type Example = NonNullable<GuidelineText["examples"]>[number];

/** Every version, newest first. */
export const guidelinesQuery = (project: string) =>
  queryOptions({
    queryKey: ["guidelines", project],
    queryFn: ({ signal }) => api.get(GUIDELINES, { path: { slug: project }, signal }),
    staleTime: 60_000,
  });

/** A sample an example names, for its pictures. */
export const exampleQuery = (project: string, sample: string) =>
  queryOptions({
    queryKey: ["example", project, sample],
    queryFn: ({ signal }) => api.get(SAMPLE, { path: { slug: project, external_id: sample }, signal }),
    retry: false,
    staleTime: 300_000,
  });
