import type { ImagePoint, ScreenPoint, Size } from "../geometry";
import type { Corner, Shape } from "../shapes";

/** Where the pointer is, in both spaces. */
export interface Gesture {
  readonly at: ScreenPoint;
  readonly image: ImagePoint;
  readonly shift: boolean;
}
/** What lay under the pointer when it went down. */
export type Hit =
  | { readonly kind: "picture" }
  | { readonly kind: "region"; readonly id: string }
  | { readonly kind: "corner"; readonly id: string; readonly corner: Corner };

/** All that a tool may do to the stage it works on. */
export interface Surface {
  readonly picture: Size;
  /** Whether the next press draws. */
  readonly armed: boolean;
  /** Whether regions may be changed here. */
  readonly editable: boolean;
  /** Move the pictures by CSS pixels: all, or this one alone. */
  pan(dx: number, dy: number, alone: boolean): void;
  /** Show a shape that is still being made. */
  preview(shape: Shape | null): void;
  draw(shape: Shape): void;
  pick(id: string | null): void;
  shapeOf(id: string): Shape;
  change(id: string, shape: Shape): void;
}

/** A small state machine: every event answers with the state that comes next. */
export interface ToolState {
  readonly name: "idle" | "pressed" | "panning" | "drawing" | "moving" | "resizing";
  move(gesture: Gesture, surface: Surface): ToolState;
  up(gesture: Gesture, surface: Surface): ToolState;
  cancel(surface: Surface): ToolState;
}

/** A press that stays within so many CSS pixels is a click. */
export const CLICK_SLACK = 4;
