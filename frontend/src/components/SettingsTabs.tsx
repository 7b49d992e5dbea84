import { NavLink } from "react-router";
import { useMay, useProject } from "../api/project";
import { defineTexts, useTexts } from "../lib/texts";

const texts = defineTexts(
  {
    label: "Settings",
    members: "Members",
    aspects: "Aspects and rule",
    guideline: "Guideline",
    endpoints: "Endpoints",
  },
  {
    label: "设置",
    members: "成员",
    aspects: "方面与规则",
    guideline: "指南",
    endpoints: "端点",
  },
);

/** A project's settings, as far as this person may go. */
export function SettingsTabs() {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const base = `/p/${project.slug}/settings`;
  return (
    <nav className="tabs" aria-label={t.label}>
      {lead && <NavLink to={`${base}/members`}>{t.members}</NavLink>}
      <NavLink to={`${base}/aspects`}>{t.aspects}</NavLink>
      <NavLink to={`${base}/guideline`}>{t.guideline}</NavLink>
      {lead && <NavLink to={`${base}/endpoints`}>{t.endpoints}</NavLink>}
    </nav>
  );
}
