// biome-ignore-all lint/a11y/useSemanticElements: rows of a windowed list are placed, which a table element cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: heads and rows that lead nowhere take no focus
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import classes from "./DataTable.module.css";

export interface Column<Row> {
  readonly key: string;
  readonly head: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** A CSS grid width: "1fr", "120px", "minmax(8em, 1fr)". */
  readonly width?: string;
  readonly align?: "right";
}
interface Props<Row> {
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string | number;
  readonly label: string;
  /** Where a row leads; Enter and a press open it. */
  readonly to?: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  readonly isOn?: (row: Row) => boolean;
  readonly rowHeight?: number;
  /** Called when the end comes into view: load the next page. */
  readonly onEnd?: () => void;
}

const rowFactor = (): number =>
  Number(getComputedStyle(document.documentElement).getPropertyValue("--rk")) || 1;

/** A cell that is cut off says all of its text while the pointer rests on it. */
function sayWhole(event: MouseEvent<HTMLElement>): void {
  const cell = event.currentTarget;
  const boxes = [cell, ...cell.querySelectorAll<HTMLElement>(".clip")];
  const cut = boxes.find((each) => each.scrollWidth > each.clientWidth && each.textContent);
  cell.title = cut?.textContent ?? "";
}

/** A list of any length: only the rows in view are in the page. Arrows move, Enter opens. */
export function DataTable<Row>({
  rows,
  columns,
  rowKey,
  label,
  to,
  onOpen,
  isOn,
  onEnd,
  rowHeight = 30,
}: Props<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const height = Math.round(rowHeight * rowFactor());
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const lastSeen = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (rows.length > 0 && lastSeen >= rows.length - 1) onEnd?.();
  }, [lastSeen, rows.length, onEnd]);
  const opens = Boolean(to ?? onOpen);
  const open = (row: Row) => (to ? void navigate(to(row)) : onOpen?.(row));
  const onKey = (event: KeyboardEvent<HTMLDivElement>, row: Row) => {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" } as const;
    if (event.key === "Enter" && event.target === event.currentTarget) open(row);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp")
      (event.currentTarget[step[event.key]] as HTMLElement | null)?.focus();
    else return;
    event.preventDefault();
  };
  const layout = {
    "--columns": columns.map((each) => each.width ?? "minmax(0, 1fr)").join(" "),
    "--h": `${height}px`,
  };
  return (
    <div
      ref={box}
      className={classes.box}
      style={layout as React.CSSProperties}
      role="table"
      aria-label={label}
      aria-rowcount={rows.length}
    >
      <div className={classes.head} role="row">
        {columns.map((column) => (
          <span
            key={column.key}
            role="columnheader"
            className={column.align === "right" ? classes.right : undefined}
          >
            {column.head}
          </span>
        ))}
      </div>
      <div className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <div
              key={rowKey(row)}
              role="row"
              tabIndex={opens ? 0 : undefined}
              data-link={opens || undefined}
              data-on={isOn?.(row) || undefined}
              className={classes.row}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={opens ? () => open(row) : undefined}
              onKeyDown={opens ? (event) => onKey(event, row) : undefined}
            >
              {columns.map((column) => (
                <span
                  key={column.key}
                  role="cell"
                  className={column.align === "right" ? classes.right : undefined}
                  onMouseEnter={sayWhole}
                >
                  {column.cell(row)}
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
