import { queryOptions, useIsMutating, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/audits/{lot_id}";
const ENTRIES = "/api/v1/projects/{slug}/audits/{lot_id}/entries";
const VERDICT = "/api/v1/projects/{slug}/audits/entries/{entry_id}/verdict";
export type Lot = Reply<typeof PATH, "get">;
export type Entry = Reply<typeof ENTRIES, "get">["results"][number];
export const REASONS = [
  "wrong_conclusion",
  "not_in_picture",
  "misses_defect",
  "contradicts_itself",
  "gives_answer_away",
  "unreadable",
] as const;
export type Reason = (typeof REASONS)[number];
export interface Verdict {
  readonly entry: number;
  readonly accepted: boolean | null;
  readonly reason?: Reason;
  /** The place of the first faulty sentence, where the auditor named one. */
  readonly firstFault?: number | null;
  /** How long the auditor looked at it, in ms. */
  readonly activeMs: number;
}

const lotKey = (project: string, lot: string) => ["lot", project, lot] as const;
const entriesKey = (project: string, lot: string) => ["lot-entries", project, lot] as const;

export const lotQuery = (project: string, lot: string) =>
  queryOptions({
    queryKey: lotKey(project, lot),
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project, lot_id: lot }, signal }),
  });

export const entriesQuery = (project: string, lot: string) =>
  queryOptions({
    queryKey: entriesKey(project, lot),
    queryFn: ({ signal }) => api.get(ENTRIES, { path: { slug: project, lot_id: lot }, signal }),
  });

/** A verdict shows at once and is taken back on screen when the server refuses it. */
const judging = (project: string, lot: string) => ["judging", project, lot] as const;

export function useJudge(project: string, lot: string) {
  const client = useQueryClient();
  return useMutation({
    mutationKey: judging(project, lot),
    mutationFn: ({ entry, accepted, reason, firstFault, activeMs }: Verdict) =>
      api.post(VERDICT, {
        path: { slug: project, entry_id: entry },
        body: { accepted, reason: reason ?? null, first_fault: firstFault ?? null, active_ms: activeMs },
      }),
    onMutate: ({ entry, accepted, reason, firstFault }) => {
      const before = client.getQueryData(entriesQuery(project, lot).queryKey);
      client.setQueryData(
        entriesQuery(project, lot).queryKey,
        (held) =>
          held && {
            results: held.results.map((row) =>
              row.id === entry
                ? { ...row, accepted, reason: reason ?? "", first_fault: firstFault ?? null }
                : row,
            ),
          },
      );
      return before;
    },
    onError: (_error, _verdict, before) => {
      if (before) client.setQueryData(entriesQuery(project, lot).queryKey, before);
    },
    onSettled: () => client.invalidateQueries({ queryKey: lotKey(project, lot) }),
  });
}

/** How many verdicts the server has not confirmed yet: a lot is decided on what it knows, not on what is shown. */
export const useUnsent = (project: string, lot: string): number =>
  useIsMutating({ mutationKey: judging(project, lot) });

export function useDecide(project: string, lot: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (accept: boolean) =>
      api.post(PATH, { path: { slug: project, lot_id: lot }, body: { accept } }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: lotKey(project, lot) }),
        client.invalidateQueries({ queryKey: ["lots", project] }),
      ]),
  });
}
