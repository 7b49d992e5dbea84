import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../api/client";
import type { GuidelineText } from "../../../api/guidelines";

const GUIDELINES = "/api/v1/projects/{slug}/guidelines";

export function usePublish(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { texts: Record<string, GuidelineText>; note: string }) =>
      api.post(GUIDELINES, { path: { slug: project }, body }),
    onSettled: () =>
      Promise.all(
        ["guidelines", "outdated"].map((name) => client.invalidateQueries({ queryKey: [name, project] })),
      ),
  });
}
