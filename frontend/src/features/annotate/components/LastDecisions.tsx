import { MiniMatrix } from "../../../components/MiniMatrix";
import { duration } from "../../../lib/format";
import type { Mark } from "../../../lib/severity";
import { useTexts } from "../../../lib/texts";
import type { DecisionRow } from "../api/shapes";
import type { Piece } from "../model/piece";
import { texts } from "../texts";
import classes from "./Workspace.module.css";

interface Props {
  readonly decisions: readonly DecisionRow[];
  readonly piece: Piece;
  readonly onOpen: (decision: DecisionRow) => void;
}

/** One's own newest opinions in the letters they were given under; a press opens one to change it. */
export function LastDecisions({ decisions, piece, onOpen }: Props) {
  const t = useTexts(texts);
  if (decisions.length === 0) return null;
  return (
    <section className={`panel ${classes.recent}`}>
      <h3>{t.lastDecisions}</h3>
      {decisions.map((decision) => (
        <button key={decision.annotation_id} type="button" onClick={() => onOpen(decision)}>
          <span className="mono t2 clip">{decision.sample}</span>
          <span className="sp" />
          <MiniMatrix
            label={t.verdicts}
            marks={piece.aspects.map(({ key }) =>
              [...decision.letters].map((slot): Mark => decision.cells[slot]?.[key] ?? "todo"),
            )}
          />
          <span className="t3 r" style={{ width: 44 }}>
            {duration(decision.active_ms)}
          </span>
        </button>
      ))}
    </section>
  );
}
