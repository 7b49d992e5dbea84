/** Round steps for an axis: 0, 400, 800 … */
export function ticks(low: number, high: number, count = 4): number[] {
  if (!(high > low)) return [low];
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= raw) ?? raw;
  const first = Math.ceil(low / step - 1e-9) * step;
  const found: number[] = [];
  for (let value = first; value <= high + step * 1e-6; value += step)
    found.push(Number(value.toPrecision(12)));
  return found;
}

export interface Span {
  readonly low: number;
  readonly high: number;
}

/** Room for every value and a little air above; a flat line gets room too. */
export function spanOf(
  values: readonly number[],
  fixed: { min?: number | undefined; max?: number | undefined } = {},
): Span {
  const low = fixed.min ?? Math.min(...values, Number.POSITIVE_INFINITY);
  const high = fixed.max ?? Math.max(...values, Number.NEGATIVE_INFINITY);
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { low: 0, high: 1 };
  return high > low ? { low, high } : { low: low - 0.5, high: low + 0.5 };
}
