import { useMemo, useRef, useState } from "react";
import { FIT, type ScreenPoint, type Size, screenPoint, type Viewport, zoomAt } from "../canvas/geometry";
import type { ViewChange } from "./Stage";

interface Views {
  readonly shared: Viewport;
  /** Pictures that were moved alone. */
  readonly own: Readonly<Record<string, Viewport>>;
}
const START: Views = { shared: FIT, own: {} };

/** One viewport for every picture of a sample; Shift moves one of them alone. */
export function useViewport() {
  const [views, setViews] = useState(START);
  const pointer = useRef<{ slot: string; point: ScreenPoint; stage: Size } | null>(null);
  const sizes = useRef(new Map<string, { picture: Size; stage: Size }>());
  // Stable for the life of the desk: a picture is not rendered again because another one was touched.
  const act = useMemo(() => {
    const change = (slot: string, how: ViewChange, alone: boolean) =>
      setViews((now) => {
        if (alone) return { ...now, own: { ...now.own, [slot]: how(now.own[slot] ?? now.shared) } };
        const own = Object.fromEntries(Object.entries(now.own).map(([key, view]) => [key, how(view)]));
        return { shared: how(now.shared), own };
      });
    return {
      change,
      seen: (slot: string, picture: Size, at: { point: ScreenPoint; stage: Size } | null) => {
        if (at) sizes.current.set(slot, { picture, stage: at.stage });
        pointer.current = at ? { slot, ...at } : pointer.current?.slot === slot ? null : pointer.current;
      },
      /** At the pointer, or in the middle when it lies on no picture. */
      zoom(factor: number, fallback: { slot: string; picture: Size }) {
        const at = pointer.current;
        const known = sizes.current.get(at?.slot ?? fallback.slot);
        const picture = known?.picture ?? fallback.picture;
        const stage = at?.stage ?? known?.stage ?? picture;
        const point = at?.point ?? screenPoint(stage.width / 2, stage.height / 2);
        change(at?.slot ?? fallback.slot, (view) => zoomAt(view, point, factor, picture, stage), false);
      },
      show: (view: Viewport) => setViews({ shared: view, own: {} }),
      fit: () => setViews(START),
    };
  }, []);
  return useMemo(
    () => ({
      ...act,
      viewOf: (slot: string): Viewport => views.own[slot] ?? views.shared,
      shared: views.shared,
      loose: Object.keys(views.own).length > 0,
    }),
    [act, views],
  );
}
export type SharedView = ReturnType<typeof useViewport>;
