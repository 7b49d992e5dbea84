import { describe, expect, it } from "vitest";
import { imagePoint } from "../../../canvas/geometry";
import { apply, EMPTY, type Judgement, type Region } from "../../../canvas/judgement";
import { aspectRows, claimed } from "./fixtures";
import { judgementFrom, pieceOf, wireOf } from "./piece";
import {
  answerOf,
  cycled,
  freshRegionId,
  issuesOf,
  nextSeverity,
  regionTags,
  restClean,
  unsure,
  usable,
} from "./verdicts";

const piece = pieceOf(claimed(1), aspectRows(), "en");
const all = ["none", "minor", "major", "unsure"];
const cycle = (judgement: Judgement, times: number, slot = "A", aspect = "shadow") =>
  Array.from({ length: times }).reduce<Judgement>(
    (now) => apply(now, cycled(now, piece, slot, aspect)),
    judgement,
  );
const clean = (judgement: Judgement) => {
  const change = restClean(judgement, piece);
  return change ? apply(judgement, change) : judgement;
};
const region: Region = {
  id: "r1",
  slot: "A",
  aspect: "shadow",
  shape: { kind: "point", at: imagePoint(9, 9) },
  note: "",
};

describe("pressing a cell", () => {
  it("goes from nothing to minor, major, clean and round again", () => {
    expect([1, 2, 3, 4].map((times) => cycle(EMPTY, times).cells.A?.shadow)).toEqual([
      "minor",
      "major",
      "none",
      "minor",
    ]);
  });
  it("skips severities that the aspect does not have", () => {
    expect(nextSeverity("todo", ["none", "major"])).toBe("major");
    expect(nextSeverity("major", ["none", "major"])).toBe("none");
    expect(nextSeverity("unsure", all)).toBe("minor");
  });
  it("says unsure and takes it back", () => {
    const once = apply(EMPTY, unsure(EMPTY, "A", "shadow"));
    expect(once.cells.A?.shadow).toBe("unsure");
    expect(apply(once, unsure(once, "A", "shadow")).cells.A).toEqual({});
  });
});

describe("letters", () => {
  it("are the order of display, and what is stored names slots", () => {
    expect(piece.candidates.map(({ letter, slot }) => letter + slot)).toEqual(["AC", "BA", "CD", "DB"]);
    const judgement = cycle(EMPTY, 2, "C");
    expect(wireOf(judgement).cells).toEqual({ C: { shadow: "major" } });
    expect(answerOf(clean(judgement), piece, "shadow", "minor")).toEqual(["A"]);
  });
});

describe("the rest is clean", () => {
  it("judges what is open and leaves what was said", () => {
    const judged = clean(cycle(EMPTY, 1));
    expect(judged.cells.A).toEqual({ shape: "none", shadow: "minor", place: "none", extend: "none" });
    expect(restClean(judged, piece)).toBeNull();
  });
});

describe("an answer", () => {
  it("is open while a cell of its aspect is not judged or unsure", () => {
    expect(answerOf(EMPTY, piece, "shadow", "minor")).toBeNull();
    const judged = clean(EMPTY);
    expect(answerOf(judged, piece, "shadow", "minor")).toEqual([]);
    expect(answerOf(apply(judged, unsure(judged, "A", "shadow")), piece, "shadow", "minor")).toBeNull();
  });
  it("follows the project's rule", () => {
    const judged = clean(cycle(EMPTY, 1));
    expect(answerOf(judged, piece, "shadow", "minor")).toEqual(["B"]);
    expect(answerOf(judged, piece, "shadow", "major")).toEqual([]);
    expect(usable(judged, piece, "minor")).toEqual(["A", "C", "D"]);
  });
});

describe("what is to settle", () => {
  it("is every open cell, regions without a verdict first", () => {
    const judgement = apply(EMPTY, { type: "region", from: null, to: region });
    const issues = issuesOf(judgement, piece);
    expect(issues).toHaveLength(16);
    expect(issues[0]).toMatchObject({ kind: "region_open", slot: "A", aspect: "shadow" });
  });
  it("is a region on a cell that is called clean", () => {
    const judged = apply(clean(EMPTY), { type: "region", from: null, to: region });
    expect(issuesOf(judged, piece).map((each) => each.kind)).toEqual(["region_clean"]);
    expect(issuesOf(cycle(judged, 1), piece)).toEqual([]);
  });
  it("is nothing once an unsure cell was marked: that is a verdict too", () => {
    const judged = apply(clean(EMPTY), { type: "region", from: null, to: region });
    expect(issuesOf(apply(judged, unsure(judged, "A", "shadow")), piece)).toEqual([]);
  });
});

describe("regions", () => {
  it("are numbered within their aspect and get a free name", () => {
    const regions = [region, { ...region, id: "r3" }, { ...region, id: "r4", aspect: "place" }];
    expect([...regionTags(regions, piece).values()]).toEqual(["Sh 1", "Sh 2", "Pl 1"]);
    expect(freshRegionId(regions)).toBe("r5");
    expect(freshRegionId([{ ...region, id: "r2" }])).toBe("r3");
  });
  it("come back from a draft as they went, without what this sample does not know", () => {
    const judgement = { ...cycle(EMPTY, 2), regions: [region] };
    const stored: unknown = JSON.parse(JSON.stringify(wireOf(judgement)));
    expect(judgementFrom(stored as Record<string, unknown>, piece)).toEqual(judgement);
    const strange = {
      cells: { Z: { shadow: "minor" }, A: { gone: "minor", shadow: "dreadful" } },
      regions: [{ ...region, slot: "Z", point: [1, 2] }],
    };
    expect(judgementFrom(strange, piece)).toEqual({ cells: { A: {} }, regions: [] });
  });
});
