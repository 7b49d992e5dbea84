import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../../../api/client";

export const reviewQuery = (project: string, assignment: number, fence: number) =>
  queryOptions({
    queryKey: ["review", project, assignment, fence],
    queryFn: ({ signal }) =>
      api.get("/api/v1/projects/{slug}/reviews/{assignment_id}", {
        path: { slug: project, assignment_id: assignment },
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useReview = (project: string, assignment: number, fence: number) =>
  useQuery(reviewQuery(project, assignment, fence));

export const REVIEW = "/api/v1/projects/{slug}/reviews/{assignment_id}";
