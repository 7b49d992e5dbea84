import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { outboxOf } from "../../../api/outbox";
import { useMe } from "../../../api/session";
import { startActiveClock } from "../../../lib/activeTime";
import type { Outbox } from "../../../lib/outbox";
import { deskApi } from "../api/desk";
import { createDesk, type DeskActions } from "./desk";
import { prefetchPictures } from "./prefetch";

export interface OpenDesk {
  readonly desk: DeskActions;
  readonly outbox: Outbox;
}

/** A desk for one batch, open while the page is. */
export function useDesk(project: string, batch: string, idleMs: number): OpenDesk | null {
  const { user } = useMe();
  const client = useQueryClient();
  const [open, setOpen] = useState<OpenDesk | null>(null);
  const userId = user.id;
  useEffect(() => {
    let here = true;
    let desk: DeskActions | null = null;
    let unlisten: (() => void) | undefined;
    void outboxOf(userId).then((outbox) => {
      if (!here) return;
      desk = createDesk({
        api: deskApi(project, batch),
        outbox,
        clock: startActiveClock(idleMs),
        project,
        batch,
        userId,
        prefetch: prefetchPictures,
      });
      unlisten = outbox.listen((parcel, outcome) => {
        if (outcome.kind === "sent") void client.invalidateQueries({ queryKey: ["decisions", project] });
        if (outcome.kind !== "later")
          void client.invalidateQueries({ queryKey: ["batch", project, parcel.about.batch] });
      });
      setOpen({ desk, outbox });
      void desk.open();
    });
    const close = () => desk?.close();
    // A page that the browser kept and shows again has given its pieces back: it begins anew.
    const again = (event: PageTransitionEvent) => event.persisted && window.location.reload();
    window.addEventListener("pagehide", close);
    window.addEventListener("pageshow", again);
    return () => {
      here = false;
      window.removeEventListener("pagehide", close);
      window.removeEventListener("pageshow", again);
      close();
      unlisten?.();
      setOpen(null);
    };
  }, [project, batch, idleMs, userId, client]);
  return open;
}
