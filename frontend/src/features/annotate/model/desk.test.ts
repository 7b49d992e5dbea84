import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiProblem } from "../../../api/problem";
import type { Listener, Outbox, Parcel } from "../../../lib/outbox";
import { createStore } from "../../../lib/store";
import type { DeskApi } from "../api/desk";
import { createDesk } from "./desk";
import { claimed, reply } from "./fixtures";

function fakeOutbox() {
  const listeners = new Set<Listener>();
  const parcels = createStore<readonly Parcel[]>([]);
  const outbox: Outbox = {
    parcels,
    add: async (each) => parcels.set((now) => [...now, { ...each, packedAt: 0 }]),
    drop: async () => undefined,
    flush: async () => undefined,
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => undefined,
  };
  const settle = (kind: "sent" | "refused", reply: unknown = null) => {
    const parcel = parcels.get()[0];
    if (!parcel) throw new Error("nothing was sent");
    parcels.set((now) => now.slice(1));
    const outcome = kind === "sent" ? { kind, reply } : { kind, code: "lease_lost", title: "" };
    for (const listener of listeners) listener(parcel, outcome);
  };
  return { outbox, parcels, settle };
}

function setUp() {
  const api = {
    claim: vi.fn<DeskApi["claim"]>(),
    beat: vi.fn<DeskApi["beat"]>(async () => ({ lease_until: "", active_ms: 0 })),
    saveDraft: vi.fn<DeskApi["saveDraft"]>(async () => undefined),
    skip: vi.fn<DeskApi["skip"]>(async () => undefined),
    giveBack: vi.fn<DeskApi["giveBack"]>(async () => undefined),
  };
  const box = fakeOutbox();
  const prefetch = vi.fn();
  const desk = createDesk({
    api,
    outbox: box.outbox,
    clock: { take: () => 1_500, peek: () => 1_500, stop: () => undefined },
    project: "demo",
    batch: "b-1",
    userId: 7,
    prefetch,
  });
  const ids = () =>
    [desk.state.get().current, ...desk.state.get().queue].map((each) => each?.claimed.assignment_id);
  return { api, desk, ids, prefetch, ...box };
}
const heldBy = (ids: number[]) => ids.map((id) => ({ assignment_id: id, fence: 1, lease_until: "" }));

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

