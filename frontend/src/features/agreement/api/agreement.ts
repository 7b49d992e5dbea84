import { queryOptions } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/agreement";
export type Agreement = Reply<typeof PATH, "get">;
export type AgreementAspect = Agreement["aspects"][number];
export type By = "defect" | "severity";

export const agreementQuery = (project: string, by: By, batch: string | null) =>
  queryOptions({
    queryKey: ["agreement", project, by, batch],
    queryFn: ({ signal }) =>
      api.get(PATH, { path: { slug: project }, query: { by, ...(batch ? { batch } : {}) }, signal }),
    staleTime: 30_000,
  });

export const differingQuery = (project: string, aspect: string, slot: string | null) =>
  queryOptions({
    queryKey: ["agreement-samples", project, aspect, slot],
    queryFn: ({ signal }) =>
      api.get("/api/v1/projects/{slug}/agreement/samples", {
        path: { slug: project },
        query: { aspect, ...(slot ? { slot } : {}) },
        signal,
      }),
  });
