import { queryOptions } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/endpoints";
export type EndpointChoice = Reply<typeof PATH, "get">["results"][number];

export const endpointChoicesQuery = (project: string) =>
  queryOptions({
    queryKey: ["endpoints", project],
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project }, signal }),
  });
