import { LineChart } from "../../../components/LineChart";
import { clock, number } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import type { RunDetail } from "../api/run";
import { texts } from "../texts";

const SHORTEST_MS = 6 * 60_000; // of the time axis: its marks are whole minutes

/** Answers by the minute. */
export function Pace({ detail }: { detail: RunDetail }) {
  const t = useTexts(texts);
  const points = detail.series.map((each) => [new Date(each.at).getTime(), each.count] as const);
  const name = detail.run.purpose !== "rationale" ? t.answersPerMinute : t.perMinute;
  const last = points.at(-1)?.[0];
  return (
    <section className="panel">
      <div className="ph">
        <h2>{name}</h2>
      </div>
      <div className="pb">
        <LineChart
          label={name}
          series={[{ name, points, tone: 1 }]}
          yMin={0}
          {...(last === undefined
            ? {}
            : { xMin: Math.min(points[0]?.[0] ?? last, last - SHORTEST_MS), xMax: last })}
          height={138}
          time
          formatX={clock}
          formatY={(y) => number(y)}
          empty={t.noSeries}
        />
      </div>
    </section>
  );
}
