import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client";

export const aspectsQuery = (project: string) =>
  queryOptions({
    queryKey: ["aspects", project],
    queryFn: ({ signal }) => api.get("/api/v1/projects/{slug}/aspects", { path: { slug: project }, signal }),
    staleTime: 300_000,
  });
