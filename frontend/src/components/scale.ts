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
