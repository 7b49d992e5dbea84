import { expect, test } from "vitest";
import type { PromptRow } from "../api/prompts";
import { insteadOf, newestVersions, suggested } from "./prompts";

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

type Prompt = Pick<PromptRow, "id" | "name" | "locale" | "way" | "stage">;

test("a prompt is set beside earlier versions and others for the same work, never beside a check", () => {
  const prompt = (id: string, name: string, rest: object = {}) =>
    ({ id, name, locale: "en", way: "automated", stage: "plain", ...rest }) as Prompt;
  const rows = [
    prompt("other", "Look closely"),
    prompt("v1", "Pictures only"),
    prompt("v2", "Pictures only"),
    prompt("zh", "Pictures only", { locale: "zh-CN" }),
    prompt("back", "Read back", { stage: "read_back" }),
    prompt("back2", "Read back", { stage: "read_back" }),
    prompt("judge", "Judge", { stage: "judge" }),
    prompt("told", "Answer, then reason", { way: "answer_driven" }),
  ];
  const beside = (id: string) =>
    insteadOf(rows.find((row) => row.id === id) as Prompt, rows).map((row) => row.id);
  expect(beside("v2")).toEqual(["v1", "other"]);
  expect(beside("back")).toEqual(["back2"]);
  expect(beside("judge")).toEqual([]);
});
