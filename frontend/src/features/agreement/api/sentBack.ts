import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client";

export const sentBackQuery = (project: string) =>
  queryOptions({
    queryKey: ["sent-back-open", project],
    queryFn: ({ signal }) =>
      api.get("/api/v1/projects/{slug}/sent-back", { path: { slug: project }, signal }),
  });
