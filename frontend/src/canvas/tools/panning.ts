import { idle } from "./idle";
import type { Gesture, ToolState } from "./tool";

/** Drag moves every picture; begun with Shift it moves this one. */
export function panning(start: Gesture, last: Gesture = start): ToolState {
  return {
    name: "panning",
    move(gesture, surface) {
      surface.pan(gesture.at[0] - last.at[0], gesture.at[1] - last.at[1], start.shift);
      return panning(start, gesture);
    },
    up: () => idle,
    cancel: () => idle,
  };
}
