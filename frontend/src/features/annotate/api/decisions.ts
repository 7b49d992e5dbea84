import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../../../api/client";

export const decisionsQuery = (project: string, batch: string) =>
  queryOptions({
    queryKey: ["decisions", project, batch],
    queryFn: ({ signal }) =>
      api.get("/api/v1/projects/{slug}/decisions", { path: { slug: project }, query: { batch }, signal }),
  });

export const useDecisions = (project: string, batch: string) => useQuery(decisionsQuery(project, batch));
