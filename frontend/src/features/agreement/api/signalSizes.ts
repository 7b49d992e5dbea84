import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/agreement/signals";
export type Sizes = Reply<typeof PATH, "get">;

export const sizesQuery = (project: string) =>
  queryOptions({
    queryKey: ["agreement", project, "signal-sizes"],
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project }, signal }),
  });

export function useSetSizes(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (sizes: Sizes) => api.put(PATH, { path: { slug: project }, body: { sizes } }),
    // The figures are made again with them; the page then asks until they are.
    onSuccess: () => client.invalidateQueries({ queryKey: ["agreement", project] }),
  });
}
