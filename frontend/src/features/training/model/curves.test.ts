import { describe, expect, it } from "vitest";
import type { RunEvent } from "../api/events";
import { beginning, curvesOf, smoothed } from "./curves";

let n = 0;
const event = (kind: string, body: Record<string, unknown>): RunEvent => {
  n += 1;
  return { n, at: "2026-11-24T12:00:00Z", kind, body };
};

describe("curves of a run", () => {
  it("counts the steps of all stages one after another", () => {
    const curves = curvesOf([
      event("run_begin", { stages: ["sft", "grpo"] }),
      event("stage_begin", { stage: "sft", steps: 2 }),
      event("step", { stage: "sft", step: 1, loss: 2 }),
      event("step", { stage: "sft", step: 2, loss: 1 }),
      event("evaluation", {
        stage: "sft",
        split: "validation",
        exact: 0.4,
        low: 0.3,
        high: 0.5,
        per_aspect: {},
      }),
      event("stage_end", { stage: "sft", seconds: 12 }),
      event("stage_begin", { stage: "grpo", steps: 10 }),
      event("step", {
        stage: "grpo",
        step: 1,
        reward: 0.5,
        exact: 0.25,
        dead_share: 0.1,
        per_aspect: { shadow: 0.3 },
      }),
      event("stage_begin", { stage: "mine", steps: 400 }),
      event("step", { stage: "mine", step: 40, exact: 0.9 }),
      event("evaluation", { stage: "evaluate", split: "test", exact: 0.9 }),
    ]);

    expect(curves.loss).toEqual([
      [1, 2],
      [2, 1],
    ]);
    expect(curves.reward).toEqual([[3, 0.5]]);
    expect(curves.byAspect.get("shadow")).toEqual([[3, 0.3]]);
    expect(curves.validation).toEqual([[2, 0.4]]);
    expect(curves.validationBand).toEqual([[2, 0.3, 0.5]]);
    expect(curves.stages).toEqual([
      { name: "sft", from: 0, seconds: 12 },
      { name: "grpo", from: 2, seconds: null },
      { name: "mine", from: 3, seconds: null },
    ]);
    expect([curves.last, curves.endsAt, curves.names]).toEqual([3, 12, ["sft", "grpo"]]);
  });

  it("draws steps that a resumed run repeats once", () => {
    const curves = curvesOf([
      event("stage_begin", { stage: "sft", steps: 4 }),
      event("step", { stage: "sft", step: 1, loss: 4 }),
      event("step", { stage: "sft", step: 2, loss: 3 }),
      event("step", { stage: "sft", step: 3, loss: 9 }),
      event("run_begin", { stages: ["sft"], resumed: true }),
      event("stage_begin", { stage: "sft", steps: 4 }),
      event("step", { stage: "sft", step: 2, loss: 2.5 }),
      event("step", { stage: "sft", step: 3, loss: 2 }),
    ]);

    expect(curves.loss).toEqual([
      [1, 4],
      [2, 2.5],
      [3, 2],
    ]);
  });

  it("keeps what the guard did to easy questions and what it raised an alarm about, once", () => {
    const curves = curvesOf([
      event("stage_begin", { stage: "hard", steps: 20 }),
      event("step", { stage: "hard", step: 10, exact: 0.4 }),
      event("guard", { stage: "hard", step: 10, right: 0.85, oversampling: 0.5 }),
      event("alarm", { stage: "hard", step: 10, message: "Answers shrink." }),
      event("alarm", { stage: "hard", step: 10, message: "Answers shrink." }),
    ]);

    expect(curves.easy).toEqual([[10, 0.85]]);
    expect(curves.oversampling).toEqual([[10, 0.5]]);
    expect(curves.alarms).toEqual(["Answers shrink."]);
  });

  it("has nothing to draw before the run told anything", () => {
    const curves = curvesOf([]);
    expect([curves.loss, curves.validation, curves.stages]).toEqual([[], [], []]);
  });
});

it("a running mean follows the last points only", () => {
  expect(
    smoothed(
      [
        [1, 0],
        [2, 1],
        [3, 1],
        [4, 4],
      ],
      2,
    ),
  ).toEqual([
    [1, 0],
    [2, 0.5],
    [3, 1],
    [4, 2.5],
  ]);
});

it("a running mean begins anew where a stage ends", () => {
  expect(
    smoothed(
      [
        [1, 4],
        [2, 4],
        [3, 0],
        [4, 1],
      ],
      3,
      [0, 2],
    ),
  ).toEqual([
    [1, 4],
    [2, 4],
    [3, 0],
    [4, 0.5],
  ]);
});

it("an axis begins with the stage that gave the first point", () => {
  const curves = curvesOf([
    event("stage_begin", { stage: "look", steps: 2 }),
    event("step", { stage: "look", step: 2, loss: 1 }),
    event("stage_begin", { stage: "sft", steps: 3 }),
    event("step", { stage: "sft", step: 3, loss: 1 }),
    event("evaluation", { stage: "sft", split: "validation", exact: 0.4, low: 0.3, high: 0.5 }),
    event("stage_begin", { stage: "grpo", steps: 4 }),
    event("step", { stage: "grpo", step: 1, reward: 0.5, exact: 0.25 }),
  ]);

  expect(beginning(curves, curves.validation)).toBe(2);
  expect(beginning(curves, curves.reward)).toBe(5);
  expect(beginning(curves, [])).toBe(0);
});
