import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client";

export const membersQuery = (project: string) =>
  queryOptions({
    queryKey: ["members", project],
    queryFn: ({ signal }) => api.get("/api/v1/projects/{slug}/members", { path: { slug: project }, signal }),
  });
