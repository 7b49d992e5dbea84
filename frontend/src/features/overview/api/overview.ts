import { queryOptions } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/overview";
export type Overview = Reply<typeof PATH, "get">;
export type Need = Overview["needs"][number];

/** The loop in numbers; asked again while somebody looks. */
export const overviewQuery = (project: string) =>
  queryOptions({
    queryKey: ["overview", project],
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project }, signal }),
    refetchInterval: 5_000,
  });
