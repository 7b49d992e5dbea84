import { api } from "../../../api/client";
import type { ClaimReply, SkipReason } from "./shapes";

/** The requests of somebody at work in one batch. Not queries: each changes what is held. */
export interface DeskApi {
  claim(count: number, known: readonly number[]): Promise<ClaimReply>;
  beat(
    assignment: number,
    fence: number,
    activeMs: number,
  ): Promise<{ lease_until: string; active_ms: number }>;
  saveDraft(assignment: number, version: number, body: Record<string, unknown>): Promise<void>;
  skip(assignment: number, fence: number, reason: SkipReason, note: string): Promise<void>;
  giveBack(assignment: number, fence: number): Promise<void>;
}

export function deskApi(project: string, batch: string): DeskApi {
  const at = (assignment: number) => ({ slug: project, assignment_id: assignment });
  return {
    claim: (count, known) =>
      api.post("/api/v1/projects/{slug}/batches/{batch_id}/claim", {
        path: { slug: project, batch_id: batch },
        body: { count, known: [...known] },
      }),
    beat: (assignment, fence, activeMs) =>
      api.post("/api/v1/projects/{slug}/assignments/{assignment_id}/heartbeat", {
        path: at(assignment),
        body: { fence, active_ms: activeMs },
      }),
    saveDraft: async (assignment, version, body) => {
      await api.put("/api/v1/projects/{slug}/assignments/{assignment_id}/draft", {
        path: at(assignment),
        body: { version, body },
      });
    },
    skip: async (assignment, fence, reason, note) => {
      await api.post("/api/v1/projects/{slug}/assignments/{assignment_id}/skip", {
        path: at(assignment),
        body: { fence, reason, note },
      });
    },
    // The page may be closing: the browser finishes this request without it.
    giveBack: async (assignment, fence) => {
      await api.post("/api/v1/projects/{slug}/assignments/{assignment_id}/return", {
        path: at(assignment),
        body: { fence },
        keepalive: true,
      });
    },
  };
}
