import type { RunEvent } from "../api/events";

type Point = readonly [x: number, y: number];
type Between = readonly [x: number, low: number, high: number];

/** Where one training stage ends and the next begins. */
export const boundaries = (curves: Curves): readonly number[] => curves.stages.map((stage) => stage.from);

/** Where the stage begins that gave the first point: what lies before has nothing to show. */
export function beginning(curves: Curves, line: readonly Point[]): number {
  const first = line[0]?.[0] ?? 0;
  return Math.max(0, ...curves.stages.map((stage) => stage.from).filter((from) => from < first));
}

export interface StageSpan {
  readonly name: string;
  /** Where it begins on the axis of all steps. */
  readonly from: number;
  readonly seconds: number | null;
}

/** Mining and evaluation look and do not learn: their steps are questions, and take no room on the axis. */
export const trains = (stage: string): boolean => stage !== "mine" && stage !== "evaluate";

/** What the curves of a run show. The axis counts the steps of all stages that train, one after another. */
export interface Curves {
  readonly loss: readonly Point[];
  readonly reward: readonly Point[];
  readonly exact: readonly Point[];
  readonly dead: readonly Point[];
  readonly byAspect: ReadonlyMap<string, readonly Point[]>;
  readonly validation: readonly Point[];
  readonly validationBand: readonly Between[];
  readonly validationByAspect: ReadonlyMap<string, readonly Point[]>;
  /** Share of the easy questions that the guard asks again still right, and how much of the oversampling it lets stand. */
  readonly easy: readonly Point[];
  readonly oversampling: readonly Point[];
  /** What looks like a reward being gamed, said once for each direction and stage. */
  readonly alarms: readonly string[];
  readonly stages: readonly StageSpan[];
  readonly names: readonly string[];
  readonly last: number;
  readonly endsAt: number;
}

const isNumber = (value: unknown): value is number => typeof value === "number";
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function push(lines: Map<string, Point[]>, name: string, point: Point): void {
  const line = lines.get(name);
  if (line) line.push(point);
  else lines.set(name, [point]);
}

const exactOf = (value: unknown): unknown => (isRecord(value) ? value.exact : value);

/** From what a run told to what is drawn. A resumed run repeats some steps: they are drawn where they were, once. */
export function curvesOf(events: readonly RunEvent[]): Curves {
  const loss: Point[] = [];
  const reward: Point[] = [];
  const exact: Point[] = [];
  const dead: Point[] = [];
  const byAspect = new Map<string, Point[]>();
  const validation: Point[] = [];
  const band: Between[] = [];
  const validationByAspect = new Map<string, Point[]>();
  const easy: Point[] = [];
  const oversampling: Point[] = [];
  const alarms = new Set<string>();
  const stages: { name: string; from: number; seconds: number | null }[] = [];
  let names: readonly string[] = [];
  let x = 0;
  let furthest = 0;
  let planned = 0;

  const stageNamed = (name: string) => stages.find((stage) => stage.name === name);
  const cut = (from: number) => {
    for (const line of [loss, reward, exact, dead, easy, oversampling, ...byAspect.values()])
      while ((line.at(-1)?.[0] ?? -1) >= from) line.pop();
  };

  for (const { kind, body } of events) {
    const stage = typeof body.stage === "string" ? body.stage : "";
    if (kind === "run_begin" && Array.isArray(body.stages)) names = body.stages.map(String);
    else if (kind === "stage_begin") {
      const known = stageNamed(stage);
      if (known) x = known.from;
      else stages.push({ name: stage, from: x, seconds: null });
      if (trains(stage)) planned = Math.max(planned, x + (isNumber(body.steps) ? body.steps : 0));
    } else if (kind === "stage_end") {
      const known = stageNamed(stage);
      if (known && isNumber(body.seconds)) known.seconds = body.seconds;
    } else if (kind === "step" && trains(stage) && isNumber(body.step)) {
      const at = (stageNamed(stage)?.from ?? 0) + body.step;
      if (at <= furthest) cut(at);
      furthest = x = at;
      if (isNumber(body.loss)) loss.push([at, body.loss]);
      if (isNumber(body.reward)) reward.push([at, body.reward]);
      if (isNumber(body.exact)) exact.push([at, body.exact]);
      if (isNumber(body.dead_share)) dead.push([at, body.dead_share]);
      if (isRecord(body.per_aspect))
        for (const [aspect, value] of Object.entries(body.per_aspect)) {
          const share = exactOf(value);
          if (isNumber(share)) push(byAspect, aspect, [at, share]);
        }
    } else if (kind === "guard") {
      if (isNumber(body.right)) easy.push([x, body.right]);
      if (isNumber(body.oversampling)) oversampling.push([x, body.oversampling]);
    } else if (kind === "alarm" && typeof body.message === "string") {
      alarms.add(body.message);
    } else if (kind === "evaluation" && body.split === "validation" && isNumber(body.exact)) {
      validation.push([x, body.exact]);
      if (isNumber(body.low) && isNumber(body.high)) band.push([x, body.low, body.high]);
      if (isRecord(body.per_aspect))
        for (const [aspect, value] of Object.entries(body.per_aspect)) {
          const share = exactOf(value);
          if (isNumber(share)) push(validationByAspect, aspect, [x, share]);
        }
    }
  }
  return {
    loss,
    reward,
    exact,
    dead,
    byAspect,
    validation,
    validationBand: band,
    validationByAspect,
    easy,
    oversampling,
    alarms: [...alarms],
    stages,
    names,
    last: x,
    endsAt: Math.max(planned, x, 1),
  };
}

/** A running mean over `width` points: single steps of a few dozen answers jump too much to read. It begins anew at
 * every break, where a stage ends. */
export function smoothed(
  points: readonly Point[],
  width: number,
  breaks: readonly number[] = [],
): readonly Point[] {
  return points.map(([x], index) => {
    const since = Math.max(Number.NEGATIVE_INFINITY, ...breaks.filter((at) => at < x));
    const window = points.slice(Math.max(0, index - width + 1), index + 1).filter(([at]) => at > since);
    return [x, window.reduce((sum, [, y]) => sum + y, 0) / window.length] as const;
  });
}
