import { Tooltip } from "@mantine/core";
import { Fragment } from "react";
import { NavLink } from "react-router";
import { useProject } from "../../api/project";
import { covers } from "../../api/session";
import { useTexts } from "../../lib/texts";
import { placesOf } from "../navigation";
import { projectPages } from "../routes";
import classes from "./Shell.module.css";
import { texts } from "./texts";

export function Navbar({ rail }: { rail: boolean }) {
  const project = useProject();
  const t = useTexts(texts);
  const groups = placesOf(projectPages, (needed) => covers(project.role, needed));
  return (
    <nav className={classes.nav} data-rail={rail || undefined} aria-label={t.project}>
      {groups.map((group, index) => (
        <Fragment key={group.places[0]?.word ?? index}>
          {group.word ? (
            <div className={classes.group}>{t[group.word]}</div>
          ) : (
            index > 0 && <div className={classes.gap} />
          )}
          {group.places.map(({ path, word, icon: Icon }) => (
            <Tooltip key={word} label={t[word]} position="right" disabled={!rail}>
              <NavLink
                className={classes.place}
                to={`/p/${project.slug}${path && `/${path}`}`}
                end={path === "" || path === "training"}
                aria-label={t[word]}
              >
                <Icon size={16} stroke={1.6} />
                <span>{t[word]}</span>
              </NavLink>
            </Tooltip>
          ))}
        </Fragment>
      ))}
    </nav>
  );
}
