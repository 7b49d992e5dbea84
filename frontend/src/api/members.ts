import { queryOptions } from "@tanstack/react-query";
import { api, type Reply } from "./client";

const MEMBERS = "/api/v1/projects/{slug}/members";
export type Member = Reply<typeof MEMBERS, "get">["results"][number];

export const membersQuery = (project: string) =>
  queryOptions({
    queryKey: ["members", project],
    queryFn: ({ signal }) => api.get(MEMBERS, { path: { slug: project }, signal }),
  });

/** Members as a field offers them. */
export const asOptions = (members: readonly Member[] = []) =>
  members.map((member) => ({ value: String(member.user_id), label: member.name || member.username }));
