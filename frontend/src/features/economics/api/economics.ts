import { queryOptions } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/economics";
export type WayRow = Reply<typeof PATH, "get">["results"][number];

export const economicsQuery = (project: string) =>
  queryOptions({
    queryKey: ["economics", project],
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project }, signal }),
  });
