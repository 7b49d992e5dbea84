import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { SeverityGlyph } from "../../../components/SeverityGlyph";
import { severityTexts } from "../../../components/severityTexts";
import { useTexts } from "../../../lib/texts";
import type { RationaleTask } from "../api/rationale";
import { flaggedSlots } from "../model/rationale";
import { texts } from "../texts";
import { markOf } from "./RationaleArea";
import classes from "./RationaleDesk.module.css";

interface Props {
  readonly task: RationaleTask;
  readonly slots: readonly string[];
  readonly missing: readonly string[];
  onGo(slot: string): void;
}

/** The candidates of which a sentence must speak, and whether one does. */
export function Coverage({ task, slots, missing, onGo }: Props) {
  const t = useTexts(texts);
  const said = useTexts(severityTexts);
  const flagged = flaggedSlots(task, slots);
  return (
    <div className={classes.coverage}>
      {flagged.map((where) => (
        <button
          key={where}
          type="button"
          className={classes.chip}
          data-missing={missing.includes(where) || undefined}
          onClick={() => onGo(where)}
        >
          <span className="slot">{where}</span>
          <span className={`sev ${markOf(task, where)}`}>
            <SeverityGlyph mark={markOf(task, where)} /> {said[markOf(task, where)]}
          </span>
          {missing.includes(where) ? (
            <IconAlertTriangle size={14} className="warn" />
          ) : (
            <IconCheck size={14} className="ok" />
          )}
        </button>
      ))}
      {flagged.length === 0 && (
        <span className="s t2">
          {t.humanAnswer}: {task.answer === null ? t.notAnswered : t.concludesNone}
        </span>
      )}
    </div>
  );
}
