import { describe, expect, it } from "vitest";
import type { SubmittedReply } from "../api/shapes";
import { differencesOf } from "./answer";

const piece = {
  aspects: [{ key: "place" }, { key: "shadow" }],
  candidates: [{ slot: "C" }, { slot: "B" }, { slot: "A" }],
};
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

    expect(differencesOf({ cells, feedback, suggestion: null }, piece).map((each) => each.slot)).toEqual([
      "B",
    ]);
  });

  it("stands in the order of the letters that this person saw", () => {
    const wrong = (slot: string, aspect: string) => ({
      slot,
      aspect,
      expected: "major",
      said: "none",
      is_right: false,
    });
    const feedback = {
      cells: [wrong("A", "shadow"), wrong("B", "shadow"), wrong("B", "place"), wrong("C", "shadow")],
      note: "",
    };

    const found = differencesOf({ cells, feedback, suggestion: null }, piece);

    expect(found.map((each) => `${each.slot} ${each.aspect}`)).toEqual([
      "C shadow",
      "B place",
      "B shadow",
      "A shadow",
    ]);
  });

  it("is every cell that differs from the imported one, and none that nobody was asked about", () => {
    const suggestion = {
      cells: { A: { shadow: "none" }, B: { shadow: "major", other: "major" } },
      regions: [],
    } as SubmittedReply["suggestion"];

    expect(differencesOf({ cells, feedback: null, suggestion }, piece)).toEqual([
      { slot: "B", aspect: "shadow", said: "minor", expected: "major" },
    ]);
  });
});
