/** Arithmetic of the page of costs: shares of a bar, a log scale, sums. Pure. */
import type { GroupRow } from "../api/economics";

export type Part = "writing" | "calls" | "audit" | "rework";
export interface Mark {
  readonly usd: number;
  readonly at: number;
}

/** What a group's cost is made of, in shares of the whole; parts that cost nothing are left out. */
export function parts(row: GroupRow): { of: Part; usd: number; share: number }[] {
  const each: [Part, number][] = [
    ["writing", Number(row.writing_usd)],
    ["calls", Number(row.calls_usd)],
    ["audit", Number(row.audit_usd)],
    ["rework", Number(row.rework_usd)],
  ];
  const total = each.reduce((sum, [, usd]) => sum + usd, 0);
  return each.filter(([, usd]) => usd > 0).map(([of, usd]) => ({ of, usd, share: usd / total }));
}

const MARKS_AT_MOST = 6; // so many labels stand beside each other

/** Marks at powers of ten that hold every interval, at 3 times them too where there is room; places in shares of it. */
export function scaleOf(rows: readonly GroupRow[]): Mark[] {
  const ends = rows
    .flatMap((row) => [row.per_accepted, row.per_accepted_low, row.per_accepted_high])
    .filter((value) => value !== null)
    .map(Number)
    .filter((value) => value > 0);
  if (ends.length === 0) return [];
  const low = Math.floor(Math.log10(Math.min(...ends)));
  const span = Math.max(1, Math.ceil(Math.log10(Math.max(...ends))) - low);
  const step = Math.ceil(span / (MARKS_AT_MOST - 1));
  const top = low + step * Math.ceil(span / step);
  const marks: Mark[] = [];
  for (let power = low; power <= top; power += step) {
    marks.push({ usd: 10 ** power, at: (power - low) / (top - low) });
    if (power < top && top - low <= 2)
      marks.push({ usd: 3 * 10 ** power, at: (power + Math.log10(3) - low) / (top - low) });
  }
  return marks;
}

/** Decimals of a mark: it has one digit that counts. */
export const digitsOfMark = (usd: number): number => Math.max(0, -Math.floor(Math.log10(usd) + 1e-9));

/** Where an amount lies on the scale, 0 to 1. */
export function onLog(usd: number, scale: readonly Mark[]): number {
  const [first, last] = [scale[0], scale.at(-1)];
  if (!first || !last || usd <= 0) return 0;
  const place = Math.log10(usd / first.usd) / Math.log10(last.usd / first.usd);
  return Math.min(1, Math.max(0, place));
}

/** Every group together; `sandbox` is the part of the total that is play money. */
export function sums(rows: readonly GroupRow[]) {
  const add = (of: (row: GroupRow) => number | string) => rows.reduce((sum, row) => sum + Number(of(row)), 0);
  return {
    writing: add((row) => row.writing_usd),
    writing_ms: add((row) => row.writing_ms),
    callsUsd: add((row) => row.calls_usd),
    calls: add((row) => row.calls),
    audit: add((row) => row.audit_usd),
    audit_ms: add((row) => row.audit_ms),
    rework: add((row) => row.rework_usd),
    rework_ms: add((row) => row.rework_ms),
    total: add((row) => row.total_usd),
    sandbox: rows.filter((row) => row.sandbox).reduce((sum, row) => sum + Number(row.calls_usd), 0),
  };
}
