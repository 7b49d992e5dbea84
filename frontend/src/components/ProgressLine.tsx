import type { ReactNode } from "react";
import { number } from "../lib/format";
import classes from "./ProgressLine.module.css";

export interface Part {
  readonly value: number;
  readonly tone?: "accent" | "ok" | "warn" | "bad" | "quiet";
  readonly label?: string;
}

/** A bar of parts and what it is out of. */
export function ProgressLine(props: {
  parts: readonly Part[];
  total: number;
  label?: ReactNode;
  showFigures?: boolean;
}) {
  const done = props.parts.reduce((sum, part) => sum + part.value, 0);
  const share = (value: number) => `${props.total > 0 ? (100 * value) / props.total : 0}%`;
  return (
    <div className={classes.line}>
      {(props.label || props.showFigures) && (
        <div className="row s">
          <span className="sp clip">{props.label}</span>
          {props.showFigures && (
            <span className="t2 nw">
              {number(done)} / {number(props.total)}
            </span>
          )}
        </div>
      )}
      <div
        className={classes.bar}
        role="progressbar"
        aria-valuenow={done}
        aria-valuemin={0}
        aria-valuemax={props.total}
      >
        {props.parts.map((part, index) => (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a bar have no other name than their place
            key={index}
            className={classes[part.tone ?? "accent"]}
            style={{ width: share(part.value) }}
            title={part.label}
          />
        ))}
      </div>
    </div>
  );
}
