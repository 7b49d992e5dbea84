import { money, utcDay, utcMonth } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import type { Preview } from "./api/newBatch";
import { excessOf } from "./model/money";
import { Over } from "./Over";
import { texts } from "./texts";

interface Props {
  readonly month: NonNullable<Preview["month"]>;
  readonly preview: Pick<Preview, "usd" | "samples" | "per_day_ms">;
  /** Take no more than so many samples. */
  cut(samples: number): void;
}

/** What the month's budget for people leaves, and by how much this batch would pass it. */
export function MonthLeft({ month, preview, cut }: Props) {
  const t = useTexts(texts);
  const left = Number(month.left_usd);
  const name = utcMonth(month.month);
  const excess = excessOf(preview, left);
  const standing =
    left > 0
      ? t.monthLeft(money(left), money(month.budget_usd), name)
      : t.monthSpent(money(month.budget_usd), name);
  if (!excess) return <span className="s t2">{standing}</span>;
  const lasts = preview.per_day_ms > 0 && t.monthLasts(name);
  return (
    <Over excess={excess} title={t.overMonth(money(excess.usd), name)} cut={cut}>
      {standing} {left > 0 && (month.out_on === null ? lasts : t.monthOutOn(utcDay(month.out_on)))}
    </Over>
  );
}
