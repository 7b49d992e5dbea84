import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Body } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/agreement/people/{user_id}/second-opinions";

/** On how many pieces this person's opinion is the only one. */
export const aloneQuery = (project: string, user: number) =>
  queryOptions({
    queryKey: ["agreement", project, "alone", user],
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project, user_id: user }, signal }),
  });

/** A batch in which others say it again. */
export function useSecondOpinions(project: string, user: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: Body<typeof PATH, "post"> & { key: string }) =>
      api.post(PATH, { path: { slug: project, user_id: user }, body, idempotencyKey: key }),
    onSuccess: () => client.invalidateQueries({ queryKey: aloneQuery(project, user).queryKey }),
  });
}
