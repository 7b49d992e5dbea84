import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../../../api/client";

export const batchQuery = (project: string, batch: string) =>
  queryOptions({
    queryKey: ["batch", project, batch],
    queryFn: ({ signal }) =>
      api.get("/api/v1/projects/{slug}/batches/{batch_id}", {
        path: { slug: project, batch_id: batch },
        signal,
      }),
  });

export const useBatch = (project: string, batch: string) => useQuery(batchQuery(project, batch));
