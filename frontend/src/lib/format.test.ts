import { expect, test } from "vitest";
import { usd } from "./format";

test("sums below a dollar show three digits, and nothing is two zeros", () => {
  expect([41.18, 0, 0.52, 0.0077, "0.00031"].map(usd)).toEqual([
    "$41.18",
    "$0.00",
    "$0.520",
    "$0.00770",
    "$0.000310",
  ]);
});
