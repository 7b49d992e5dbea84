import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../../../api/client";

/** Belongs to one turn and its fence: never reused for a later one. */
export const adjudicationQuery = (project: string, assignment: number, fence: number) =>
  queryOptions({
    queryKey: ["adjudication", project, assignment, fence],
    queryFn: ({ signal }) =>
      api.get("/api/v1/projects/{slug}/adjudications/{assignment_id}", {
        path: { slug: project, assignment_id: assignment },
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useAdjudication = (project: string, assignment: number, fence: number) =>
  useQuery(adjudicationQuery(project, assignment, fence));

export const RULE = "/api/v1/projects/{slug}/adjudications/{assignment_id}";
