import { useCallback, useRef } from "react";

/**
 * One function for the life of the component that calls the newest `handler`, so that a memoised child is not rendered
 * again only because its parent was. For events alone: called while rendering it would answer with what was before.
 */
export function useStable<A extends unknown[], R>(handler: (...args: A) => R): (...args: A) => R {
  const latest = useRef(handler);
  latest.current = handler;
  return useCallback((...args: A) => latest.current(...args), []);
}
