import type { ReactNode } from "react";
import classes from "./IntervalRow.module.css";
import { IntervalTrack } from "./IntervalTrack";

interface Props {
  readonly label: ReactNode;
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  /** Ends of the scale. */
  readonly from?: number;
  readonly to?: number;
  /** A dashed line to stay above (or below). */
  readonly floor?: number;
  readonly show?: (value: number) => string;
  readonly warn?: boolean;
  /** What stands where there is no value: why not. */
  readonly missing?: string;
}

/** A value with its interval on a shared scale. */
export function IntervalRow({ from = 0, to = 1, show = (value) => value.toFixed(2), ...props }: Props) {
  const at = (value: number) => Math.min(100, Math.max(0, (100 * (value - from)) / (to - from)));
  const said = props.value === null ? (props.missing ?? "–") : show(props.value);
  return (
    <div className={classes.row}>
      <span className="clip">{props.label}</span>
      <IntervalTrack value={props.value} low={props.low} high={props.high} floor={props.floor} at={at} />
      <span
        className={`${classes.value} nw ${props.warn ? "warn" : ""}`}
        title={
          props.low != null && props.high != null ? `${show(props.low)} – ${show(props.high)}` : undefined
        }
      >
        {props.warn ? `! ${said}` : said}
      </span>
    </div>
  );
}
