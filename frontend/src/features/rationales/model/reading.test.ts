import { expect, test } from "vitest";
import { digitsFor, picturesOf, plain } from "./reading";

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
  expect([digitsFor(41.18), digitsFor(0), digitsFor(0.0077), digitsFor(0.00031)]).toEqual([2, 2, 5, 6]);
});
