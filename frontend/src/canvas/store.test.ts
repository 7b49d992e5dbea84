import { describe, expect, it } from "vitest";
import { imagePoint } from "./geometry";
import { type Change, inverse, type Region } from "./judgement";
import { createJudgementStore } from "./store";

const region: Region = {
  id: "r1",
  slot: "A",
  aspect: "shadow",
  shape: { kind: "point", at: imagePoint(4, 5) },
  note: "",
};
const minor: Change = { type: "cell", slot: "A", aspect: "shadow", from: null, to: "minor" };

describe("a judgement", () => {
  it("takes back its own changes, last first, down to where it began", () => {
    const store = createJudgementStore();
    const before = store.get();
    store.edit(minor);
    store.edit({ type: "region", from: null, to: region });
    store.edit({ type: "region", from: region, to: { ...region, note: "too soft" } });
    store.undo();
    expect(store.get().regions).toEqual([region]);
    store.undo();
    store.undo();
    expect(store.get()).toEqual({ ...before, cells: { A: {} } });
    expect(store.undo()).toBeNull();
  });

  it("takes back several changes that were made at once, at once", () => {
    const store = createJudgementStore();
    store.edit(minor);
    const rest: Change = {
      type: "all",
      changes: [
        { type: "cell", slot: "A", aspect: "layout", from: null, to: "none" },
        { type: "cell", slot: "B", aspect: "layout", from: null, to: "none" },
      ],
    };
    store.edit(rest);
    expect(store.get().cells).toEqual({ A: { shadow: "minor", layout: "none" }, B: { layout: "none" } });
    store.undo();
    expect(store.get().cells).toEqual({ A: { shadow: "minor" }, B: {} });
  });

  it("refuses a change of what is not there, and is unchanged by it", () => {
    const store = createJudgementStore();
    expect(() => store.edit({ type: "region", from: region, to: null })).toThrow("r1 is missing");
    expect(() => store.edit({ ...minor, from: "major" })).toThrow("not judged, not major");
    store.edit({ type: "region", from: null, to: region });
    expect(() => store.edit({ type: "region", from: null, to: region })).toThrow("is there already");
    expect(store.depth()).toBe(1);
  });

  it("inverts a change twice to itself", () => {
    expect(inverse(inverse(minor))).toEqual(minor);
  });
});
