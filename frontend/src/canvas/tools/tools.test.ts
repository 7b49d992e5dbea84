import { describe, expect, it, vi } from "vitest";
import { imagePoint, screenPoint } from "../geometry";
import type { Shape } from "../shapes";
import { press } from "./idle";
import type { Gesture, Hit, Surface } from "./tool";

const box: Shape = { kind: "box", box: { x: 100, y: 100, width: 50, height: 40 } };

function surfaceWith(part: Partial<Pick<Surface, "armed" | "editable">> = {}) {
  return {
    picture: { width: 512, height: 512 },
    armed: false,
    editable: true,
    pan: vi.fn(),
    preview: vi.fn(),
    draw: vi.fn(),
    pick: vi.fn(),
    shapeOf: () => box,
    change: vi.fn(),
    ...part,
  } satisfies Surface;
}
/** One CSS pixel is two of the picture here. */
const at = (x: number, y: number, shift = false): Gesture => ({
  at: screenPoint(x, y),
  image: imagePoint(2 * x, 2 * y),
  shift,
});
const picture: Hit = { kind: "picture" };

describe("a press on the picture", () => {
  it("is a click while it stays, and lets go of the selection", () => {
    const surface = surfaceWith();
    const state = press(picture, at(10, 10), surface).move(at(12, 11), surface);
    expect(state.name).toBe("pressed");
    expect(state.up(at(12, 11), surface).name).toBe("idle");
    expect(surface.pick).toHaveBeenCalledWith(null);
    expect(surface.pan).not.toHaveBeenCalled();
  });

  it("pans every picture once it moves, and this one alone with Shift", () => {
    const surface = surfaceWith();
    press(picture, at(10, 10), surface).move(at(30, 10), surface).move(at(30, 25), surface);
    expect(surface.pan.mock.calls).toEqual([
      [20, 0, false],
      [0, 15, false],
    ]);
    press(picture, at(0, 0, true), surface).move(at(9, 0, true), surface);
    expect(surface.pan).toHaveBeenLastCalledWith(9, 0, true);
  });
});

describe("drawing", () => {
  it("makes a box of a drag and a point of a click", () => {
    const surface = surfaceWith({ armed: true });
    press(picture, at(10, 10), surface).move(at(30, 40), surface).up(at(40, 50), surface);
    expect(surface.draw).toHaveBeenCalledWith({ kind: "box", box: { x: 20, y: 20, width: 60, height: 80 } });
    press(picture, at(10, 10), surface).up(at(11, 10), surface);
    expect(surface.draw).toHaveBeenLastCalledWith({ kind: "point", at: [20, 20] });
  });

  it("leaves nothing behind when it is broken off", () => {
    const surface = surfaceWith({ armed: true });
    const state = press(picture, at(10, 10), surface).move(at(30, 40), surface).cancel(surface);
    expect(state.name).toBe("idle");
    expect(surface.preview).toHaveBeenLastCalledWith(null);
    expect(surface.draw).not.toHaveBeenCalled();
  });
});

describe("a region", () => {
  it("moves as one step, and never over the edge", () => {
    const surface = surfaceWith();
    press({ kind: "region", id: "r1" }, at(60, 60), surface)
      .move(at(80, 60), surface)
      .up(at(260, 60), surface);
    expect(surface.pick).toHaveBeenCalledWith("r1");
    expect(surface.change.mock.calls).toEqual([
      ["r1", { kind: "box", box: { x: 462, y: 100, width: 50, height: 40 } }],
    ]);
  });

  it("is resized at a corner", () => {
    const surface = surfaceWith();
    press({ kind: "corner", id: "r1", corner: 2 }, at(75, 70), surface).up(at(100, 90), surface);
    expect(surface.change).toHaveBeenCalledWith("r1", {
      kind: "box",
      box: { x: 100, y: 100, width: 100, height: 80 },
    });
  });

  it("stays as it is where nothing may be edited", () => {
    const surface = surfaceWith({ editable: false });
    press({ kind: "region", id: "r1" }, at(60, 60), surface).up(at(60, 60), surface);
    expect(surface.change).not.toHaveBeenCalled();
    expect(surface.pick).toHaveBeenCalledWith("r1");
  });
});
