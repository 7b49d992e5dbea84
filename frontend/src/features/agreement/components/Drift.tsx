import { LineChart, type Series } from "../../../components/LineChart";
import { useTexts } from "../../../lib/texts";
import type { Week } from "../api/agreement";
import { shortOf, twoDigits } from "../model/figures";
import { texts } from "../texts";

const at = (week: string): number => new Date(`${week}T00:00:00Z`).getTime();
const shortDay = (time: number): string =>
  new Date(time).toLocaleDateString(undefined, { day: "numeric", month: "short", timeZone: "UTC" });

/** Alpha week by week; the band is the interval of the aspect that ends lowest. A new guideline is an upright line. */
export function Drift(props: {
  weeks: readonly Week[];
  nameOf: (aspect: string) => string;
  guidelines: readonly { version: number; created_at: string }[];
}) {
  const t = useTexts(texts);
  const keys = [...new Set(props.weeks.map((each) => each.aspect))];
  const lines = keys.map((key) => ({
    key,
    points: props.weeks.filter((each) => each.aspect === key && each.alpha !== null),
  }));
  const lowest = lines
    .filter((each) => each.points.length > 0)
    .toSorted((a, b) => (a.points.at(-1)?.alpha ?? 1) - (b.points.at(-1)?.alpha ?? 1))[0]?.key;
  const series: Series[] = lines.map(({ key, points }, index) => ({
    name: `${shortOf(props.nameOf(key))} ${points.at(-1) ? twoDigits(points.at(-1)?.alpha ?? 0) : ""}`,
    points: points.map((each) => [at(each.week), each.alpha ?? 0] as const),
    ...(key === lowest
      ? {
          band: points
            .filter((each) => each.low !== null && each.high !== null)
            .map((each) => [at(each.week), each.low ?? 0, each.high ?? 0] as const),
        }
      : {}),
    tone: ((index % 5) + 1) as 1 | 2 | 3 | 4 | 5,
  }));
  const times = props.weeks.map((each) => at(each.week));
  const marks = props.guidelines
    .map((each) => ({ x: new Date(each.created_at).getTime(), name: t.guideline(each.version) }))
    .filter((mark) => mark.x > Math.min(...times) && mark.x <= Math.max(...times));
  const enough = new Set(times).size > 1;
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.drift}</h2>
        <span className="sp" />
        <span className="s t3">{lowest && enough ? t.driftNote(props.nameOf(lowest)) : ""}</span>
      </div>
      <div className="pb">
        <LineChart
          series={enough ? series : []}
          label={t.drift}
          marks={marks}
          time
          formatX={shortDay}
          height={168}
          empty={t.oneWeek}
        />
      </div>
    </section>
  );
}
