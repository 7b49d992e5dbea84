import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../../../api/client";
import { useProject } from "../../../api/project";
import { useLocale } from "../../../lib/locale";
import { useTexts } from "../../../lib/texts";
import { texts } from "../texts";

const aspectsQuery = (project: string) =>
  queryOptions({
    queryKey: ["aspects", project],
    queryFn: ({ signal }) => api.get("/api/v1/projects/{slug}/aspects", { path: { slug: project }, signal }),
    staleTime: 60_000,
  });

/** An aspect's name in the language of the pages; retired ones are shown by their key. */
export function useAspectName(): (key: string) => string {
  const project = useProject();
  const language = useLocale().startsWith("zh") ? "zh" : "en";
  const aspects = useQuery(aspectsQuery(project.slug));
  const { overall } = useTexts(texts);
  return (key) =>
    (key === "overall" ? overall : undefined) ??
    aspects.data?.results.find((aspect) => aspect.key === key)?.names[language] ??
    key.replaceAll("_", " ");
}
