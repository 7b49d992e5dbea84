import type { Judgement } from "../../../canvas/judgement";
import { Keycap } from "../../../components/Keycap";
import { SeverityGlyph } from "../../../components/SeverityGlyph";
import { severityTexts } from "../../../components/severityTexts";
import { useTexts } from "../../../lib/texts";
import { ASPECT_KEYS } from "../model/commands";
import type { Candidate, Piece } from "../model/piece";
import { markAt } from "../model/verdicts";
import classes from "./Workspace.module.css";

interface Props {
  readonly piece: Piece;
  readonly candidate: Candidate;
  readonly judgement: Judgement;
  readonly focused: boolean;
  readonly onCell: (slot: string, aspect: string) => void;
}

/** The aspects of one candidate below its picture; the key caps sit on the focused one only. */
export function VerdictStrip({ piece, candidate, judgement, focused, onCell }: Props) {
  const said = useTexts(severityTexts);
  return piece.aspects.map((aspect, index) => {
    const mark = markAt(judgement, candidate.slot, aspect.key);
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
}
