import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client";
import { type Scope, scopeQuery } from "./agreement";

/** Which figure's samples are meant: it stands in the address, so that a colleague opens the same list. */
export interface Behind {
  readonly aspect: string | null;
  readonly slot?: string | null;
  /** Two user ids, the lower first: `12,34`. */
  readonly pair?: string | null;
  readonly person?: string | null;
  readonly model?: boolean;
}

export const behindQuery = (project: string, asked: Behind, scope: Scope) =>
  queryOptions({
    queryKey: ["agreement", project, "behind", asked, scope],
    queryFn: ({ signal }) =>
      api.get("/api/v1/projects/{slug}/agreement/samples", {
        path: { slug: project },
        query: {
          ...scopeQuery(scope),
          ...(asked.aspect ? { aspect: asked.aspect } : {}),
          ...(asked.slot ? { slot: asked.slot } : {}),
          ...(asked.pair ? { pair: asked.pair } : {}),
          ...(asked.person ? { person: Number(asked.person) } : {}),
          ...(asked.model ? { model: true } : {}),
        },
        signal,
      }),
  });
