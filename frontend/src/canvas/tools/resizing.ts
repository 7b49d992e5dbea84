import type { Box } from "../geometry";
import { type Corner, resized } from "../shapes";
import { idle } from "./idle";
import type { Gesture, Surface, ToolState } from "./tool";

/** A corner of a box follows the pointer. */
export function resizing(id: string, box: Box, corner: Corner): ToolState {
  const boxAt = (gesture: Gesture, surface: Surface): Box =>
    resized(box, corner, gesture.image, surface.picture);
  const state: ToolState = {
    name: "resizing",
    move(gesture, surface) {
      surface.preview({ kind: "box", box: boxAt(gesture, surface) });
      return state;
    },
    up(gesture, surface) {
      surface.preview(null);
      const next = boxAt(gesture, surface);
      if (next !== box) surface.change(id, { kind: "box", box: next });
      return idle;
    },
    cancel(surface) {
      surface.preview(null);
      return idle;
    },
  };
  return state;
}
