import { describe, expect, it } from "vitest";
import { ApiProblem } from "../../../api/problem";
import { texts } from "../texts";
import { refusalWords } from "./refusal";

const paused = new ApiProblem(409, "paused", "Your work is paused.", {
  aspect: "physical_shadow",
  names: { en: "Physical shadow", zh: "物理阴影" },
});

const english = (problem: ApiProblem) => refusalWords(problem, texts.en.refusals, texts.en.listed, "en");
const zh = texts["zh-CN"];
const chinese = (problem: ApiProblem) => refusalWords(problem, zh.refusals, zh.listed, "zh-CN");

describe("a refusal to hand out work", () => {
  it("is said in the reader's language with the aspect's own name, and names no sample", () => {
    expect(english(paused)).toContain("Physical shadow");
    expect(chinese(paused)).toContain("物理阴影");
    expect(chinese(paused)).not.toMatch(/[a-z]{4}/);
  });

  it("names every aspect on which practice is below what the batch asks for", () => {
    const aspects = [
      { key: "physical_shadow", en: "Physical shadow", zh: "物理阴影" },
      { key: "placement_layout", en: "Placement", zh: "布局" },
    ];
    const below = new ApiProblem(409, "practice_below_floor", "Not passed.", { aspects });
    expect(english(below)).toContain("on “Physical shadow”, “Placement”, and no practice is left");
    expect(chinese(below)).toContain("“物理阴影”、“布局”");
    const skipped = new ApiProblem(409, "practice_below_floor", "Not finished.", { aspects: [] });
    expect(english(skipped)).toContain("was skipped");
  });

  it("is as the server sent it where the code is not known here", () => {
    const other = new ApiProblem(409, "something_new", "A new reason.");
    expect(chinese(other)).toBe("A new reason.");
  });
});
