import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client";

export const endpointChoicesQuery = (project: string) =>
  queryOptions({
    queryKey: ["endpoints", project],
    queryFn: ({ signal }) =>
      api.get("/api/v1/projects/{slug}/endpoints", { path: { slug: project }, signal }),
  });
