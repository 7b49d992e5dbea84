import { expect, test } from "vitest";
import { besideEachOther, tagWidth } from "./tagPlaces";

const at = (tag: string, left: number, top: number) => ({ tag, left, top });

test("tags of two regions at one place stand side by side, a third after them", () => {
  const placed = besideEachOther([at("r1", 10, 30), at("r8", 12, 34), at("r9", 10, 30)]);
  expect(placed.map((each) => each.left)).toEqual([
    10,
    10 + tagWidth("r1") + 2,
    10 + 2 * (tagWidth("r1") + 2),
  ]);
});

test("tags apart stay where they are", () => {
  const tags = [at("r1", 10, 30), at("r2", 10, 60), at("r3", 90, 30)];
  expect(besideEachOther(tags)).toEqual(tags);
});
