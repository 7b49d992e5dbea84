import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const BROWSERS = "/api/v1/session/browsers";
const BROWSER = "/api/v1/session/browsers/{browser}";
const PASSWORD = "/api/v1/session/password";
export type Browser = Reply<typeof BROWSERS, "get">["results"][number];

export const browsersQuery = queryOptions({
  queryKey: ["browsers"],
  queryFn: ({ signal }) => api.get(BROWSERS, { signal }),
});

export function useBrowsers() {
  const client = useQueryClient();
  const done = { onSettled: () => client.invalidateQueries({ queryKey: browsersQuery.queryKey }) };
  const end = useMutation({
    mutationFn: (browser: string) => api.delete(BROWSER, { path: { browser } }),
    ...done,
  });
  const endOthers = useMutation({
    mutationFn: (others: readonly string[]) =>
      Promise.all(others.map((browser) => api.delete(BROWSER, { path: { browser } }))),
    ...done,
  });
  const password = useMutation({
    mutationFn: (body: { old: string; new: string }) => api.post(PASSWORD, { body }),
    ...done,
  });
  return { end, endOthers, password };
}
