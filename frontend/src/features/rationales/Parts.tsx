import { IconCircleFilled, IconPlayerPauseFilled } from "@tabler/icons-react";
import { NavLink } from "react-router";
import { useMay, useProject } from "../../api/project";
import { percent } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import type { RationaleRow } from "./api/rationales";
import type { RunDetail } from "./api/run";
import type { RunRow, RunState } from "./api/runs";
import { pictureAddress, picturesOf } from "./model/reading";
import classes from "./rationales.module.css";
import { texts } from "./texts";

const TONES: Record<RunState, string> = {
  planned: "",
  running: "ok",
  paused: "warn",
  done: "",
  cancelled: "",
};

/** How a run stands, and what it waits for where it stands still. */
export function RunBadge({ run }: { run: Pick<RunRow, "state" | "pause_reason"> }) {
  const t = useTexts(texts);
  const { state } = run;
  const why = state === "paused" ? t.pausedFor[run.pause_reason] : "";
  return (
    <span className={`badge ${TONES[state]}`} title={why ? t.pauses[run.pause_reason] : undefined}>
      {state === "running" && <IconCircleFilled size={8} />}
      {state === "paused" && <IconPlayerPauseFilled size={9} />}
      {t.states[state]}
      {why && ` · ${why}`}
    </span>
  );
}

/** Whether the project's cap stopped it: then a person can only keep it from going on. */
export const goesOnByItself = (run: Pick<RunRow, "state" | "pause_reason">): boolean =>
  run.state === "paused" && (run.pause_reason === "project_cap" || run.pause_reason === "daily_cap");

/** What a run is for, in words: a way with its stage, an evaluation, or a check of rationales. */
export const purposeOf = (
  t: Pick<typeof texts.en, "purposes" | "ways" | "stages" | "probes">,
  run: Pick<RunRow, "purpose" | "probe" | "way" | "stage">,
): string => {
  if (run.purpose === "evaluation") return t.purposes.evaluation;
  if (run.purpose === "check" && run.probe) return t.probes[run.probe];
  return `${t.ways[run.way]}, ${t.stages[run.stage]}`;
};

/** Original, then two by two: one look at a sample. */
export function Thumb({ row, tiny = false }: { row: Pick<RationaleRow, "pictures">; tiny?: boolean }) {
  const project = useProject();
  return (
    <span className={tiny ? `${classes.thumb} ${classes.tiny}` : classes.thumb}>
      {picturesOf(row)
        .slice(0, 5)
        .map(([slot, sha256]) => (
          <img key={slot} src={pictureAddress(project.slug, sha256)} alt="" loading="lazy" />
        ))}
    </span>
  );
}

export function Slots({ slots }: { slots: readonly string[] | null }) {
  const t = useTexts(texts);
  if (slots === null) return <span className="t3">–</span>;
  if (slots.length === 0) return <span className="t3 s">{t.saysNone}</span>;
  return (
    <span className="row gap2">
      {slots.map((slot) => (
        <span key={slot} className="slot">
          {slot}
        </span>
      ))}
    </span>
  );
}

/** How far a model judge's word goes: what it was measured to find, or that nobody has measured it. */
export function JudgeWord({ judge }: { judge: NonNullable<RunDetail["judge"]> }) {
  const t = useTexts(texts);
  if (!judge.figures) return <p className="s warn">{t.judgeUnmeasured(judge.model)}</p>;
  const { recall, false_alarms, biases } = judge.figures;
  const leanings = biases.map((each) => {
    const words: Record<string, string> = each.value > 0 ? t.judgeMore : t.judgeLess;
    return words[each.name] ?? each.name;
  });
  return (
    <p className="s t2">
      {t.judgeMeasured(
        judge.model,
        percent(recall.value),
        `${percent(recall.low)}–${percent(recall.high)}`,
        percent(false_alarms.value),
      )}
      {leanings.length > 0 && ` ${t.judgeLeans(leanings.join(", "))}`}
    </p>
  );
}

/** Runs, all rationales, and for leads the prompts. */
export function Tabs() {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const base = `/p/${project.slug}/rationales`;
  return (
    <nav className="tabs">
      <NavLink to={base} end>
        {t.runs}
      </NavLink>
      <NavLink to={`${base}/all`}>{t.all}</NavLink>
      {lead && <NavLink to={`${base}/prompts`}>{t.prompts}</NavLink>}
    </nav>
  );
}
