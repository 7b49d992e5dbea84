import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Reply } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/agreement";
const PAIRS = "/api/v1/projects/{slug}/agreement/pairs";
const REFRESH = "/api/v1/projects/{slug}/agreement/refresh";

export type AgreementReply = Reply<typeof PATH, "get">;
export type Standing = AgreementReply["standing"];
export type Agreement = NonNullable<AgreementReply["figures"]>;
export type AgreementAspect = Agreement["aspects"][number];
export type AgreementCell = AgreementAspect["cells"][number];
export type AlphaFigure = AgreementAspect["defect"];
export type OverlapFigure = AgreementAspect["overlap"];
export type Week = Agreement["weeks"][number];
export type Pairs = Reply<typeof PAIRS, "get">;
export type Pair = Pairs["pairs"][number];

/** Figures of everything, of one batch, or of one version of the guideline. */
export interface Scope {
  readonly batch: string | null;
  readonly guideline: string | null;
}
export const scopeQuery = ({ batch, guideline }: Scope) => ({
  ...(batch ? { batch } : {}),
  ...(guideline ? { guideline: Number(guideline) } : {}),
});

/** While newer work is not counted yet, the page looks again by itself. */
const LOOK_AGAIN_MS = 5_000;

export const agreementQuery = (project: string, scope: Scope) =>
  queryOptions({
    queryKey: ["agreement", project, scope],
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project }, query: scopeQuery(scope), signal }),
    refetchInterval: (query) => (query.state.data?.standing.due ? LOOK_AGAIN_MS : false),
  });

export const pairsQuery = (project: string, aspect: string | null, scope: Scope) =>
  queryOptions({
    queryKey: ["agreement", project, "pairs", aspect, scope],
    queryFn: ({ signal }) =>
      api.get(PAIRS, {
        path: { slug: project },
        query: { ...scopeQuery(scope), ...(aspect ? { aspect } : {}) },
        signal,
      }),
  });

export function useRefresh(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(REFRESH, { path: { slug: project } }),
    onSettled: () => client.invalidateQueries({ queryKey: ["agreement", project] }),
  });
}
