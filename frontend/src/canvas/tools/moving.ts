import { distance } from "../geometry";
import { moved, type Shape } from "../shapes";
import { idle } from "./idle";
import { CLICK_SLACK, type Gesture, type Surface, type ToolState } from "./tool";

/** A region follows the pointer; let go, it has moved once, which is one step to undo. */
export function moving(id: string, shape: Shape, start: Gesture): ToolState {
  const shapeAt = (gesture: Gesture, surface: Surface): Shape =>
    moved(shape, gesture.image[0] - start.image[0], gesture.image[1] - start.image[1], surface.picture);
  const state: ToolState = {
    name: "moving",
    move(gesture, surface) {
      if (distance(start.at, gesture.at) > CLICK_SLACK) surface.preview(shapeAt(gesture, surface));
      return state;
    },
    up(gesture, surface) {
      surface.preview(null);
      if (distance(start.at, gesture.at) > CLICK_SLACK) surface.change(id, shapeAt(gesture, surface));
      return idle;
    },
    cancel(surface) {
      surface.preview(null);
      return idle;
    },
  };
  return state;
}
