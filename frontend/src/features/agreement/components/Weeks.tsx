import { LineChart } from "../../../components/LineChart";
import { percent } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import type { PersonFigures } from "../api/people";
import { weekly } from "../model/people";
import { texts } from "../texts";

interface Props {
  readonly figures: PersonFigures;
  readonly height: number;
  /** What stands there before a second week; left out, nothing does. */
  readonly empty?: string;
}

/** One person's share of right verdicts, week by week. */
export function Weeks({ figures, height, empty }: Props) {
  const t = useTexts(texts);
  const weeks = weekly(figures);
  const points = weeks.map((each) => [new Date(`${each.week}T00:00:00Z`).getTime(), each.share] as const);
  if (points.length < 2 && empty === undefined) return null;
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.weeks}</h2>
        <span className="s t3">{t.weeksNote}</span>
      </div>
      <div className="pb">
        <LineChart
          label={t.weeks}
          height={height}
          series={points.length > 1 ? [{ name: t.right, points }] : []}
          yMin={0}
          yMax={1}
          time
          formatX={(time) => new Date(time).toLocaleDateString(undefined, { day: "numeric", month: "short" })}
          formatY={(value) => percent(value)}
          {...(empty === undefined ? {} : { empty })}
        />
      </div>
    </section>
  );
}
