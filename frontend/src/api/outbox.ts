import { type Outbox, openOutbox } from "../lib/outbox";
import { sendParcel } from "./sendParcel";

let opened: { userId: number; outbox: Promise<Outbox> } | null = null;

/** The outbox of the person who is signed in; another person's parcels stay closed until they are back. */
export function outboxOf(userId: number): Promise<Outbox> {
  if (opened?.userId !== userId) {
    void opened?.outbox.then((old) => old.stop());
    opened = { userId, outbox: openOutbox(userId, sendParcel) };
  }
  return opened.outbox;
}
