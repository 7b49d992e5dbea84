import { drawing } from "./drawing";
import { moving } from "./moving";
import { pressed } from "./pressed";
import { resizing } from "./resizing";
import type { Gesture, Hit, Surface, ToolState } from "./tool";

export const idle: ToolState = {
  name: "idle",
  move: () => idle,
  up: () => idle,
  cancel: () => idle,
};

/** The pointer goes down: which tool takes over. */
export function press(hit: Hit, gesture: Gesture, surface: Surface): ToolState {
  if (surface.armed) return drawing(gesture);
  if (hit.kind === "picture") return pressed(gesture);
  surface.pick(hit.id);
  if (!surface.editable) return pressed(gesture, hit.id);
  const shape = surface.shapeOf(hit.id);
  if (hit.kind === "corner" && shape.kind === "box") return resizing(hit.id, shape.box, hit.corner);
  return moving(hit.id, shape, gesture);
}
