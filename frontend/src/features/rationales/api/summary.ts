import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client";

export const summaryQuery = (project: string) =>
  queryOptions({
    queryKey: ["rationale-summary", project],
    queryFn: ({ signal }) =>
      api.get("/api/v1/projects/{slug}/rationales/summary", { path: { slug: project }, signal }),
    refetchInterval: 10_000,
  });