describe("a desk", () => {
  it("takes one piece and prefetches three, and says which one is in work", async () => {
    const { api, desk, ids, prefetch } = setUp();
    api.claim.mockResolvedValueOnce(reply([1, 2, 3, 4].map((id) => claimed(id))));
    await desk.open();
    expect(api.claim).toHaveBeenCalledWith(4, []);
    expect(ids()).toEqual([1, 2, 3, 4]);
    expect(prefetch).toHaveBeenCalledTimes(4);
    expect(api.beat).toHaveBeenCalledWith(1, 1, 0);
    desk.close();
  });

  it("tells the time of a piece with its submit alone, which the next piece's first beat may overtake", async () => {
    const { api, desk, parcels } = setUp();
    api.claim.mockResolvedValueOnce(reply([claimed(1), claimed(2)]));
    await desk.open();
    api.claim.mockReturnValue(new Promise(() => undefined));
    desk.finish("/submit", { cells: {} });
    expect(api.beat.mock.calls).toEqual([
      [1, 1, 0],
      [2, 1, 0],
    ]);
    expect(parcels.get()[0]?.body).toMatchObject({ active_ms: 1_500 });
    desk.close();
  });

  it("shows what the server says about practice until it has been read", async () => {
    const { api, desk, settle } = setUp();
    api.claim.mockResolvedValueOnce(reply([claimed(1, { practice: true }), claimed(2)]));
    await desk.open();
    api.claim.mockResolvedValue(reply([]));
    desk.finish("/submit", { cells: { A: { shape: "none" } } });
    const feedback = { cells: [], note: "Look at the lamp." };
    settle("sent", { feedback, suggestion: null });
    expect(desk.state.get().answer).toMatchObject({ feedback, cells: { A: { shape: "none" } } });
    desk.read();
    expect(desk.state.get().answer).toBeNull();
    desk.finish("/submit", { cells: {} });
    settle("sent"); // an ordinary piece has nothing to show
    expect(desk.state.get().answer).toBeNull();
    desk.close();
  });

  it("counts what is on its way apart: practice is no progress of the batch", async () => {
    const { api, desk } = setUp();
    api.claim.mockResolvedValueOnce(reply([claimed(1, { practice: true }), claimed(2), claimed(3)]));
    await desk.open();
    api.claim.mockReturnValue(new Promise(() => undefined));
    desk.finish("/submit", { cells: {} });
    expect(desk.state.get()).toMatchObject({ ahead: 0, practised: 1 });
    desk.finish("/submit", { cells: {} });
    expect(desk.state.get()).toMatchObject({ ahead: 1, practised: 1 });
    desk.close();
  });

  it("ends the day at its cap and asks no more by itself", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    const { api, desk } = setUp();
    api.claim.mockResolvedValue(reply([], { cap_reached: "day" }));
    await desk.open();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(api.claim).toHaveBeenCalledTimes(1);
    expect(desk.state.get()).toMatchObject({ phase: "empty", cap: "day" });
    desk.close();
    vi.useRealTimers();
  });

  it("shows the next piece in the same moment as one is submitted, before the server has answered", async () => {
    const { api, desk, ids, parcels } = setUp();
    api.claim.mockResolvedValueOnce(reply([claimed(1), claimed(2)]));
    await desk.open();
    api.claim.mockReturnValue(new Promise(() => undefined));
    desk.finish("/submit", { cells: {} });
    expect(ids()).toEqual([2]);
    expect(desk.state.get().ahead).toBe(1);
    expect(parcels.get()[0]).toMatchObject({
      values: { slug: "demo", assignment_id: 1 },
      body: { fence: 1, active_ms: 1_500 },
    });
    desk.close();
  });

  it("never takes up again what is still on its way to the server", async () => {
    const { api, desk, ids, settle } = setUp();
    api.claim.mockResolvedValueOnce(reply([claimed(1), claimed(2)]));
    await desk.open();
    api.claim.mockResolvedValue(reply([claimed(1), claimed(3)], { held: heldBy([2]) }));
    desk.finish("/submit", {});
    await vi.waitFor(() => expect(ids()).toEqual([2, 3]));
    expect(api.claim).toHaveBeenLastCalledWith(5, [2, 1]);
    settle("sent");
    await vi.waitFor(() => expect(desk.state.get().ahead).toBe(0));
    desk.close();
  });

  it("drops prefetched pieces that the server gave to others meanwhile", async () => {
    const { api, desk, ids } = setUp();
    api.claim.mockResolvedValueOnce(reply([claimed(1), claimed(2), claimed(3)]));
    await desk.open();
    api.claim.mockResolvedValue(reply([], { held: heldBy([2]) }));
    desk.finish("/submit", {});
    await vi.waitFor(() => expect(ids()).toEqual([2]));
    desk.close();
  });

  it("takes over the new fence of a piece whose lease ran out and was renewed by a claim", async () => {
    const { api, desk, ids } = setUp();
    api.claim.mockResolvedValueOnce(reply([claimed(1), claimed(2), claimed(3)]));
    await desk.open();
    api.claim.mockResolvedValue(reply([claimed(2, { fence: 5 })], { held: heldBy([3]) }));
    desk.finish("/submit", {});
    await vi.waitFor(() => expect(desk.state.get().current?.claimed.fence).toBe(5));
    expect(ids()).toEqual([2, 3]);
    desk.close();
  });

  it("notices at a claim that the piece in work is no longer held", async () => {
    const { api, desk } = setUp();
    api.claim.mockResolvedValueOnce(reply([claimed(1), claimed(2), claimed(3)]));
    await desk.open();
    api.claim.mockResolvedValue(reply([], { held: heldBy([3]) }));
    desk.finish("/submit", {});
    await vi.waitFor(() => expect(desk.state.get().lost).toBe(true));
    desk.close();
  });

  it("begins with the piece that was begun before", async () => {
    const { api, desk, ids } = setUp();
    const draft = { version: 3, body: {}, saved_at: "" };
    api.claim.mockResolvedValueOnce(reply([claimed(1), claimed(2, { draft }), claimed(3)]));
    await desk.open();
    expect(ids()).toEqual([2, 1, 3]);
    desk.close();
  });

  it("says clearly when nothing is left, and looks again when asked", async () => {
    const { api, desk } = setUp();
    api.claim.mockResolvedValueOnce(reply([], { nothing_left: true }));
    await desk.open();
    expect(desk.state.get().phase).toBe("empty");
    api.claim.mockResolvedValueOnce(reply([claimed(9)]));
    await desk.look();
    expect(desk.state.get().current?.claimed.assignment_id).toBe(9);
    desk.close();
  });

  it("says why a batch gives no work", async () => {
    const { api, desk } = setUp();
    api.claim.mockRejectedValueOnce(
      new ApiProblem(409, "batch_not_open", "This batch hands out no work now."),
    );
    await desk.open();
    expect(desk.state.get()).toMatchObject({ phase: "refused", problem: { code: "batch_not_open" } });
    desk.close();
  });

  it("keeps the piece in view when its lease is lost, and goes on with it when it is claimed again", async () => {
    const { api, desk } = setUp();
    api.claim.mockResolvedValueOnce(reply([claimed(1), claimed(2)]));
    api.beat.mockRejectedValueOnce(new ApiProblem(409, "lease_lost", "Your time ran out."));
    await desk.open();
    await vi.waitFor(() => expect(desk.state.get().lost).toBe(true));
    expect(desk.state.get().current?.claimed.assignment_id).toBe(1);
    api.claim.mockResolvedValueOnce(reply([claimed(1, { fence: 2 })], { held: heldBy([2]) }));
    await desk.reclaim();
    expect(desk.state.get()).toMatchObject({
      lost: false,
      taken: null,
      current: { claimed: { assignment_id: 1, fence: 2 } },
    });
    desk.close();
  });

  it("says who has it when it cannot be claimed again, and puts the next one on the desk", async () => {
    const { api, desk } = setUp();
    api.claim.mockResolvedValueOnce(reply([claimed(1), claimed(2)]));
    api.beat.mockRejectedValueOnce(new ApiProblem(409, "lease_lost", "Your time ran out."));
    await desk.open();
    await vi.waitFor(() => expect(desk.state.get().lost).toBe(true));
    api.claim.mockResolvedValueOnce(reply([], { held: heldBy([2]) }));
    await desk.reclaim();
    expect(desk.state.get()).toMatchObject({ taken: "s-1", current: { claimed: { assignment_id: 2 } } });
    desk.close();
  });

  it("gives prefetched pieces back when the page is left, and keeps the one in work", async () => {
    const { api, desk } = setUp();
    api.claim.mockResolvedValueOnce(reply([claimed(1), claimed(2), claimed(3)]));
    await desk.open();
    desk.close();
    expect(api.giveBack.mock.calls).toEqual([
      [2, 1],
      [3, 1],
    ]);
  });

  it("takes the newer of the two drafts, the server's and this browser's", async () => {
    const { put } = await import("../../../lib/idb");
    await put("drafts", "7/1", { key: "7/1", version: 5, body: { here: true } });
    await put("drafts", "7/2", { key: "7/2", version: 1, body: { here: true } });
    const { api, desk } = setUp();
    const remote = { version: 3, body: { there: true }, saved_at: "" };
    api.claim.mockResolvedValueOnce(reply([claimed(1, { draft: remote }), claimed(2, { draft: remote })]));
    await desk.open();
    expect(desk.state.get().current?.draft).toMatchObject({ version: 5, body: { here: true } });
    expect(desk.state.get().queue[0]?.draft).toMatchObject({ version: 3, body: { there: true } });
    desk.close();
  });
});
