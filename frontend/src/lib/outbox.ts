import { all, put, remove } from "./idb";
import { reportReachable, reportRefused, reportWaiting } from "./saving";
import { createStore, type Store } from "./store";

/** One request that must reach the server once, whatever happens to the page. Its id is the idempotency key. */
export interface Parcel {
  readonly id: string;
  readonly userId: number;
  readonly path: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly body: unknown;
  /** What it is about, for the pages: never read by the outbox. */
  readonly about: Readonly<Record<string, string | number>>;
  readonly packedAt: number;
  /** The server's no; such a parcel waits for a person. */
  readonly refused?: { readonly code: string; readonly title: string };
}
export type Outcome =
  | { readonly kind: "sent"; readonly reply: unknown }
  | { readonly kind: "later" }
  | { readonly kind: "refused"; readonly code: string; readonly title: string };
export type Sender = (parcel: Parcel) => Promise<Outcome>;
export type Listener = (parcel: Parcel, outcome: Outcome) => void;

export interface Outbox {
  readonly parcels: Store<readonly Parcel[]>;
  add(parcel: Omit<Parcel, "packedAt">): Promise<void>;
  /** A refused one that the person has dealt with. */
  drop(id: string): Promise<void>;
  flush(): Promise<void>;
  listen(listener: Listener): () => void;
  stop(): void;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Opens what an earlier page left behind and goes on sending it, oldest first. */
export async function openOutbox(userId: number, send: Sender): Promise<Outbox> {
  const kept = (await all<Parcel>("outbox")).filter((each) => each.userId === userId);
  const parcels = createStore<readonly Parcel[]>(kept.toSorted((a, b) => a.packedAt - b.packedAt));
  const listeners = new Set<Listener>();
  let flushing: Promise<void> | null = null;
  let wait = FIRST_WAIT_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let again = false;

  const report = () => {
    reportWaiting("outbox", parcels.get().filter((each) => !each.refused).length);
    reportRefused(parcels.get().filter((each) => each.refused).length);
  };
  const replace = (id: string, next: Parcel | null) => {
    parcels.set((now) => now.flatMap((each) => (each.id === id ? (next ? [next] : []) : [each])));
    report();
  };
  async function settle(parcel: Parcel, outcome: Outcome): Promise<void> {
    if (outcome.kind === "sent") {
      await remove("outbox", parcel.id);
      replace(parcel.id, null);
    } else if (outcome.kind === "refused") {
      const kept = { ...parcel, refused: { code: outcome.code, title: outcome.title } };
      await put("outbox", parcel.id, kept);
      replace(parcel.id, kept);
    }
    for (const listener of [...listeners]) listener(parcel, outcome);
  }
  async function run(): Promise<void> {
    for (;;) {
      const next = parcels.get().find((each) => !each.refused);
      if (!next || stopped) return;
      const outcome = await send(next);
      reportReachable(outcome.kind !== "later");
      await settle(next, outcome);
      if (outcome.kind === "later") {
        clearTimeout(timer);
        timer = setTimeout(() => void outbox.flush(), wait);
        wait = Math.min(LONGEST_WAIT_MS, wait * 2);
        return;
      }
      wait = FIRST_WAIT_MS;
    }
  }
  const back = () => {
    wait = FIRST_WAIT_MS;
    void outbox.flush();
  };
  const outbox: Outbox = {
    parcels,
    async add(parcel) {
      const packed: Parcel = { ...parcel, packedAt: Date.now() };
      parcels.set((now) => [...now, packed]);
      report();
      await put("outbox", packed.id, packed); // durable before it is sent
      void outbox.flush();
    },
    async drop(id) {
      await remove("outbox", id);
      replace(id, null);
    },
    flush() {
      if (flushing) {
        again = true; // something may have arrived after the running flush looked
        return flushing;
      }
      again = false;
      flushing = run().finally(() => {
        flushing = null;
        if (again && !stopped) void outbox.flush();
      });
      return flushing;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      window.removeEventListener("online", back);
    },
  };
  window.addEventListener("online", back);
  report();
  void outbox.flush();
  return outbox;
}
