import { expect, test } from "vitest";
import { picturesOf, plain } from "./reading";

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
