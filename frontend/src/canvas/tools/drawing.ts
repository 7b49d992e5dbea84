import { boxBetween, clampPoint, distance } from "../geometry";
import type { Shape } from "../shapes";
import { idle } from "./idle";
import { CLICK_SLACK, type Gesture, type Surface, type ToolState } from "./tool";

/** A drag makes a box, a click a point. */
export function drawing(start: Gesture): ToolState {
  const shapeTo = (gesture: Gesture, surface: Surface): Shape => {
    const box = boxBetween(start.image, gesture.image, surface.picture);
    const isClick = distance(start.at, gesture.at) <= CLICK_SLACK || box.width < 1 || box.height < 1;
    return isClick ? { kind: "point", at: clampPoint(start.image, surface.picture) } : { kind: "box", box };
  };
  const state: ToolState = {
    name: "drawing",
    move(gesture, surface) {
      surface.preview(shapeTo(gesture, surface));
      return state;
    },
    up(gesture, surface) {
      surface.preview(null);
      surface.draw(shapeTo(gesture, surface));
      return idle;
    },
    cancel(surface) {
      surface.preview(null);
      return idle;
    },
  };
  return state;
}
