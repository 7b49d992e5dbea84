import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const TOKENS = "/api/v1/session/tokens";
const TOKEN = "/api/v1/session/tokens/{token_id}";
export type Token = Reply<typeof TOKENS, "get">["results"][number];

export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: ({ signal }) => api.get(TOKENS, { signal }),
});

export function useTokens() {
  const client = useQueryClient();
  const done = { onSettled: () => client.invalidateQueries({ queryKey: tokensQuery.queryKey }) };
  const create = useMutation({
    mutationFn: (name: string) => api.post(TOKENS, { body: { name } }),
    gcTime: 0, // the secret is shown once and not kept
    ...done,
  });
  const revoke = useMutation({
    mutationFn: (token: string) => api.delete(TOKEN, { path: { token_id: token } }),
    ...done,
  });
  return { create, revoke };
}
