import { memo } from "react";
import { useTexts } from "../../../lib/texts";
import type { Aspect } from "../model/piece";
import { texts } from "../texts";
import classes from "./Workspace.module.css";

/** What the project says about the aspect in focus. */
export const Guide = memo(function Guide(props: { aspect: Aspect | undefined; version: number }) {
  const { aspect, version } = props;
  const t = useTexts(texts);
  if (!aspect) return null;
  return (
    <section className={`panel ${classes.guide}`}>
      <div className="row">
        <h2>{aspect.name}</h2>
        <span className="sp" />
        <span className="t3 s nw">
          {t.guideline} {version}
        </span>
      </div>
      <p>{aspect.description || t.noDescription}</p>
    </section>
  );
});
