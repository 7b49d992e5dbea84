import classes from "../People.module.css";

/** A point with its interval on a scale from 0 to 1; a dashed line is a floor to stay above. */
export function Scale(props: {
  value: number | null;
  low: number | null;
  high: number | null;
  floor?: number;
  warn?: boolean;
}) {
  const at = (value: number) => `${100 * Math.min(1, Math.max(0, value))}%`;
  return (
    <span className={classes.scale}>
      {props.floor !== undefined && <i className={classes.floor} style={{ left: at(props.floor) }} />}
      {props.low !== null && props.high !== null && (
        <i className={classes.range} style={{ left: at(props.low), width: at(props.high - props.low) }} />
      )}
      {props.value !== null && (
        <i className={classes.dot} data-warn={props.warn || undefined} style={{ left: at(props.value) }} />
      )}
    </span>
  );
}
