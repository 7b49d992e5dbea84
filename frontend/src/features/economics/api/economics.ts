import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body, type Query, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/economics";
const RATES = "/api/v1/projects/{slug}/economics/rates";
export type Economics = Reply<typeof PATH, "get">;
export type GroupRow = Economics["results"][number];
export type By = NonNullable<NonNullable<Query<typeof PATH, "get">>["by"]>;

/** `qualityOf`: key of the group to whose accept rate the others are sorted; "": as it is. */
export const economicsQuery = (project: string, by: By, qualityOf: string) =>
  queryOptions({
    queryKey: ["economics", project, by, qualityOf],
    queryFn: ({ signal }) =>
      api.get(PATH, {
        path: { slug: project },
        query: qualityOf ? { by, quality_of: qualityOf } : { by },
        signal,
      }),
  });

export function useEnterRate(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<typeof RATES, "post">) => api.post(RATES, { path: { slug: project }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["economics", project] }),
  });
}
