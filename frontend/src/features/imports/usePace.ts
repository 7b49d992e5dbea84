import { useRef } from "react";

const WINDOW_MS = 20_000;

/** How many a second over the last twenty seconds of looking; null before two looks differ. A restart changes nothing. */
export function usePace(done: number, now: number = Date.now()): number | null {
  const seen = useRef<{ at: number; done: number }[]>([]);
  const last = seen.current.at(-1);
  if (!last || last.done !== done) seen.current = [...seen.current, { at: now, done }];
  seen.current = seen.current.filter((each) => now - each.at <= WINDOW_MS);
  const first = seen.current[0];
  if (!first || now - first.at < 900 || done <= first.done) return null;
  return ((done - first.done) * 1000) / (now - first.at);
}
