import { queryOptions } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/releases/{name}/card";
export type Card = Reply<typeof PATH, "get">;

/** A frozen release's card never changes. */
export const cardQuery = (project: string, name: string) =>
  queryOptions({
    queryKey: ["release-card", project, name],
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project, name }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
