import { useParams } from "react-router";
import { covers, type ProjectBrief, type Role, useMe } from "./session";

/** The project of the address `/p/:project/…`, as this person's member row shows it. */
export function useProject(): ProjectBrief {
  const { project: slug } = useParams();
  const found = useMe().projects.find((each) => each.slug === slug);
  if (!found) throw new Error("useProject outside /p/:project");
  return found;
}

/** Whether this person may do in this project what a role may do. */
export const useMay = (needed: Role): boolean => covers(useProject().role, needed);
