import { expect, test } from "vitest";
import { picturesOf, plain, usd } from "./reading";

test("slot marks are taken off, other braces stay", () => {
  expect(plain("In {{B}} and {{ C }} it bends; {x} stays.")).toBe("In B and C it bends; {x} stays.");
});

test("the original comes before the candidates", () => {
  expect(picturesOf({ pictures: { C: "3", A: "1", O: "0", B: "2" } }).map(([slot]) => slot)).toEqual([
    "O",
    "A",
    "B",
    "C",
  ]);
});

test("small sums get the digits that show them", () => {
  expect([41.18, 0, 0.0077, "0.00031"].map(usd)).toEqual(["$41.18", "$0.00", "$0.00770", "$0.000310"]);
});
