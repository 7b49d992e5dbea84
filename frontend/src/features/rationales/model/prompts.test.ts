import { expect, test } from "vitest";
import { newestVersions } from "./prompts";

test("only the newest version of each name and language is offered", () => {
  const rows = [
    { name: "a", locale: "en", version: 1 },
    { name: "a", locale: "en", version: 3 },
    { name: "a", locale: "zh-CN", version: 1 },
    { name: "b", locale: "en", version: 2 },
    { name: "a", locale: "en", version: 2 },
  ];
  expect(newestVersions(rows).map((row) => `${row.name} ${row.locale} ${row.version}`)).toEqual([
    "a en 3",
    "a zh-CN 1",
    "b en 2",
  ]);
});
