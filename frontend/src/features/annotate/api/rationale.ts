import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { api, type Body } from "../../../api/client";
import type { components } from "../../../api/generated/schema";

export type RationaleTask = components["schemas"]["RationaleTask"];
export type Finding = components["schemas"]["Finding"];
type CheckBody = Body<"/api/v1/projects/{slug}/assignments/{assignment_id}/rationale/check", "post">;

export const READ = "/api/v1/projects/{slug}/assignments/{assignment_id}/reading";
export const WRITE = "/api/v1/projects/{slug}/assignments/{assignment_id}/rationale";

export const rationaleTaskQuery = (project: string, assignment: number, fence: number) =>
  queryOptions({
    queryKey: ["rationale-task", project, assignment, fence],
    queryFn: ({ signal }) => api.get(WRITE, { path: { slug: project, assignment_id: assignment }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useRationaleTask = (project: string, assignment: number, fence: number) =>
  useQuery(rationaleTaskQuery(project, assignment, fence));

/** What the checks say of a text that is still being written; asked again whenever the text has settled. */
export const useChecks = (project: string, assignment: number, body: CheckBody | null) =>
  useQuery({
    queryKey: ["rationale-check", project, assignment, body],
    queryFn: ({ signal }) =>
      api.post("/api/v1/projects/{slug}/assignments/{assignment_id}/rationale/check", {
        path: { slug: project, assignment_id: assignment },
        body: body ?? { sentences: [] },
        signal,
      }),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
