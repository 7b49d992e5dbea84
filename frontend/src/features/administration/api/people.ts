import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PEOPLE = "/api/v1/administration/people";
const PERSON = "/api/v1/administration/people/{user_id}";
const RESET = "/api/v1/administration/people/{user_id}/reset-link";
export type Person = Reply<typeof PEOPLE, "get">["results"][number];

export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: ({ signal }) => api.get(PEOPLE, { signal }),
});

export function usePeople() {
  const client = useQueryClient();
  const done = { onSettled: () => client.invalidateQueries({ queryKey: ["people"] }) };
  const create = useMutation({
    mutationFn: (body: { username: string; name: string; password: string; is_administrator: boolean }) =>
      api.post(PEOPLE, { body }),
    ...done,
  });
  const change = useMutation({
    mutationFn: ({ user, ...body }: { user: number; is_active?: boolean; is_administrator?: boolean }) =>
      api.patch(PERSON, { path: { user_id: user }, body }),
    ...done,
  });
  const reset = useMutation({
    mutationFn: (user: number) => api.post(RESET, { path: { user_id: user } }),
  });
  return { create, change, reset };
}
