import { describe, expect, it } from "vitest";
import { namesIn, whatOf } from "./choice";
import { timeLeft, workPath } from "./work";

const form = {
  source: "samples" as const,
  names: "",
  onlyNotJudged: true,
  onlyNotInBatch: false,
  most: null,
};

describe("what a batch is made of", () => {
  it("takes names as people paste them, once each", () => {
    expect(namesIn("s-1, s-2\ns-3;\ts-1")).toEqual(["s-1", "s-2", "s-3"]);
  });

  it("is nothing while no name is given", () => {
    expect(whatOf(form)).toBeNull();
    expect(whatOf({ ...form, names: " \n" })).toBeNull();
  });

  it("sends names as samples or as questions, and none for everything", () => {
    expect(whatOf({ ...form, names: "s-1" })).toMatchObject({
      samples: ["s-1"],
      questions: [],
      everything: false,
    });
    expect(whatOf({ ...form, source: "questions", names: "s-1/a" })).toMatchObject({
      samples: [],
      questions: ["s-1/a"],
    });
    expect(whatOf({ ...form, source: "everything", names: "s-1" })).toMatchObject({
      samples: [],
      everything: true,
    });
  });
});

describe("a batch", () => {
  it("says how long is left at its own pace", () => {
    expect(timeLeft({ accepted: 10, places: 30, active_ms: 600_000 })).toBe(1_200_000);
    expect(timeLeft({ accepted: 0, places: 30, active_ms: 0 })).toBeNull();
    expect(timeLeft({ accepted: 30, places: 30, active_ms: 600_000 })).toBeNull();
  });

  it("leads to the workspace of its kind", () => {
    expect(workPath("p", { id: "1", kind: "label" })).toBe("/p/p/annotate/1");
    expect(workPath("p", { id: "1", kind: "adjudicate" })).toBe("/p/p/adjudicate/1");
    expect(workPath("p", { id: "1", kind: "review" })).toBe("/p/p/review/1");
  });
});
