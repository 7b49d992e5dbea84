import { IconLock } from "@tabler/icons-react";
import { Link, Outlet, useParams } from "react-router";
import { useMe } from "../api/session";
import { EmptyState } from "../components/EmptyState";
import { useTexts } from "../lib/texts";
import { texts } from "./texts";

/** Everything below `/p/:project` is for members; a stranger meets what stands at no address. */
export function ProjectGate() {
  const { project } = useParams();
  const t = useTexts(texts);
  if (useMe().projects.some((each) => each.slug === project)) return <Outlet />;
  return (
    <EmptyState icon={<IconLock size={22} />} title={t.noProject} action={<Link to="/">{t.toProjects}</Link>}>
      {t.noProjectWhy}
    </EmptyState>
  );
}
