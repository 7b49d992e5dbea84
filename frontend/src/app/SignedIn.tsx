import { IconPlugOff } from "@tabler/icons-react";
import { useEffect } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { isProblem } from "../api/problem";
import { useSession } from "../api/session";
import { EmptyState } from "../components/EmptyState";
import { ownKeys } from "../lib/commands";
import { useTexts } from "../lib/texts";
import { texts } from "./texts";

/** Everything below knows who is signed in. */
export function SignedIn() {
  const session = useSession();
  const t = useTexts(texts);
  const { pathname, search } = useLocation();
  const keys = session.data?.user.keys;
  useEffect(() => {
    if (keys) ownKeys.set(keys);
  }, [keys]);
  if (session.data) return <Outlet />;
  if (isProblem(session.error, "not_signed_in")) {
    const back = pathname === "/" ? "" : `?to=${encodeURIComponent(pathname + search)}`;
    return <Navigate to={`/sign-in${back}`} replace />;
  }
  if (session.error) {
    return (
      <EmptyState icon={<IconPlugOff size={22} />} title={t.serverGone}>
        {t.serverGoneWhy}
      </EmptyState>
    );
  }
  return null;
}
