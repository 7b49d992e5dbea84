import { IconChevronRight } from "@tabler/icons-react";
import { Link } from "react-router";
import { useMay, useProject } from "../../api/project";
import { PageHeader } from "../../components/PageHeader";
import { useTexts } from "../../lib/texts";
import { texts } from "./texts";

/** Where a project's settings lie, as far as this person may go. */
export function SettingsPage() {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const places = [
    { to: "guideline", title: t.guideline, why: t.guidelineWhy, show: true },
    { to: "members", title: t.members, why: t.membersWhy, show: lead },
    { to: "endpoints", title: t.endpoints, why: t.endpointsWhy, show: lead },
  ].filter((place) => place.show);
  return (
    <>
      <PageHeader title={t.title} />
      <div className="col gap5">
        {places.map((place) => (
          <Link key={place.to} to={`/p/${project.slug}/settings/${place.to}`} className="panel">
            <div className="ph" style={{ color: "var(--text)" }}>
              <div className="col gap2 sp">
                <h2>{place.title}</h2>
                <span className="t2">{place.why}</span>
              </div>
              <IconChevronRight size={16} />
            </div>
          </Link>
        ))}
      </div>
    </>
  );
}
