import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { api, type Body } from "../../../api/client";

type Revision = Body<"/api/v1/projects/{slug}/decisions/{annotation_id}/revise", "post">;

/** Replaces one's own submitted opinion; sent again it is still one revision. */
export function useRevise(project: string, annotation: number) {
  const client = useQueryClient();
  const key = useRef(crypto.randomUUID());
  return useMutation({
    mutationFn: (body: Revision) =>
      api.post("/api/v1/projects/{slug}/decisions/{annotation_id}/revise", {
        path: { slug: project, annotation_id: annotation },
        body,
        idempotencyKey: key.current,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["decisions", project] }),
  });
}
