import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useRouteError } from "react-router";
import { EmptyState } from "../components/EmptyState";
import { useTexts } from "../lib/texts";
import { texts } from "./texts";

/** A part of the pages that is no longer on the server: the pages were built again since this one was opened. */
const isOldBuild = (error: unknown): boolean =>
  error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);

export function RouteFailure() {
  const error = useRouteError();
  const t = useTexts(texts);
  return (
    <EmptyState
      icon={<IconAlertTriangle size={22} />}
      title={isOldBuild(error) ? t.newVersion : t.pageFailed}
      action={<Button onClick={() => window.location.reload()}>{t.reload}</Button>}
    >
      {isOldBuild(error) ? null : t.pageFailedWhy}
      {error instanceof Error && !isOldBuild(error) && <p className="mono t3">{error.message}</p>}
    </EmptyState>
  );
}
