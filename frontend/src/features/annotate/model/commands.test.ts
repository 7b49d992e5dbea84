import { describe, expect, it } from "vitest";
import { assertOneMeaningAKey } from "../../../lib/commands";
import { type LabelActions, labelCommands } from "./commands";
import { aspectRows, claimed } from "./fixtures";
import { pieceOf } from "./piece";

const nothing = new Proxy({}, { get: () => () => undefined }) as LabelActions;

describe("the keys of the label workspace", () => {
  it.each([
    [1, 2],
    [4, 4],
    [8, 9],
  ])("have one meaning each for %i candidates and %i aspects", (candidates, aspects) => {
    const rows = aspectRows(aspects);
    const piece = pieceOf(
      claimed(1, { letters: "ABCDEFGH".slice(0, candidates), aspects: rows.map((each) => each.key) }),
      rows,
      "en",
    );
    const commands = labelCommands(piece, nothing, true);
    expect(() => assertOneMeaningAKey({ name: "annotate", title: "", commands })).not.toThrow();
    expect(commands.filter((each) => each.name.startsWith("candidate-"))).toHaveLength(candidates);
    expect(commands.every((each) => each.label !== "")).toBe(true);
  });

  it("leave Submit shut while something is to settle", () => {
    const piece = pieceOf(claimed(1), aspectRows(), "en");
    const submit = (ready: boolean) =>
      labelCommands(piece, nothing, ready).find((each) => each.name === "submit");
    expect(submit(false)?.enabled).toBe(false);
    expect(submit(true)?.enabled).toBe(true);
  });
});
