import { IconClock } from "@tabler/icons-react";
import { type CSSProperties, memo, type ReactNode } from "react";
import { Link } from "react-router";
import { Brand } from "../../../components/Brand";
import { HeaderTools } from "../../../components/HeaderTools";
import { KeySheet } from "../../../components/KeySheet";
import { OutboxState } from "../../../components/OutboxState";
import { openKeySheet } from "../../../components/sheet";
import { useCommands } from "../../../lib/commands";
import { duration, percent } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import type { BatchRow, ClaimReply, PracticeProgress } from "../api/shapes";
import { texts } from "../texts";
import classes from "./Workspace.module.css";

const TICKS = 30;
const Sheet = memo(KeySheet);

function Ticks({ done, mine, of, label }: { done: number; mine: number; of: number; label: string }) {
  const ticks = (count: number) => Math.ceil((count / Math.max(1, of)) * TICKS);
  return (
    <span
      className={classes.progress}
      role="progressbar"
      aria-valuenow={done}
      aria-valuemax={of}
      aria-label={label}
    >
      {Array.from({ length: TICKS }, (_, index) => (
        <i
          // biome-ignore lint/suspicious/noArrayIndexKey: a tick is its place
          key={index}
          data-mine={index < ticks(mine) || undefined}
          data-done={index < ticks(done) || undefined}
        />
      ))}
    </span>
  );
}

/** Practice comes before the batch and is no part of it, so until it is done its own progress stands here. */
function Practice({ practice, practised }: { practice: PracticeProgress; practised: number }) {
  const t = useTexts(texts);
  const done = Math.min(practice.of, practice.done + practised);
  const hint = practice.floor === null ? t.practiceHint : t.practiceFloorHint(percent(practice.floor));
  return (
    <>
      <span className="b nw" title={hint}>
        {practice.below.length > 0 ? t.practiceAgain(done, practice.of) : t.practiceOf(done, practice.of)}
      </span>
      <Ticks done={done} mine={done} of={practice.of} label={hint} />
      <span className={`t2 s nw ${classes.wide}`}>
        {practice.floor === null ? t.thenBatch : t.passAt(percent(practice.floor))}
      </span>
    </>
  );
}

function Progress({ progress, ahead }: { progress: ClaimReply["batch"]; ahead: number }) {
  const t = useTexts(texts);
  const places = Math.max(1, progress.places);
  const accepted = Math.min(places, progress.accepted + ahead);
  const mine = progress.submitted + ahead;
  const pace = progress.pace_ms;
  return (
    <>
      <span className="b nw" title={t.placesHint}>
        {t.ofPlaces(accepted, progress.places)}
      </span>
      <Ticks done={accepted} mine={mine} of={progress.places} label={t.placesHint} />
      <span className="t2 s nw">{t.mine(mine)}</span>
      {pace !== null && accepted < places && (
        <span className={`t2 s nw ${classes.wide}`}>{t.left(duration(pace * (places - accepted)))}</span>
      )}
    </>
  );
}

interface Props {
  readonly batch: BatchRow;
  readonly project: string;
  readonly progress: ClaimReply["batch"] | null;
  readonly ahead: number;
  readonly practised?: number;
  readonly columns?: number;
  readonly rows?: number;
  readonly badge?: ReactNode;
  readonly notices?: ReactNode;
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}

type BarProps = Pick<Props, "batch" | "project" | "progress" | "ahead" | "practised" | "badge">;

/** Says nothing about the sample in work, so no key renders it again. */
const Bar = memo(function Bar(props: BarProps) {
  const t = useTexts(texts);
  return (
    <header className={classes.bar}>
      <div className="row gap5">
        <Link className={classes.brand} to={`/p/${props.project}/batches`} aria-label={t.toBatches}>
          <Brand />
        </Link>
        <span className="b clip" title={props.batch.name}>
          {props.batch.name}
        </span>
        <span className="t3 s nw">{t.batch(props.batch.number)}</span>
        {props.badge}
      </div>
      <div className="row gap5">
        {props.progress?.practice ? (
          <Practice practice={props.progress.practice} practised={props.practised ?? 0} />
        ) : (
          props.progress && <Progress progress={props.progress} ahead={props.ahead} />
        )}
      </div>
      <div className={`row gap5 ${classes.end}`}>
        {props.progress && (
          <span className={`t2 s row gap2 nw ${classes.wide}`}>
            <IconClock size={16} stroke={1.5} />
            {t.activeHere(duration(props.progress.active_ms))}
          </span>
        )}
        <OutboxState />
        <HeaderTools />
      </div>
    </header>
  );
});

const Foot = ({ children }: { children: ReactNode }) => <footer className={classes.foot}>{children}</footer>;

/** Work and foot of a frame that stays while the pieces inside it change. */
export const workWithFoot = (work: ReactNode, foot: ReactNode): ReactNode => (
  <>
    {work}
    <Foot>{foot}</Foot>
  </>
);

/** The whole window of a workspace: bar, work, bar. Nothing scrolls but lists inside their panels. */
export function Frame(props: Props) {
  const t = useTexts(texts);
  useCommands({
    name: "workspace",
    title: t.everywhere,
    commands: [{ name: "keys", label: t.showKeys, keys: ["?"], keyOnly: true, perform: openKeySheet }],
  });
  const layout = { "--cols": props.columns ?? 2, "--rows": props.rows ?? 2 } as CSSProperties;
  return (
    <div className={classes.ann} style={layout}>
      <Bar
        batch={props.batch}
        project={props.project}
        progress={props.progress}
        ahead={props.ahead}
        practised={props.practised}
        badge={props.badge}
      />
      {props.children}
      {props.foot !== undefined && <Foot>{props.foot}</Foot>}
      {props.notices && <div className={classes.notice}>{props.notices}</div>}
      <Sheet />
    </div>
  );
}

/** Columns and rows of candidates for any number from one to eight. */
export function gridOf(candidates: number): { columns: number; rows: number } {
  if (candidates <= 1) return { columns: 1, rows: 1 };
  if (candidates === 2) return { columns: 2, rows: 1 };
  return { columns: Math.ceil(candidates / 2), rows: 2 };
}
