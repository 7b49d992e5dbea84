/** Counts the time in which the tab was visible and somebody did something within the last `quietMs`. */
const SIGNS = ["pointermove", "pointerdown", "keydown", "wheel"] as const;

export interface ActiveClock {
  /** Active milliseconds since the last take; taking sets it back to zero. */
  take(): number;
  peek(): number;
  stop(): void;
}

export function startActiveClock(
  quietMs = 60_000,
  now: () => number = () => performance.now(),
  page: Document = document,
): ActiveClock {
  let counted = 0;
  let from: number | null = null;
  let lastSign = now();
  const settle = () => {
    const at = now();
    if (from !== null) counted += Math.max(0, Math.min(at, lastSign + quietMs) - from);
    from = page.visibilityState === "visible" ? at : null;
  };
  const sign = () => {
    settle();
    lastSign = now();
  };
  settle();
  page.addEventListener("visibilitychange", settle);
  for (const name of SIGNS) page.addEventListener(name, sign, { passive: true, capture: true });
  return {
    peek() {
      settle();
      return Math.round(counted);
    },
    take() {
      settle();
      const taken = Math.round(counted);
      counted = 0;
      return taken;
    },
    stop() {
      page.removeEventListener("visibilitychange", settle);
      for (const name of SIGNS) page.removeEventListener(name, sign, { capture: true });
    },
  };
}
