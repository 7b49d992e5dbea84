import { distance } from "../geometry";
import { idle } from "./idle";
import { panning } from "./panning";
import { CLICK_SLACK, type Gesture, type ToolState } from "./tool";

/** Down on the picture and not moved yet: a click, or the beginning of a pan. */
export function pressed(start: Gesture, region: string | null = null): ToolState {
  const state: ToolState = {
    name: "pressed",
    move: (gesture, surface) =>
      distance(start.at, gesture.at) > CLICK_SLACK ? panning(start).move(gesture, surface) : state,
    up(_, surface) {
      surface.pick(region);
      return idle;
    },
    cancel: () => idle,
  };
  return state;
}
