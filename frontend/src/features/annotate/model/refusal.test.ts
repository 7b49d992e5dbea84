import { describe, expect, it } from "vitest";
import { ApiProblem } from "../../../api/problem";
import { texts } from "../texts";
import { refusalWords } from "./refusal";

const paused = new ApiProblem(409, "paused", "Your work is paused.", {
  aspect: "physical_shadow",
  names: { en: "Physical shadow", zh: "物理阴影" },
});

describe("a refusal to hand out work", () => {
  it("is said in the reader's language with the aspect's own name, and names no sample", () => {
    expect(refusalWords(paused, texts.en.refusals, "en")).toContain("Physical shadow");
    expect(refusalWords(paused, texts["zh-CN"].refusals, "zh-CN")).toContain("物理阴影");
    expect(refusalWords(paused, texts["zh-CN"].refusals, "zh-CN")).not.toMatch(/[a-z]{4}/);
  });

  it("is as the server sent it where the code is not known here", () => {
    const other = new ApiProblem(409, "something_new", "A new reason.");
    expect(refusalWords(other, texts["zh-CN"].refusals, "zh-CN")).toBe("A new reason.");
  });
});
