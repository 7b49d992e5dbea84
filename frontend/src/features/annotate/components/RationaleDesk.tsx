import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconAlertTriangle, IconCheck, IconCircleCheck, IconPencil, IconPlus } from "@tabler/icons-react";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { isProblem } from "../../../api/problem";
import { ErrorPanel } from "../../../components/ErrorPanel";
import { Keycap } from "../../../components/Keycap";
import { Loading } from "../../../components/Loading";
import { SeverityGlyph } from "../../../components/SeverityGlyph";
import { severityTexts } from "../../../components/severityTexts";
import { useCommands } from "../../../lib/commands";
import { useLocale } from "../../../lib/locale";
import { useStore } from "../../../lib/store";
import { useTexts } from "../../../lib/texts";
import { type RationaleTask, useChecks, useRationaleTask, WRITE } from "../api/rationale";
import type { Turn } from "../model/desk";
import { type Piece, pieceOf } from "../model/piece";
import {
  begin,
  blank,
  bodyOf,
  findingsAt,
  flaggedSlots,
  regionsOf,
  type Sentence,
  unspoken,
  type Writing,
  written,
} from "../model/rationale";
import { noteInput, traceFrom } from "../model/trace";
import { useDraft } from "../model/useDraft";
import { texts } from "../texts";
import { Frame, gridOf } from "./Frame";
import type { DeskProps } from "./LabelDesk";
import { DeskNotices } from "./Notices";
import classes from "./RationaleDesk.module.css";
import { markOf, RationalePictures, useLooking } from "./RationalePictures";
import { Reader } from "./Reader";
import { SkipDialog } from "./SkipDialog";
import work from "./Workspace.module.css";
import { WritingCard } from "./WritingCard";

const CHECK_AFTER_MS = 900;

/** Writing, reading and revising rationales, one question after another, beside its pictures. */
export function RationaleDesk(props: DeskProps) {
  const now = useStore(props.open.desk.state);
  if (!now.current) return null;
  return <Task key={now.current.claimed.assignment_id} {...props} turn={now.current} lost={now.lost} />;
}

interface TaskProps extends DeskProps {
  readonly turn: Turn;
  readonly lost: boolean;
}
type FrameOf = (work: ReactNode, foot: ReactNode) => ReactNode;
export interface AtHand extends TaskProps {
  readonly piece: Piece;
  readonly task: RationaleTask;
  readonly frame: FrameOf;
}

function Task(props: TaskProps) {
  const { project, turn, aspects, open, batch } = props;
  const now = useStore(open.desk.state);
  const locale = useLocale();
  const task = useRationaleTask(project, turn.claimed.assignment_id, turn.claimed.fence);
  // A rationale names candidates by their slots, so here the letters are not shuffled.
  const piece = useMemo(() => {
    const letters = [...turn.claimed.letters].sort().join("");
    const keys = task.data ? [task.data.question.aspect] : [];
    return pieceOf({ ...turn.claimed, letters, aspects: keys }, aspects, locale);
  }, [turn.claimed, aspects, locale, task.data]);
  const t = useTexts(texts);
  const frame: FrameOf = (inside, foot) => (
    <Frame
      batch={batch}
      project={project}
      progress={now.progress}
      ahead={now.ahead}
      {...gridOf(piece.candidates.length)}
      badge={
        <span className="badge">
          <IconPencil size={13} /> {t.kinds[batch.kind as keyof typeof t.kinds]}
        </span>
      }
      notices={<DeskNotices desk={open.desk} now={now} outbox={open.outbox} batch={batch.id} />}
      foot={foot}
    >
      {inside}
    </Frame>
  );
  if (!task.data)
    return frame(
      task.error ? (
        <div className="pb">
          <ErrorPanel error={task.error} retry={task.refetch} />
        </div>
      ) : (
        <Loading what={t.opening} />
      ),
      null,
    );
  const Desk = batch.kind === "read_rationale" ? Reader : Editor;
  return <Desk {...props} piece={piece} task={task.data} frame={frame} />;
}

