import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiProblem } from "../../../api/problem";
import { get } from "../../../lib/idb";
import { keepDraft } from "./drafts";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("a draft", () => {
  it("is kept in this browser within a second, and on the server within five, as its latest version", async () => {
    const store = vi.fn(async () => undefined);
    const keeper = keepDraft({ key: "1/1", version: 2, store, conflict: vi.fn() });
    keeper.save({ n: 1 });
    keeper.save({ n: 2 });
    await pause(900);
    expect(await get("drafts", "1/1")).toMatchObject({ version: 4, body: { n: 2 } });
    expect(store).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(store).toHaveBeenCalledTimes(1), { timeout: 4_000 });
    expect(store).toHaveBeenCalledWith(4, { n: 2 });
    keeper.stop();
  }, 10_000);

  it("is written at once when the page is left", async () => {
    const store = vi.fn(async () => undefined);
    const keeper = keepDraft({ key: "1/2", version: 0, store, conflict: vi.fn() });
    keeper.save({ n: 1 });
    await keeper.settle();
    expect(store).toHaveBeenCalledWith(1, { n: 1 });
  });

  it("has its last words in this browser when it goes out as a result, which may be refused", async () => {
    const store = vi.fn(async () => undefined);
    const keeper = keepDraft({ key: "1/5", version: 0, store, conflict: vi.fn() });
    keeper.save({ n: 1 });
    keeper.stop();
    await vi.waitFor(async () => expect(await get("drafts", "1/5")).toMatchObject({ body: { n: 1 } }));
    expect(store).not.toHaveBeenCalled();
  });

  it("never overwrites a newer one from another tab, and says so", async () => {
    const conflict = vi.fn();
    const store = vi.fn(async () => {
      throw new ApiProblem(409, "draft_outdated", "A newer draft is stored.", { version: 9 });
    });
    const keeper = keepDraft({ key: "1/3", version: 0, store, conflict });
    keeper.save({ n: 1 });
    await keeper.settle();
    expect(conflict).toHaveBeenCalledTimes(1);
    keeper.save({ n: 2 });
    await keeper.settle();
    expect(store).toHaveBeenCalledTimes(1);
  });

  it("stays in this browser while the server is away", async () => {
    const store = vi.fn(async () => {
      throw new ApiProblem(0, "unreachable", "");
    });
    const keeper = keepDraft({ key: "1/4", version: 0, store, conflict: vi.fn() });
    keeper.save({ n: 1 });
    await keeper.settle();
    expect(await get("drafts", "1/4")).toMatchObject({ body: { n: 1 } });
    keeper.stop();
  });
});
