import { describe, expect, it } from "vitest";
import type { PageKeys } from "../../../lib/commands";
import { freeNear, type Held, isFixed, keysOf, move, reset, swap } from "./moving";

const annotate: PageKeys = {
  title: "Annotate",
  commands: [
    { name: "lens", label: "Lens", keys: ["KeyL"] },
    { name: "clean", label: "Rest is clean", keys: ["KeyA"] },
    { name: "undo", label: "Undo", keys: ["Backspace", "Ctrl+KeyZ"] },
    { name: "submit", label: "Submit", keys: ["Enter"] },
  ],
};
const held = (ours: string, map = {}): Held => {
  const found = keysOf("annotate", annotate, map).find((each) => each.ours === ours);
  if (!found) throw new Error(ours);
  return found;
};

describe("moving a key", () => {
  it("takes a free one, and Loupe's own back without a trace", () => {
    const moved = move({}, "annotate", annotate, held("KeyL"), "KeyK");
    expect(moved).toEqual({ kind: "moved", map: { annotate: { KeyL: "KeyK" } } });
    const map = { annotate: { KeyL: "KeyK" } };
    expect(move(map, "annotate", annotate, held("KeyL", map), "KeyL")).toEqual({ kind: "moved", map: {} });
  });

  it("refuses one that means something else here, by the keys as they are now", () => {
    expect(move({}, "annotate", annotate, held("KeyL"), "KeyA")).toMatchObject({
      kind: "taken",
      by: { command: "clean" },
    });
    const map = { annotate: { KeyA: "KeyC" } };
    expect(move(map, "annotate", annotate, held("KeyL", map), "KeyA").kind).toBe("moved");
    expect(move(map, "annotate", annotate, held("KeyL", map), "KeyC").kind).toBe("taken");
  });

  it("leaves alone what browsers, screen readers and printed characters need", () => {
    for (const chord of ["Escape", "Enter", "Tab", "Shift+ArrowUp", "Ctrl+KeyW", "F5", "/", "?"])
      expect(isFixed(chord)).toBe(true);
    for (const chord of ["KeyA", "Shift+Digit1", "Alt+KeyN", "Space", "Backspace"])
      expect(isFixed(chord)).toBe(false);
    expect(move({}, "annotate", annotate, held("Enter"), "KeyV").kind).toBe("fixed");
  });

  it("swaps two, and goes back for one page or for all", () => {
    const map = swap({ explorer: { KeyF: "KeyG" } }, "annotate", held("KeyL"), held("KeyA"));
    expect(map).toEqual({ explorer: { KeyF: "KeyG" }, annotate: { KeyL: "KeyA", KeyA: "KeyL" } });
    expect(reset(map, "annotate")).toEqual({ explorer: { KeyF: "KeyG" } });
    expect(reset(map)).toEqual({});
  });

  it("offers what is free, the nearest first", () => {
    const free = freeNear("annotate", annotate, {}, "KeyA");
    expect(free[0]).toMatch(/^Key[QSZW]$/);
    expect(free).not.toContain("KeyL");
    expect(freeNear("annotate", annotate, { annotate: { KeyL: "KeyK" } }, "KeyA")).toContain("KeyL");
  });
});
