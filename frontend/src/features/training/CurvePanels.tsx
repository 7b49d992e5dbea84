import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useAspectName } from "../../api/aspects";
import { LineChart, type Series } from "../../components/LineChart";
import { number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { beginning, boundaries, type Curves, type StageSpan, smoothed, trains } from "./model/curves";
import { named, texts } from "./texts";
import classes from "./training.module.css";

const WINDOW = 8;
const TONES = [1, 2, 3, 4, 5] as const;
const percentOf = (y: number): string => number(y * 100);

interface Props {
  readonly curves: Curves;
  /** Exact match of the best policy that does not look, once it was measured. */
  readonly trivial: number | null;
}

/** The axis from `from` on, with stages where they begin; `room` is the share of it that a name takes. */
function useAxis(curves: Curves, from: number, room: number) {
  const t = useTexts(texts);
  const length = curves.endsAt - from;
  const kept: StageSpan[] = [];
  for (const stage of curves.stages.filter((each) => trains(each.name) && each.from >= from)) {
    const before = kept.at(-1);
    if (!before || stage.from - before.from >= room * length) kept.push(stage);
  }
  const marks = kept
    .filter((stage) => stage.from - from < (1 - room / 3) * length)
    .map((stage) => ({ x: stage.from, name: named(t.stages, stage.name) }));
  return { xMin: from, xMax: curves.endsAt, xName: t.step, marks };
}

function ExactPanel({ curves, trivial }: Props) {
  const t = useTexts(texts);
  const aspectName = useAspectName();
  const [by, setBy] = useState<"all" | "aspect">("all");
  const axis = useAxis(
    curves,
    beginning(curves, curves.exact.length > 0 ? curves.exact : curves.validation),
    0.14,
  );
  const breaks = boundaries(curves);
  const whole: Series[] = [
    { name: t.rollouts, points: smoothed(curves.exact, WINDOW, breaks), breaks, tone: 2 },
    { name: t.validation, points: curves.validation, band: curves.validationBand, tone: 1 },
  ];
  const sampled = curves.byAspect.size > 0;
  const source = sampled ? curves.byAspect : curves.validationByAspect;
  const aspects: Series[] = [...source].map(([name, points], index) => ({
    name: aspectName(name),
    points: sampled ? smoothed(points, WINDOW, breaks) : points,
    breaks: sampled ? breaks : [],
    tone: TONES[index % 5] ?? 1,
  }));
  const note = by === "all" ? t.exactNote : sampled ? t.aspectRollouts : t.aspectValidation;
  const floor: Series[] =
    trivial === null
      ? []
      : [
          {
            name: t.bestTrivial,
            points: [
              [axis.xMin, trivial],
              [curves.endsAt, trivial],
            ],
            tone: 5,
          },
        ];
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="nw">{t.exactTitle}</h2>
        <span className="sp s t2 clip" title={note}>
          {note}
        </span>
        <SegmentedControl
          size="xs"
          value={by}
          onChange={(value) => setBy(value as "all" | "aspect")}
          data={[
            { value: "all", label: t.all },
            { value: "aspect", label: t.byAspect },
          ]}
        />
      </div>
      <div className="pb">
        <LineChart
          label={t.exactTitle}
          series={by === "all" ? [...whole, ...floor] : aspects}
          yMin={0}
          yMax={1}
          {...axis}
          formatY={percentOf}
          height={210}
          empty={t.exactLater}
        />
      </div>
    </section>
  );
}

/** Whether mining costs easy questions, and what the guard did about it. */
function GuardPanel({ curves }: { curves: Curves }) {
  const t = useTexts(texts);
  const axis = useAxis(curves, beginning(curves, curves.easy), 0.25);
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="nw">{t.guardTitle}</h2>
        <span className="sp s t2 clip" title={t.guardNote}>
          {t.guardNote}
        </span>
      </div>
      <div className="pb">
        <LineChart
          label={t.guardTitle}
          series={[
            { name: t.guardRight, points: curves.easy, tone: 3 },
            { name: t.guardShare, points: curves.oversampling, tone: 2 },
          ]}
          yMin={0}
          yMax={1}
          {...axis}
          formatY={percentOf}
          height={140}
        />
      </div>
    </section>
  );
}

/** What a run learns, live: exact match first, then what drives it. */
export function CurvePanels({ curves, trivial }: Props) {
  const t = useTexts(texts);
  const breaks = boundaries(curves);
  const rewarded = useAxis(curves, beginning(curves, curves.reward), 0.4);
  const whole = useAxis(curves, 0, 0.25);
  return (
    <>
      <ExactPanel curves={curves} trivial={trivial} />
      {curves.easy.length > 0 && <GuardPanel curves={curves} />}
      <div className={classes.pair}>
        <section className="panel">
          <div className="ph">
            <h2 className="sp">{t.rewardTitle}</h2>
            <span className="badge" title={t.reconstructionWhy}>
              {t.reconstruction}
            </span>
          </div>
          <div className="pb">
            <p className="s t2">{t.rewardNote}</p>
            <LineChart
              label={t.rewardTitle}
              series={[
                { name: t.mean, points: smoothed(curves.reward, WINDOW, breaks), breaks, tone: 1 },
                { name: t.dead, points: smoothed(curves.dead, WINDOW, breaks), breaks, tone: 2 },
              ]}
              yMin={0}
              yMax={1}
              {...rewarded}
              height={140}
              empty={t.rewardLater}
            />
          </div>
        </section>
        <section className="panel">
          <div className="ph">
            <h2 className="sp">{t.lossTitle}</h2>
          </div>
          <div className="pb">
            <p className="s t2">{t.lossNote}</p>
            <LineChart
              label={t.lossTitle}
              series={[{ name: t.lossTitle, points: curves.loss, breaks, tone: 1 }]}
              yMin={curves.loss.some(([, loss]) => loss < 0) ? undefined : 0}
              {...whole}
              height={140}
              empty={t.curvesLater}
            />
          </div>
        </section>
      </div>
    </>
  );
}
