import { expect, test } from "vitest";
import type { Import } from "../api/imports";
import { nothing } from "./nothing";

const row = (more: Partial<Import>): Import =>
  ({ state: "done", pictures_waiting: 0, pictures_failed: 0, ...more }) as Import;

test("that everything was taken is said only when rows and pictures are in", () => {
  expect(nothing(row({}), "rows", false)).toBe("noRefusal");
  expect(nothing(row({ state: "running" }), "rows", false)).toBe("running");
  expect(nothing(row({ pictures_waiting: 3 }), "rows", false)).toBe("noRowRefused");
  expect(nothing(row({ pictures_failed: 1 }), "rows", false)).toBe("noRowRefused");
  expect(nothing(row({ pictures_waiting: 3 }), "pictures", false)).toBe("noBadPicture");
  expect(nothing(row({ state: "failed" }), "rows", false)).toBe("notRead");
  expect(nothing(row({}), "rows", true)).toBe("noneFound");
});
