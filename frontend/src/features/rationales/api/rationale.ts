import { queryOptions } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/rationales/{rationale_id}";
export type RationaleDetail = Reply<typeof PATH, "get">;

export const rationaleQuery = (project: string, rationale: number) =>
  queryOptions({
    queryKey: ["rationale", project, rationale],
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project, rationale_id: rationale }, signal }),
  });
