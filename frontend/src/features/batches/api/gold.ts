import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../api/client";

/** Lift the pause of somebody who fell below the batch's gold floor. */
export function useLetGoOn(project: string, batch: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (user: number) =>
      api.post("/api/v1/projects/{slug}/batches/{batch_id}/people/{user_id}/resume", {
        path: { slug: project, batch_id: batch, user_id: user },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ["batch", project, batch] }),
  });
}
