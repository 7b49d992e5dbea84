import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";
import type { Member } from "../../../api/members";

const MEMBER = "/api/v1/projects/{slug}/members/{user_id}";
const INVITATIONS = "/api/v1/projects/{slug}/invitations";
const INVITATION = "/api/v1/projects/{slug}/invitations/{invitation_id}";
export type Invitation = Reply<typeof INVITATIONS, "get">["results"][number];
export type RoleWord = Member["role"];

export const invitationsQuery = (project: string) =>
  queryOptions({
    queryKey: ["invitations", project],
    queryFn: ({ signal }) => api.get(INVITATIONS, { path: { slug: project }, signal }),
  });

export function useMembers(project: string) {
  const client = useQueryClient();
  const done = { onSettled: () => client.invalidateQueries({ queryKey: ["members", project] }) };
  const change = useMutation({
    mutationFn: ({ user, role }: { user: number; role: RoleWord }) =>
      api.patch(MEMBER, { path: { slug: project, user_id: user }, body: { role } }),
    ...done,
  });
  const remove = useMutation({
    mutationFn: (user: number) => api.delete(MEMBER, { path: { slug: project, user_id: user } }),
    ...done,
  });
  return { change, remove };
}

export function useInvitations(project: string) {
  const client = useQueryClient();
  const done = { onSettled: () => client.invalidateQueries({ queryKey: ["invitations", project] }) };
  const invite = useMutation({
    mutationFn: (body: { role: RoleWord; note: string }) =>
      api.post(INVITATIONS, { path: { slug: project }, body }),
    ...done,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => api.delete(INVITATION, { path: { slug: project, invitation_id: id } }),
    ...done,
  });
  return { invite, revoke };
}
