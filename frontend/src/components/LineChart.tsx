import { ticks } from "d3-array";
import { timeTicks } from "d3-time";
import { number } from "../lib/format";
import classes from "./LineChart.module.css";
import { type Span, spanOf } from "./scale";

export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** The interval round each point, drawn as a band. */
  readonly band?: readonly (readonly [x: number, low: number, high: number])[];
  /** Where the line is lifted: what lies left and right of it was measured by another scale. */
  readonly breaks?: readonly number[];
  /** 1 to 5: colour and dash, so that no line is told by colour alone. */
  readonly tone?: 1 | 2 | 3 | 4 | 5;
}
interface Props {
  readonly series: readonly Series[];
  readonly label: string;
  readonly yMin?: number;
  readonly yMax?: number;
  readonly xMin?: number;
  readonly xMax?: number;
  /** What the axis counts, in its corner. */
  readonly xName?: string;
  /** The axis is time in milliseconds: its marks stand at whole minutes, hours, days or weeks. */
  readonly time?: boolean;
  readonly formatX?: (x: number) => string;
  readonly formatY?: (y: number) => string;
  /** Upright dashed lines with a name (a stage begins). */
  readonly marks?: readonly { readonly x: number; readonly name: string }[];
  readonly height?: number;
  readonly empty?: string;
}

const DASHES = [undefined, "5 3", "2 2", "7 2 2 2", "4 3"] as const;
const SIDE = 1000;
const MARKS = 4; // about so many on the upright axis
const MARKS_ACROSS = 5;

function marksAcross({ low, high }: Span, time: boolean): number[] {
  if (!time) return ticks(low, high, MARKS_ACROSS);
  return timeTicks(new Date(low), new Date(high), MARKS_ACROSS).map(Number);
}

/** Lines in a stretching SVG, words as HTML round it so that they keep their size; each line is named at its end. */
export function LineChart({
  series,
  formatX = (x) => number(x),
  formatY = (y) => number(y, 2),
  ...props
}: Props) {
  const shown = series.filter((each) => each.points.length > 0);
  if (shown.length === 0)
    return (
      <div className={classes.chart} style={{ height: props.height }}>
        <span className={classes.empty}>{props.empty}</span>
      </div>
    );
  const xs = shown.flatMap((each) => each.points.map(([x]) => x));
  const ys = shown.flatMap((each) => [
    ...each.points.map(([, y]) => y),
    ...(each.band ?? []).flatMap(([, l, h]) => [l, h]),
  ]);
  const x = spanOf(xs, { min: props.xMin, max: props.xMax });
  const y = spanOf(ys, { min: props.yMin, max: props.yMax });
  const px = (value: number) => (SIDE * (value - x.low)) / (x.high - x.low);
  const py = (value: number) => SIDE - (SIDE * (value - y.low)) / (y.high - y.low);
  // A single point is a line of no length, which its round ends make a dot.
  const path = (points: readonly (readonly [number, number])[], breaks: readonly number[] = []) =>
    points
      .map(([a, b], index) => {
        const before = points[index - 1]?.[0];
        const lifted = before === undefined || breaks.some((at) => before <= at && at < a);
        return `${lifted ? "M" : "L"}${px(a).toFixed(1)} ${py(b).toFixed(1)}`;
      })
      .join("") + (points.length === 1 ? "h0" : "");
  const across = (value: number) =>
    `calc(var(--left) + (100% - var(--left) - var(--right)) * ${px(value) / SIDE})`;
  const down = (value: number) => `calc(6px + (100% - 24px) * ${py(value) / SIDE})`;
  const longest = Math.max(...shown.map((each) => each.name.length));
  const room = {
    "--left": "40px",
    "--right": shown.length > 1 ? `${Math.min(130, 14 + longest * 6.4)}px` : "10px",
  };
  return (
    <figure
      className={classes.chart}
      style={{ height: props.height, ...room } as React.CSSProperties}
      aria-label={props.label}
    >
      <svg viewBox={`0 0 ${SIDE} ${SIDE}`} preserveAspectRatio="none" role="img" aria-label={props.label}>
        {ticks(y.low, y.high, MARKS).map((value) => (
          <line
            key={value}
            className={value === y.low ? classes.axis : classes.grid}
            x1={0}
            x2={SIDE}
            y1={py(value)}
            y2={py(value)}
          />
        ))}
        {props.marks?.map((mark) => (
          <line key={mark.name} className={classes.mark} x1={px(mark.x)} x2={px(mark.x)} y1={0} y2={SIDE} />
        ))}
        {shown.map((each, index) => {
          const tone = each.tone ?? (((index % 5) + 1) as 1 | 2 | 3 | 4 | 5);
          const band = each.band ?? [];
          return (
            <g key={each.name} stroke={`var(--s${tone})`} fill="none">
              {band.length > 1 && (
                <path
                  d={`${path(band.map(([a, , high]) => [a, high]))}${path(band.map(([a, low]) => [a, low] as const).toReversed()).replace("M", "L")}z`}
                  fill={`var(--s${tone})`}
                  stroke="none"
                  opacity="var(--band)"
                />
              )}
              <path
                d={path(each.points, each.breaks)}
                strokeWidth={each.points.length === 1 ? 7 : index === 0 ? 2.2 : 1.6}
                strokeLinecap={each.points.length === 1 ? "round" : undefined}
                strokeDasharray={each.points.length === 1 ? undefined : DASHES[tone - 1]}
              />
            </g>
          );
        })}
      </svg>
      {ticks(y.low, y.high, MARKS).map((value) => (
        <span key={value} className={classes.y} style={{ top: down(value) }}>
          {formatY(value)}
        </span>
      ))}
      {marksAcross(x, props.time ?? false).map((value) => {
        const said = formatX(value);
        // In the corner stands what the axis counts; a long figure there would run into it.
        if (props.xName && px(value) < 0.04 * SIDE && said.length > 2) return null;
        return (
          <span key={value} className={classes.x} style={{ left: across(value) }}>
            {said}
          </span>
        );
      })}
      {props.xName && <span className={classes.xName}>{props.xName}</span>}
      {props.marks?.map((mark) => (
        <span
          key={mark.name}
          className={classes.name}
          style={{ left: across(mark.x), top: 10, fontWeight: 400 }}
        >
          {mark.name}
        </span>
      ))}
      {shown.length > 1 &&
        apart(shown, py).map(({ each, top, index }) => {
          const last = each.points.at(-1);
          return last ? (
            <span
              key={each.name}
              className={classes.name}
              style={{
                left: across(last[0]),
                top: `calc(6px + (100% - 24px) * ${top / SIDE})`,
                color: `var(--s${each.tone ?? (index % 5) + 1})`,
              }}
            >
              {each.name}
            </span>
          ) : null;
        })}
    </figure>
  );
}

/** Names at the lines' ends, pushed apart where lines end close together. */
function apart(series: readonly Series[], py: (y: number) => number) {
  const gap = 110;
  const placed = series
    .map((each, index) => ({ each, index, top: py(each.points.at(-1)?.[1] ?? 0) }))
    .sort((a, b) => a.top - b.top);
  placed.forEach((row, index) => {
    const above = placed[index - 1];
    if (above && row.top < above.top + gap) row.top = above.top + gap;
  });
  // What was pushed below the axis is pushed back up, the lowest name first.
  placed.toReversed().forEach((row, index, upwards) => {
    const limit = index === 0 ? SIDE : (upwards[index - 1]?.top ?? SIDE) - gap;
    if (row.top > limit) row.top = limit;
  });
  return placed;
}
