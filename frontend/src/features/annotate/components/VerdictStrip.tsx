import { memo } from "react";
import type { Cells } from "../../../canvas/judgement";
import { Keycap } from "../../../components/Keycap";
import { SeverityGlyph } from "../../../components/SeverityGlyph";
import { severityTexts } from "../../../components/severityTexts";
import { useTexts } from "../../../lib/texts";
import { ASPECT_KEYS } from "../model/commands";
import type { Candidate, Piece } from "../model/piece";
import classes from "./Workspace.module.css";

interface Props {
  readonly piece: Piece;
  readonly candidate: Candidate;
  /** Aspect → severity of this candidate alone: another one's verdicts do not render it again. */
  readonly verdicts: Cells[string] | undefined;
  readonly focused: boolean;
  readonly onCell: (slot: string, aspect: string) => void;
}

/** The aspects of one candidate below its picture; the key caps sit on the focused one only. */
export const VerdictStrip = memo(function VerdictStrip(props: Props) {
  const { piece, candidate, verdicts, focused, onCell } = props;
  const said = useTexts(severityTexts);
  return piece.aspects.map((aspect, index) => {
    const mark = verdicts?.[aspect.key] ?? "todo";
    const key = ASPECT_KEYS[index];
    return (
      <span key={aspect.key} className={classes.cellWrap}>
        <button
          type="button"
          tabIndex={-1}
          className={`cell ${mark}`}
          aria-label={`${candidate.letter} ${aspect.name}: ${said[mark]}`}
          title={aspect.name}
          onClick={() => onCell(candidate.slot, aspect.key)}
        >
          <SeverityGlyph mark={mark} size={11} />
          <span className={classes.label}>{aspect.short}</span>
          <span className={classes.tag}>{aspect.tag}</span>
        </button>
        {focused && key && <Keycap chord={key} />}
      </span>
    );
  });
});
