import { queryOptions } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/samples/by-id/{external_id}/life";
export type Life = Reply<typeof PATH, "get">;

export const lifeQuery = (project: string, sample: string) =>
  queryOptions({
    queryKey: ["life", project, sample],
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project, external_id: sample }, signal }),
  });
