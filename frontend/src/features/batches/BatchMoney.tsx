import { IconAlertTriangle } from "@tabler/icons-react";
import { ProgressLine } from "../../components/ProgressLine";
import { day, percent, money as usd } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import type { BatchDetail } from "./api/batch";
import { standingOf } from "./model/money";
import { texts } from "./texts";

const TONES = { within: "accent", near: "warn", over: "bad" } as const;

/** What a batch has cost, what it will, and whether that is more than it may. */
export function BatchMoney({ money }: { money: NonNullable<BatchDetail["money"]> }) {
  const t = useTexts(texts);
  const standing = standingOf(money);
  const expected = money.expected_usd === null ? null : Number(money.expected_usd);
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">
          {standing ? t.spentOf(usd(standing.spent), usd(standing.budget)) : t.spent(usd(money.spent_usd))}
        </h2>
        {standing && <span className="b">{percent(standing.spent / standing.budget)}</span>}
      </div>
      <div className="pb col">
        {standing && (
          <ProgressLine
            parts={[{ value: standing.spent, tone: TONES[standing.state] }]}
            total={Math.max(standing.budget, standing.spent)}
          />
        )}
        <div className="row s t2 wrap">
          <span className="sp">{expected === null ? t.noPace : t.allPlacesCost(usd(expected))}</span>
          <span>
            {t.anHour(usd(money.hourly_usd))},{" "}
            {money.rate_since === null ? t.usualRate : t.rateSince(day(money.rate_since))}
          </span>
        </div>
        {standing && standing.state !== "within" && (
          <div className={`alert ${standing.state === "over" ? "bad" : "warn"}`} role="status">
            <IconAlertTriangle size={16} stroke={1.6} />
            <span>
              {standing.state === "over"
                ? t.budgetSpent
                : expected !== null && expected > standing.budget
                  ? t.budgetTooSmall(usd(expected - standing.budget))
                  : t.budgetNear}
            </span>
          </div>
        )}
      </div>
    </section>
  );
}
