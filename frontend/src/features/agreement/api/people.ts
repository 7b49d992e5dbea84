import { queryOptions } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/agreement/people";
export type People = Reply<typeof PATH, "get">;
export type Person = People["people"][number];
export type PersonFigures = Person["figures"];
export type Signal = PersonFigures["signals"][number];
export type Share = PersonFigures["reviewed"]["accepted_share"];
export type Position = NonNullable<PersonFigures["position"]>;

export const peopleQuery = (project: string) =>
  queryOptions({
    queryKey: ["agreement", project, "people"],
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project }, signal }),
    refetchInterval: (query) => (query.state.data?.standing.due ? 5_000 : false),
  });
