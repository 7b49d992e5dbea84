import { describe, expect, it } from "vitest";
import { questionsIn } from "./model";

describe("gold read from a file", () => {
  it("is one question a line", () => {
    const text = '{"sample": "s-1", "expected": {"B": {"shadow": "major"}}, "note": "The lamp."}\n\n';

    expect(questionsIn(text)).toEqual([
      { sample: "s-1", expected: { B: { shadow: "major" } }, note: "The lamp." },
    ]);
  });

  it("names the line that does not fit", () => {
    const good = '{"sample": "s-1", "expected": {}}';

    expect(() => questionsIn(`${good}\nnot json`)).toThrow("2");
    expect(() => questionsIn(`${good}\n${good}\n{"expected": {}}`)).toThrow("3");
  });
});
