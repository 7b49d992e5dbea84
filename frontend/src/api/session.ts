import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { adoptLocale, type Locale } from "../lib/locale";
import { api } from "./client";
import type { components } from "./generated/schema";
import { isProblem } from "./problem";

export type Session = components["schemas"]["SessionDetail"];
export type ProjectBrief = components["schemas"]["ProjectBrief"];
export type Role = "annotator" | "reviewer" | "lead";

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => api.get("/api/v1/session", { signal }),
  staleTime: 60_000,
  // A server that is away is asked again; one that says "sign in" is not.
  refetchInterval: (query) =>
    query.state.error && !isProblem(query.state.error, "not_signed_in") ? 4_000 : false,
});

export const useSession = () => useQuery(sessionQuery);

/** Who is signed in; only below the gate that asks for it. */
export function useMe(): Session {
  const session = useSession();
  if (!session.data) throw new Error("useMe outside the signed-in part of the pages");
  return session.data;
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { username: string; password: string }) => api.post("/api/v1/session", { body }),
    onSuccess: (session) => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, session);
      adoptLocale(session.user.locale);
    },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete("/api/v1/session"),
    onSuccess: () => client.clear(),
  });
}

/** The language chosen here also becomes the one of the profile, for other browsers. */
export function useSaveLocale() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (code: Locale) => api.patch("/api/v1/session/profile", { body: { locale: code } }),
    onSuccess: (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      // What the server said (a check's findings, why an import failed) is asked for again in the new language.
      void client.invalidateQueries();
    },
  });
}

/** One's own keys, all of them; they hold in every browser. */
export function useSaveKeys() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (keys: Record<string, Record<string, string>>) =>
      api.put("/api/v1/session/keys", { body: { keys } }),
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
  });
}

/** One's own phrases, all of them, by place; they hold in every browser. */
export function useSavePhrases() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (phrases: string[]) => api.put("/api/v1/session/phrases", { body: { phrases } }),
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
  });
}

const RANK: readonly Role[] = ["annotator", "reviewer", "lead"];
export const covers = (role: Role | null, needed: Role): boolean =>
  role !== null && RANK.indexOf(role) >= RANK.indexOf(needed);
