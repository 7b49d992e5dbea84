import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/rationale-runs/estimate";
export type Estimate = Reply<typeof PATH, "post">;
export type EstimateRequest = Body<typeof PATH, "post">;

/** A dry run, asked again as the form changes; nothing is sent to any endpoint. */
export const estimateQuery = (project: string, body: EstimateRequest | null) =>
  queryOptions({
    queryKey: ["rationale-run-estimate", project, body],
    queryFn: ({ signal }) => {
      if (!body) throw new Error("nothing to estimate yet");
      return api.post(PATH, { path: { slug: project }, body, signal });
    },
    enabled: body !== null,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
