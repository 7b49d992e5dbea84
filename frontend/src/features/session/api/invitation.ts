import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../api/client";
import { sessionQuery } from "../../../api/session";

const PATH = "/api/v1/invitations/{secret}";

export const invitationQuery = (secret: string) =>
  queryOptions({
    queryKey: ["invitation", secret],
    queryFn: ({ signal }) => api.get(PATH, { path: { secret }, signal }),
    retry: false,
  });

export function useAccept(secret: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { username: string; name: string; password: string }) =>
      api.post(PATH, { path: { secret }, body }),
    onSuccess: (session) => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, session);
    },
  });
}
