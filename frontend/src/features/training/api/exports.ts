import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/training/exports";
export type ExportRow = Reply<typeof PATH, "get">["results"][number];
export type ExportRequest = Body<typeof PATH, "post">;

export const exportFile = (project: string, id: string): string =>
  `/api/v1/projects/${project}/training/exports/${id}/file`;

export const exportsQuery = (project: string, release: string) =>
  queryOptions({
    queryKey: ["exports", project, release],
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project }, query: { release }, signal }),
    refetchInterval: (query) =>
      query.state.data?.results.some((row) => row.state === "waiting" || row.state === "running")
        ? 1_500
        : false,
  });

export function useAskExport(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: ExportRequest) => api.post(PATH, { path: { slug: project }, body: request }),
    onSuccess: (_, request) => client.invalidateQueries({ queryKey: ["exports", project, request.release] }),
  });
}
