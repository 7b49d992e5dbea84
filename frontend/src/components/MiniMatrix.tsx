import type { Mark } from "../lib/severity";

const FILL: Readonly<Record<Mark, { fill: string; line?: string; dash?: string }>> = {
  none: { fill: "var(--none-bg)", line: "var(--none-line)" },
  minor: { fill: "none", line: "var(--minor-line)" },
  major: { fill: "var(--major-bg)" },
  unsure: { fill: "var(--unsure-bg)", line: "var(--unsure-line)", dash: "2 1.5" },
  todo: { fill: "none", line: "var(--todo-line)", dash: "1 1" },
};

function Dot({ mark, x, y, side }: { mark: Mark; x: number; y: number; side: number }) {
  const look = FILL[mark];
  const inset = look.line ? 0.5 : 0;
  return (
    <>
      <rect
        x={x + inset}
        y={y + inset}
        width={side - 2 * inset}
        height={side - 2 * inset}
        rx={1.5}
        fill={look.fill}
        stroke={look.line}
        strokeDasharray={look.dash}
      />
      {mark === "minor" && (
        <path d={`M${x} ${y + side}V${y}L${x + side} ${y + side}z`} fill="var(--minor-line)" />
      )}
    </>
  );
}

/** The verdict matrix as one small picture: columns are candidates, rows are aspects. `marks[row][column]`. */
export function MiniMatrix({
  marks,
  side = 4,
  label,
}: {
  marks: readonly (readonly Mark[])[];
  side?: number;
  label: string;
}) {
  const step = side + (side > 4 ? 2 : 1);
  const width = Math.max(1, ...marks.map((row) => row.length)) * step - (step - side);
  const height = Math.max(1, marks.length) * step - (step - side);
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {marks.map((row, y) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
        row.map((mark, x) => <Dot key={`${y}-${x}`} mark={mark} x={x * step} y={y * step} side={side} />),
      )}
    </svg>
  );
}
