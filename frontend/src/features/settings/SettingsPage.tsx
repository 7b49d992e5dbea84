import { Navigate } from "react-router";
import { useMay, useProject } from "../../api/project";

/** The first of the settings this person may see. */
export function SettingsPage() {
  const project = useProject();
  return <Navigate to={`/p/${project.slug}/settings/${useMay("lead") ? "members" : "aspects"}`} replace />;
}
