import type { QueryClient } from "@tanstack/react-query";
import type { createBrowserRouter } from "react-router";

const OPEN = /^\/(sign-in|invitation|reset)(\/|$)/;

/** Keep where the person was, so that signing in leads back there. */
export function toSignIn(router: ReturnType<typeof createBrowserRouter>, client: QueryClient): void {
  const { pathname, search } = router.state.location;
  if (OPEN.test(pathname)) return;
  client.removeQueries({ queryKey: ["session"] });
  const back = pathname === "/" ? "" : `?to=${encodeURIComponent(pathname + search)}`;
  void router.navigate(`/sign-in${back}`, { replace: true });
}
