import type { ReactNode } from "react";
import { SeverityGlyph } from "../../../components/SeverityGlyph";
import { severityTexts } from "../../../components/severityTexts";
import type { Mark } from "../../../lib/severity";
import { useTexts } from "../../../lib/texts";
import type { Piece } from "../model/piece";
import classes from "./Workspace.module.css";

interface Props {
  readonly aspects: Piece["aspects"];
  readonly markOf: (aspect: string) => Mark;
  /** Stands in a cell that nobody has settled, in place of the usual glyph. */
  readonly unsettled?: ReactNode;
}

/** What was said of one candidate, below its picture, to be read: VerdictStrip is the one to judge with. */
export function MarkStrip({ aspects, markOf, unsettled }: Props) {
  const said = useTexts(severityTexts);
  return aspects.map((aspect) => {
    const mark = markOf(aspect.key);
    return (
      <span key={aspect.key} className={classes.cellWrap}>
        <span className={`cell ${mark}`} title={`${aspect.name}: ${said[mark]}`}>
          {(mark === "todo" && unsettled) || <SeverityGlyph mark={mark} size={11} />}
          <span className={classes.label}>{aspect.short}</span>
          <span className={classes.tag}>{aspect.tag}</span>
        </span>
      </span>
    );
  });
}
