import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client";

export const sampleQuery = (project: string, sample: string) =>
  queryOptions({
    queryKey: ["sample", project, sample],
    queryFn: ({ signal }) =>
      api.get("/api/v1/projects/{slug}/samples/by-id/{external_id}", {
        path: { slug: project, external_id: sample },
        signal,
      }),
  });
