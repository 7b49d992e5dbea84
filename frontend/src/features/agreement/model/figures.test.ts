import { describe, expect, it } from "vitest";
import type { AgreementAspect } from "../api/agreement";
import { initials, span, toneOf, worstCells } from "./figures";

const alpha = (value: number | null) => ({
  alpha: value,
  low: null,
  high: null,
  units: 10,
  pairs_agreeing: 1,
  why_undefined: "" as const,
  opinions: 20,
  only: "",
});
const overlap = { mean: null, low: null, high: null, pairs: 0 };
const cell = (slot: string, value: number | null, differing: number) => ({
  slot,
  defect: alpha(value),
  severity: alpha(value),
  overlap,
  differing,
  difference: null,
});
const aspect: AgreementAspect = {
  aspect: "physical_shadow",
  defect: alpha(0.7),
  severity: alpha(0.7),
  answer: alpha(0.7),
  overlap,
  samples: 10,
  differing: 3,
  difference: null,
  cells: [cell("A", 0.9, 1), cell("B", 0.4, 3), cell("C", null, 0), cell("D", 1, 0)],
};

describe("figures of agreement", () => {
  it("lists the cells people agree on least, and none on which nobody differs", () => {
    expect(worstCells([aspect], "defect").map((each) => each.cell.slot)).toEqual(["B", "A"]);
  });
  it("tells undefined from low, and a low figure from a good one", () => {
    expect([null, 0.66, 0.67, 0.8, 0.9].map((value) => toneOf(value, "defect"))).toEqual([
      "undefined",
      "low",
      "some",
      "good",
      "high",
    ]);
  });
  it("writes an interval only where there is one", () => {
    expect(span(0.344, 0.481)).toBe("0.34–0.48");
    expect(span(null, 0.4)).toBe("");
  });
  it("shortens names", () => {
    expect([initials("Mara Lind"), initials("annotator"), initials("Jan van Dam")]).toEqual([
      "ML",
      "AN",
      "JD",
    ]);
  });
});
