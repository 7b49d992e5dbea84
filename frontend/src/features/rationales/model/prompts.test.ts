import { expect, test } from "vitest";
import { newestVersions, suggested } from "./prompts";

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

test("the prompt that is to be measured against is not the one that is offered first", () => {
  const rows = [
    { name: "Answer, then reason", locale: "en", way: "answer_driven", stage: "plain" },
    { name: "Pictures only", locale: "zh-CN", way: "automated", stage: "plain" },
    { name: "Pictures only", locale: "en", way: "automated", stage: "plain" },
  ] as const;
  expect(suggested(rows, { way: "automated", stage: "plain", locale: "en" })).toBe(rows[2]);
  expect(suggested(rows, { way: "automated", stage: "plain", locale: "de" })).toBe(rows[1]);
  expect(suggested(rows, { way: "answer_driven", stage: "skeleton_first", locale: "en" })).toBe(rows[0]);
});
