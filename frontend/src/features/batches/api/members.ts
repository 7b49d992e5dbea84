import { queryOptions } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

export const membersQuery = (project: string) =>
  queryOptions({
    queryKey: ["members", project],
    queryFn: ({ signal }) => api.get("/api/v1/projects/{slug}/members", { path: { slug: project }, signal }),
  });

type Member = Reply<"/api/v1/projects/{slug}/members", "get">["results"][number];

/** Who can be asked to work, as a field offers them. */
export const asOptions = (members: readonly Member[] = []) =>
  members
    .filter((member) => member.is_active)
    .map((member) => ({ value: String(member.user_id), label: member.name || member.username }));