function Editor({ piece, task, frame, ...props }: AtHand) {
  const { turn, open, project, batch } = props;
  const t = useTexts(texts);
  const said = useTexts(severityTexts);
  const draft = useDraft(turn, project, batch.id);
  const slots = piece.candidates.map((each) => each.slot);
  const [writing, setWriting] = useState<Writing>(() => begin(task, slots, turn.draft?.body ?? {}));
  const [focus, setFocus] = useState<string | null>(null);
  const looking = useLooking(piece, flaggedSlots(task, slots)[0] ?? slots[0] ?? "");
  const { setSlot } = looking;
  const [skipping, setSkipping] = useState(false);
  const fields = useRef(new Map<string, HTMLTextAreaElement>());
  const { save } = draft;

  // How the text comes about is noted as evidence and travels with the draft; nothing here depends on it.
  const trace = useRef(traceFrom(turn.draft?.body?.trace));
  const lastKey = useRef<number | null>(null);
  const brought = useRef<string | null>(null); // text on its way in: browsers leave it out of the change itself
  const change = (how: (now: Writing) => Writing) => {
    const next = how(writing);
    setWriting(next);
    save({ sentences: next.sentences, concluded: next.concluded, trace: trace.current });
  };
  const typed = (sentence: Sentence, text: string, event: InputEvent) => {
    const now = performance.now();
    const gap = lastKey.current === null ? null : now - lastKey.current;
    lastKey.current = now;
    const lengths = { before: sentence.text.length, after: text.length };
    const { inputType, data } = event;
    trace.current = noteInput(trace.current, { inputType, data: data ?? brought.current }, lengths, gap);
    brought.current = null;
    setSentence(sentence.key, { text });
  };
  const setSentence = (key: string, part: Partial<Sentence>) =>
    change((now) => ({
      ...now,
      sentences: now.sentences.map((each) => (each.key === key ? { ...each, ...part } : each)),
    }));
  const body = bodyOf(task, writing);
  const [settled] = useDebouncedValue(JSON.stringify(body), CHECK_AFTER_MS);
  const asked = useMemo(() => {
    const parsed = JSON.parse(settled) as typeof body;
    return parsed.sentences.length > 0 ? parsed : null;
  }, [settled]);
  const checks = useChecks(project, turn.claimed.assignment_id, props.lost ? null : asked);
  // The server says first that the piece is gone; the next beat would too, half a minute later.
  const gone = isProblem(checks.error, "lease_lost");
  useEffect(() => {
    if (gone) open.desk.state.set((now) => ({ ...now, lost: true }));
  }, [gone, open.desk]);
  const findings = asked
    ? Object.values(checks.data?.checks ?? {}).flatMap((each) => each.findings ?? [])
    : [];
  const general = findings.filter((each) => each.sentence === null || each.sentence === undefined);
  const missing = unspoken(task, slots, writing);
  const ready = written(writing).length > 0 && !props.lost && !draft.conflict;

  const focusCard = (sentence: Sentence | undefined) => {
    if (!sentence) return;
    if (sentence.slot) setSlot(sentence.slot);
    fields.current.get(sentence.key)?.focus();
  };
  // A card that was just added takes the focus once it stands in the page.
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    if (!wanted) return;
    fields.current.get(wanted)?.focus();
    setWanted(null);
  }, [wanted]);
  // What was taken out can be put back, last first, for as long as the piece is on the desk.
  const [removed, setRemoved] = useState<readonly { at: number; sentence: Sentence }[]>([]);
  const remove = (at: number) => {
    const sentence = writing.sentences[at];
    if (!sentence) return;
    if (sentence.text.trim() !== "") setRemoved([...removed, { at, sentence }]);
    change((now) => ({ ...now, sentences: now.sentences.filter((each) => each !== sentence) }));
  };
  const putBack = () => {
    const last = removed.at(-1);
    if (!last) return;
    setRemoved(removed.slice(0, -1));
    change((now) => ({ ...now, sentences: now.sentences.toSpliced(last.at, 0, last.sentence) }));
    setWanted(last.sentence.key);
  };
  const add = (about: string | null) => {
    const sentence = blank(about, about ? regionsOf(task, about) : []);
    change((now) => ({ ...now, sentences: [...now.sentences, sentence] }));
    setWanted(sentence.key);
    if (about) setSlot(about);
  };
  const nextMissing = () => {
    const next = missing[0];
    if (!next) return focusCard(writing.sentences[0]);
    const empty = writing.sentences.find((each) => each.slot === next);
    if (empty) focusCard(empty);
    else add(next);
  };
  const nextFault = () => {
    const faulty = writing.sentences.filter((each) => findingsAt(findings, writing, each.key).length > 0);
    const after = faulty[(faulty.findIndex((each) => each.key === focus) + 1) % faulty.length];
    if (after) focusCard(after);
    else nextMissing();
  };
  const referTo = () => {
    const sentence = writing.sentences.find((each) => each.key === focus);
    if (!sentence?.slot) return;
    const next = regionsOf(task, sentence.slot).find((id) => !sentence.regions.includes(id));
    if (next) setSentence(sentence.key, { regions: [...sentence.regions, next] });
  };
  const submit = () => {
    if (!ready) return;
    draft.stop();
    open.desk.finish(WRITE, { ...body, trace: trace.current });
  };
  useCommands({
    name: "rationale",
    title: t.rationale,
    commands: [
      ...looking.commands,
      { name: "write", label: t.nextCell, keys: ["KeyT", "Alt+KeyN"], perform: nextMissing },
      { name: "region", label: t.insertRegion, keys: ["Alt+KeyI"], keyOnly: true, perform: referTo },
      { name: "fault", label: t.jumpLabel, keys: ["KeyJ", "Alt+KeyJ"], perform: nextFault },
      { name: "undo", label: t.putBack, keys: ["Backspace"], enabled: removed.length > 0, perform: putBack },
      { name: "skip", label: t.skip, keys: ["KeyS", "Alt+KeyS"], perform: () => setSkipping(true) },
      {
        name: "leave",
        label: t.leaveField,
        keys: ["Escape"],
        keyOnly: true,
        perform: () =>
          document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined,
      },
      { name: "submit", label: t.handIn, keys: ["Enter", "Ctrl+Enter"], enabled: ready, perform: submit },
    ],
  });

  const workArea = (
    <div className={work.work}>
      <RationalePictures piece={piece} task={task} looking={looking} guideline={batch.guideline_version} />
      <div className={work.side}>
        <section className={`panel ${classes.panel}`}>
          <div className="ph">
            <h2>{t.rationale}</h2>
            <span className="t3 s clip">{t.sentences(written(writing).length)}</span>
            <span className="sp" />
            <span className="mono t3 s nw">{piece.sample}</span>
          </div>
          <div className={classes.coverage}>
            {flaggedSlots(task, slots).map((where) => (
              <button
                key={where}
                type="button"
                className={classes.chip}
                data-missing={missing.includes(where) || undefined}
                onClick={() => {
                  const there = writing.sentences.find((each) => each.slot === where);
                  if (there) focusCard(there);
                  else add(where);
                }}
              >
                <span className="slot">{where}</span>
                <span className={`sev ${markOf(task, where)}`}>
                  <SeverityGlyph mark={markOf(task, where)} /> {said[markOf(task, where)]}
                </span>
                {missing.includes(where) ? (
                  <IconAlertTriangle size={14} className="warn" />
                ) : (
                  <IconCheck size={14} className="ok" />
                )}
              </button>
            ))}
            {flaggedSlots(task, slots).length === 0 && (
              <span className="s t2">
                {t.humanAnswer}: {task.answer === null ? t.notAnswered : t.concludesNone}
              </span>
            )}
          </div>
          <div className={classes.cards}>
            {writing.sentences.map((sentence, index) => (
              <WritingCard
                key={sentence.key}
                field={(element) => {
                  if (element) fields.current.set(sentence.key, element);
                  else fields.current.delete(sentence.key);
                }}
                sentence={sentence}
                number={index + 1}
                task={task}
                slots={slots}
                aspect={piece.aspects[0]?.short}
                faults={[
                  ...(task.first_fault === index ? [t.firstFaultHere] : []),
                  ...findingsAt(findings, writing, sentence.key).map((each) => each.detail || each.code),
                ]}
                focused={focus === sentence.key}
                onFocus={() => {
                  setFocus(sentence.key);
                  if (sentence.slot) setSlot(sentence.slot);
                }}
                onType={typed}
                onBring={(text) => {
                  brought.current = text;
                }}
                onChange={(part) => setSentence(sentence.key, part)}
                onRemove={() => remove(index)}
              />
            ))}
            {removed.length > 0 && (
              <Button
                variant="subtle"
                color="gray"
                rightSection={<Keycap chord="Backspace" />}
                onClick={putBack}
              >
                {t.putBack}
              </Button>
            )}
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconPlus size={14} />}
              onClick={() => add(null)}
            >
              {t.addSentence}
            </Button>
          </div>
          <div className={classes.end}>
            <div>
              <span>{t.conclusion}</span>
              {slots.map((where) => {
                const on = writing.concluded.includes(where);
                const concluded = on
                  ? writing.concluded.filter((each) => each !== where)
                  : [...writing.concluded, where];
                return (
                  <button
                    key={where}
                    type="button"
                    className={classes.chip}
                    data-on={on || undefined}
                    aria-pressed={on}
                    aria-label={`${where}: ${on ? t.defectHere : t.defectNone}`}
                    onClick={() => change((now) => ({ ...now, concluded }))}
                  >
                    {where}
                  </button>
                );
              })}
              {writing.concluded.length === 0 && <span className="t2">{t.concludesNone}</span>}
            </div>
            {general.map((each) => (
              <div key={each.code + each.detail}>
                <IconAlertTriangle size={14} className="warn" />
                {each.detail || each.code}
              </div>
            ))}
          </div>
        </section>
      </div>
    </div>
  );
  const foot = (
    <>
      <div className={work.issue}>
        {!ready || missing.length > 0 || findings.length > 0 || checks.error ? (
          <>
            <IconAlertTriangle size={16} stroke={1.6} className="warn" />
            <span className="t2 clip">
              {written(writing).length === 0
                ? t.needSentence
                : missing.length > 0
                  ? t.missing(missing.join(", "))
                  : checks.error
                    ? t.checksAway
                    : t.checksFound(findings.length)}
            </span>
            <Button
              variant={ready ? "default" : "filled"}
              onClick={nextFault}
              rightSection={<Keycap chord="Alt+KeyJ" />}
            >
              {t.jump}
            </Button>
          </>
        ) : (
          <>
            <IconCircleCheck size={16} stroke={1.6} className="ok" />
            <span className="t2">{checks.isFetching ? t.checking : t.checksFine}</span>
          </>
        )}
      </div>
      <Button onClick={() => setSkipping(true)} rightSection={<Keycap chord="Alt+KeyS" />}>
        {t.skip}
      </Button>
      <Button
        variant={ready ? "filled" : "default"}
        disabled={!ready}
        onClick={submit}
        rightSection={<Keycap chord="Ctrl+Enter" />}
      >
        {t.handIn}
      </Button>
    </>
  );
  return (
    <>
      {frame(workArea, foot)}
      {skipping && <SkipDialog desk={open.desk} draft={draft} onClose={() => setSkipping(false)} />}
    </>
  );
}
