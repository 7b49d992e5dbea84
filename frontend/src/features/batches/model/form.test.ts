import { describe, expect, it } from "vitest";
import { fromDraft, startingFrom, unusualTerms, withTeam } from "./form";
import { USUAL } from "./terms";

const fresh = { like: null, nameAgain: String, questions: null, samples: null, name: null };

describe("a new batch's form", () => {
  it("starts from what another page handed over, without leaving any of it out", () => {
    expect(startingFrom(fresh)).toMatchObject({ source: "everything", onlyNotJudged: true });
    expect(startingFrom({ ...fresh, samples: "s-1 s-2" })).toMatchObject({
      source: "samples",
      names: "s-1 s-2",
      onlyNotJudged: false,
    });
    expect(startingFrom({ ...fresh, questions: "s-1/a", samples: "s-1" }).source).toBe("questions");
  });

  it("comes back from a draft as it was kept, fields that came later as usual", () => {
    const values = { ...startingFrom(fresh), name: "Floors", people: ["3"] };
    expect(fromDraft(JSON.parse(JSON.stringify(values)))).toEqual(values);
    expect(fromDraft({ wanted: 4, terms: { gold: 5 } })).toMatchObject({
      wanted: 4,
      order: "drawn",
      terms: { ...USUAL, gold: 5 },
    });
    expect(fromDraft({ source: "batch" }).source).toBe("everything");
  });

  it("counts what lies behind More and is not as usual", () => {
    expect(unusualTerms(USUAL)).toBe(0);
    expect(unusualTerms({ ...USUAL, floor: 70, shuffled: false })).toBe(2);
  });

  it("adds a team with one click and takes it out with another", () => {
    expect(withTeam(["1"], [1, 2])).toEqual(["1", "2"]);
    expect(withTeam(["1", "2", "9"], [1, 2])).toEqual(["9"]);
  });
});
