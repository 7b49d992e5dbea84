import { IconMapOff } from "@tabler/icons-react";
import { Link } from "react-router";
import { EmptyState } from "../components/EmptyState";
import { useTexts } from "../lib/texts";
import { texts } from "./texts";

export function NotFound() {
  const t = useTexts(texts);
  return (
    <EmptyState
      icon={<IconMapOff size={22} />}
      title={t.nothingHere}
      action={<Link to="/">{t.toProjects}</Link>}
    >
      {t.maybeMoved}
    </EmptyState>
  );
}
