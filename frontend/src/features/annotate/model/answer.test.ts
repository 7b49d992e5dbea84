import { describe, expect, it } from "vitest";
import type { SubmittedReply } from "../api/shapes";
import { differencesOf } from "./answer";

const cells = { A: { shadow: "none" }, B: { shadow: "minor", place: "none" } } as const;

describe("what an answer to a submit shows", () => {
  it("is the wrong cells of practice; an unsure one is no mistake", () => {
    const cell = (slot: string, is_right: boolean | null) => ({
      slot,
      aspect: "shadow",
      expected: "major",
      said: "none",
      is_right,
    });
    const feedback = { cells: [cell("A", true), cell("B", false), cell("C", null)], note: "" };

    expect(differencesOf({ cells, feedback, suggestion: null }).map((each) => each.slot)).toEqual(["B"]);
  });

  it("is every cell that differs from the imported one, and none that nobody was asked about", () => {
    const suggestion = {
      cells: { A: { shadow: "none" }, B: { shadow: "major", other: "major" } },
      regions: [],
    } as SubmittedReply["suggestion"];

    expect(differencesOf({ cells, feedback: null, suggestion })).toEqual([
      { slot: "B", aspect: "shadow", said: "minor", expected: "major" },
    ]);
  });
});
