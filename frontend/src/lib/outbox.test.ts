import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Outbox, Outcome, Parcel, Sender } from "./outbox";

const parcel = (id: string, userId = 1): Omit<Parcel, "packedAt"> => ({
  id,
  userId,
  path: "/submit",
  values: {},
  body: { id },
  about: {},
});
let opened: Outbox[] = [];
/** A page of its own: fresh modules, the same stored data. */
async function page(send: Sender, userId = 1): Promise<Outbox> {
  vi.resetModules();
  const { openOutbox } = await import("./outbox");
  const outbox = await openOutbox(userId, send);
  opened.push(outbox);
  return outbox;
}
const sent: Outcome = { kind: "sent", reply: null };

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  for (const outbox of opened) outbox.stop();
  opened = [];
  vi.useRealTimers();
});

describe("the outbox", () => {
  it("sends in order, each once, and forgets what arrived", async () => {
    const seen: string[] = [];
    const outbox = await page(async (each) => {
      seen.push(each.id);
      return sent;
    });
    await Promise.all(["a", "b", "c"].map((id) => outbox.add(parcel(id))));
    await vi.waitFor(() => expect(outbox.parcels.get()).toEqual([]));
    expect(seen).toEqual(["a", "b", "c"]);
  });

  it("outlives its page: the next one sends what was left, under the same key", async () => {
    const away = await page(async () => ({ kind: "later" }));
    await away.add(parcel("a"));
    away.stop();
    const seen: Parcel[] = [];
    const next = await page(async (each) => {
      seen.push(each);
      return sent;
    });
    await vi.waitFor(() => expect(next.parcels.get()).toEqual([]));
    expect(seen.map((each) => [each.id, each.body])).toEqual([["a", { id: "a" }]]);
    const third = await page(async () => sent);
    expect(third.parcels.get()).toEqual([]);
  });

  it("tries again after a while, and at once when the network is back", async () => {
    let up = false;
    const send = vi.fn(async (): Promise<Outcome> => (up ? sent : { kind: "later" }));
    const outbox = await page(send);
    await outbox.add(parcel("a"));
    await vi.waitFor(() => expect(send).toHaveBeenCalled());
    expect(outbox.parcels.get()).toHaveLength(1);
    up = true;
    window.dispatchEvent(new Event("online"));
    await vi.waitFor(() => expect(outbox.parcels.get()).toEqual([]));
  });

  it("keeps what the server refused until a person has seen it, and goes on with the rest", async () => {
    const refusal: Outcome = { kind: "refused", code: "lease_lost", title: "Your time ran out." };
    const outbox = await page(async (each) => (each.id === "a" ? refusal : sent));
    await outbox.add(parcel("a"));
    await outbox.add(parcel("b"));
    await vi.waitFor(() =>
      expect(outbox.parcels.get().map((each) => each.refused?.code)).toEqual(["lease_lost"]),
    );
    await outbox.drop("a");
    expect(outbox.parcels.get()).toEqual([]);
  });

  it("never sends another person's parcels", async () => {
    const away = await page(async () => ({ kind: "later" }), 1);
    await away.add(parcel("a", 1));
    away.stop();
    const send = vi.fn(async () => sent);
    const other = await page(send, 2);
    await other.flush();
    expect(send).not.toHaveBeenCalled();
  });
});
