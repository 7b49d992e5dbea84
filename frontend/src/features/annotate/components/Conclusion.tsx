import { IconAlertTriangle } from "@tabler/icons-react";
import { useTexts } from "../../../lib/texts";
import type { Finding } from "../api/rationale";
import { texts } from "../texts";
import classes from "./RationaleDesk.module.css";

interface Props {
  readonly slots: readonly string[];
  readonly concluded: readonly string[];
  /** What the checks find in the text as a whole. */
  readonly findings: readonly Finding[];
  onConclude(concluded: readonly string[]): void;
}

/** Which candidates the text concludes to have a defect. */
export function Conclusion({ slots, concluded, findings, onConclude }: Props) {
  const t = useTexts(texts);
  return (
    <>
      <div>
        <span>{t.conclusion}</span>
        {slots.map((where) => {
          const on = concluded.includes(where);
          return (
            <button
              key={where}
              type="button"
              className={classes.chip}
              data-on={on || undefined}
              aria-pressed={on}
              aria-label={`${where}: ${on ? t.defectHere : t.defectNone}`}
              onClick={() =>
                onConclude(on ? concluded.filter((each) => each !== where) : [...concluded, where])
              }
            >
              {where}
            </button>
          );
        })}
        {concluded.length === 0 && <span className="t2">{t.concludesNone}</span>}
      </div>
      {findings.map((each) => (
        <div key={each.code + each.detail}>
          <IconAlertTriangle size={14} className="warn" />
          {each.detail || each.code}
        </div>
      ))}
    </>
  );
}
