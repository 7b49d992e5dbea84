import type { BatchDetail } from "../api/batch";
import type { Preview } from "../api/newBatch";

/** From which share of a budget on its batch's page warns. */
const NEAR = 0.8;

export interface Standing {
  readonly spent: number;
  readonly budget: number;
  /** `near`: most of it is spent, or all places will cost more than it; `over`: nothing is left. */
  readonly state: "within" | "near" | "over";
}

/** How a batch stands against its budget; null where it has none. */
export function standingOf(money: NonNullable<BatchDetail["money"]>): Standing | null {
  if (money.budget_usd === null) return null;
  const [spent, budget] = [Number(money.spent_usd), Number(money.budget_usd)];
  const near = spent >= NEAR * budget || Number(money.expected_usd ?? 0) > budget;
  return { spent, budget, state: spent >= budget ? "over" : near ? "near" : "within" };
}

export interface Excess {
  readonly usd: number;
  /** So many would fit. */
  readonly samples: number;
}

/** By how much a batch would go over what may be spent, and how many samples would fit; null where it fits or nobody knows. */
export function excessOf(preview: Pick<Preview, "usd" | "samples">, allowed: number): Excess | null {
  const usd = Number(preview.usd ?? 0);
  if (usd === 0 || usd <= allowed) return null;
  return { usd: usd - allowed, samples: Math.max(0, Math.floor((preview.samples * allowed) / usd)) };
}
