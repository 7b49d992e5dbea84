import { useCallback, useEffect, useRef, useState } from "react";
import { useMe } from "../../../api/session";
import { deskApi } from "../api/desk";
import type { Turn } from "./desk";
import { type Draft, type DraftKeeper, draftKey, keepDraft } from "./drafts";

/** Keeps what is entered for one turn; the component is mounted anew for the next one. */
export function useDraft(turn: Turn, project: string, batch: string) {
  const { user } = useMe();
  const [conflict, setConflict] = useState(false);
  const keeper = useRef<DraftKeeper | null>(null);
  const id = turn.claimed.assignment_id;
  const begun = useRef(turn.draft?.version ?? 0);
  useEffect(() => {
    const api = deskApi(project, batch);
    const mine = keepDraft({
      key: draftKey(user.id, id),
      version: begun.current,
      store: (version, body) => api.saveDraft(id, version, body),
      conflict: () => setConflict(true),
    });
    keeper.current = mine;
    return () => void mine.settle().finally(() => mine.stop());
  }, [id, project, batch, user.id]);
  const save = useCallback((body: Draft["body"]) => keeper.current?.save(body), []);
  /** The result goes to the outbox, or the piece is passed on: nothing more is kept of it here. */
  const stop = useCallback(() => keeper.current?.stop(), []);
  return { conflict, save, stop };
}
