import { describe, expect, it } from "vitest";
import type { GroupRow } from "../api/economics";
import { digitsOfMark, onLog, parts, scaleOf, sums } from "./costs";

const row = (changes: Partial<GroupRow>): GroupRow =>
  ({
    writing_usd: "0",
    calls_usd: "0",
    audit_usd: "0",
    rework_usd: "0",
    total_usd: "0",
    per_accepted: null,
    per_accepted_low: null,
    per_accepted_high: null,
    sandbox: false,
    ...changes,
  }) as GroupRow;

describe("what a cost is made of", () => {
  it("adds up to the whole and leaves out what cost nothing", () => {
    const found = parts(row({ calls_usd: "0.75", audit_usd: "0.25" }));
    expect(found.map((part) => [part.of, part.share])).toEqual([
      ["calls", 0.75],
      ["audit", 0.25],
    ]);
  });

  it("is nothing where nothing was spent", () => {
    expect(parts(row({}))).toEqual([]);
  });
});

describe("the scale", () => {
  it("holds every interval between powers of ten", () => {
    const scale = scaleOf([
      row({ per_accepted: "0.02", per_accepted_low: "0.015", per_accepted_high: "0.4" }),
    ]);
    expect([scale[0]?.usd, scale.at(-1)?.usd]).toEqual([0.01, 1]);
    expect(onLog(0.1, scale)).toBeCloseTo(0.5);
    expect(onLog(0.001, scale)).toBe(0);
  });

  it("has so few marks that their labels do not run into each other", () => {
    const far = scaleOf([
      row({ per_accepted: "0.002", per_accepted_low: "0.0015", per_accepted_high: "950" }),
    ]);
    expect(far.map((mark) => mark.usd)).toEqual([0.001, 0.1, 10, 1000]);
    const near = scaleOf([row({ per_accepted: "0.02", per_accepted_high: "0.09" })]);
    expect(near.map((mark) => mark.usd)).toEqual([0.01, 0.03, 0.1]);
  });

  it("writes a mark with the digit that counts", () => {
    expect([0.001, 0.003, 0.1, 3, 10].map(digitsOfMark)).toEqual([3, 3, 1, 0, 0]);
  });

  it("has no mark where nothing was audited", () => {
    expect(scaleOf([row({})])).toEqual([]);
  });
});

it("counts play money apart", () => {
  const found = sums([
    row({ calls_usd: "1", total_usd: "1", sandbox: true }),
    row({ calls_usd: "2", total_usd: "5" }),
  ]);
  expect([found.total, found.sandbox]).toEqual([6, 1]);
});
