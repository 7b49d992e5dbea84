import { describe, expect, it } from "vitest";
import { changeableOf, goldEvery, localMoment, termsOf, USUAL, valuesOf } from "./terms";

describe("the terms of a batch as a form holds them", () => {
  it("turns per cent into shares, and empty fields into none", () => {
    const terms = termsOf({ ...USUAL, gold: 5, floor: 70, extraShare: 20, dayCap: 250 });

    expect(terms).toMatchObject({
      gold_share: 0.05,
      gold_floor: 0.7,
      extra_share: 0.2,
      extra_wanted: 1,
      day_cap: 250,
      person_cap: null,
      due_at: null,
    });
  });

  it("comes back as it was entered", () => {
    const entered = {
      ...USUAL,
      gold: 5,
      floor: 70,
      window: 12,
      training: 8,
      trainingFloor: 80,
      due: "2026-12-01T18:00",
    } as const;

    expect(valuesOf(termsOf(entered))).toEqual(entered);
  });

  it("has no floor without gold to measure by", () => {
    expect(changeableOf({ ...USUAL, floor: 70 }).gold_floor).toBeNull();
    expect(changeableOf({ ...USUAL, trainingFloor: 80 }).training_floor).toBeNull();
  });

  it("says how often gold comes", () => {
    expect(goldEvery(5)).toBe(20);
    expect(goldEvery("")).toBeNull();
    expect(localMoment(null)).toBe("");
  });
});
