import classes from "./IntervalTrack.module.css";

interface Props {
  readonly value: number | null;
  readonly low?: number | null | undefined;
  readonly high?: number | null | undefined;
  /** A dashed line to stay above (or below). */
  readonly floor?: number | undefined;
  /** Where on the scale a value lies, in percent of its length. */
  readonly at: (value: number) => number;
  /** Whose value it is: a model's, a policy's that does not look, the sandbox's, or people's. */
  readonly tone?: "model" | "trivial" | "sandbox" | "person" | undefined;
}

/** A point and its interval on a scale; an empty scale where there is no value. */
export function IntervalTrack({ value, low, high, floor, at, tone = "model" }: Props) {
  return (
    <span className={classes.track}>
      {floor !== undefined && <i className={classes.floor} style={{ left: `${at(floor)}%` }} />}
      {low != null && high != null && (
        <i className={classes.interval} style={{ left: `${at(low)}%`, width: `${at(high) - at(low)}%` }} />
      )}
      {value !== null && (
        <i className={`${classes.point} ${classes[tone]}`} style={{ left: `${at(value)}%` }} />
      )}
    </span>
  );
}
