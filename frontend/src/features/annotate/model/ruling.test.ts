import { describe, expect, it } from "vitest";
import { EMPTY } from "../../../canvas/judgement";
import { aspectRows, claimed } from "./fixtures";
import { pieceOf } from "./piece";
import { agreed, openTies, tiedCells } from "./ruling";

const piece = pieceOf(claimed(1, { letters: "AB" }), aspectRows(), "en");
const opinion = (a: "none" | "minor" | "major" | "unsure", b: "none" | "minor" | "major" | "unsure") => ({
  cells: { A: { shadow: a }, B: { shadow: b } },
});

describe("cells to rule", () => {
  it("are those on which votes differ, not those that differ in degree", () => {
    const opinions = [opinion("minor", "none"), opinion("major", "minor")];
    expect(tiedCells(opinions, ["shadow"], piece, "minor")).toMatchObject([
      { slot: "B", said: ["none", "minor"] },
    ]);
    expect(tiedCells(opinions, ["shadow"], piece, "major").map((each) => each.slot)).toEqual(["A"]);
  });
  it("are those that somebody was unsure of", () => {
    const opinions = [opinion("unsure", "none"), opinion("unsure", "none")];
    expect(tiedCells(opinions, ["shadow"], piece, "minor").map((each) => each.slot)).toEqual(["A"]);
  });
  it("are settled one by one", () => {
    const ties = tiedCells([opinion("minor", "none"), opinion("none", "none")], ["shadow"], piece, "minor");
    expect(openTies(ties, EMPTY)).toHaveLength(1);
    expect(openTies(ties, { ...EMPTY, cells: { A: { shadow: "none" } } })).toEqual([]);
  });
  it("show the gravest word where the votes are one", () => {
    expect(agreed([opinion("minor", "none"), opinion("major", "none")], "A", "shadow")).toBe("major");
  });
});
