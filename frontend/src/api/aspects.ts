import { queryOptions, useQuery } from "@tanstack/react-query";
import { nameIn, useLocale } from "../lib/locale";
import { defineTexts, useTexts } from "../lib/texts";
import { api } from "./client";
import { useProject } from "./project";

const texts = defineTexts({ overall: "Overall" }, { overall: "整体" });

export const aspectsQuery = (project: string) =>
  queryOptions({
    queryKey: ["aspects", project],
    queryFn: ({ signal }) => api.get("/api/v1/projects/{slug}/aspects", { path: { slug: project }, signal }),
    staleTime: 60_000,
  });

/** An aspect's name in the language of the pages; one that is not in use any more is shown by its key. */
export function useAspectName(): (key: string) => string {
  const project = useProject();
  const locale = useLocale();
  const aspects = useQuery(aspectsQuery(project.slug));
  const t = useTexts(texts);
  return (key) =>
    key === "overall"
      ? t.overall
      : nameIn(
          aspects.data?.results.find((aspect) => aspect.key === key)?.names,
          locale,
          key.replaceAll("_", " "),
        );
}

/** Keys in the order in which the project has its aspects; one that is not in use any more comes last. */
export function useAspectOrder(): (keys: readonly string[]) => string[] {
  const project = useProject();
  const aspects = useQuery(aspectsQuery(project.slug));
  const place = new Map(aspects.data?.results.map((aspect, index) => [aspect.key, index]));
  const at = (key: string) => place.get(key) ?? place.size;
  return (keys) => keys.toSorted((one, other) => at(one) - at(other));
}
