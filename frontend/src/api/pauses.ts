import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "./client";

/** Lift the pause of somebody who fell below a batch's gold floor. */
export function useLetGoOn(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ batch, user }: { batch: string; user: number }) =>
      api.post("/api/v1/projects/{slug}/batches/{batch_id}/people/{user_id}/resume", {
        path: { slug: project, batch_id: batch, user_id: user },
      }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["batch", project] }),
        client.invalidateQueries({ queryKey: ["agreement", project, "people"] }),
      ]),
  });
}
