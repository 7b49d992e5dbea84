import { Button, Textarea } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconCircleCheck, IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { Keycap } from "../../../components/Keycap";
import { SentenceCard } from "../../../components/SentenceCard";
import { useCommands } from "../../../lib/commands";
import { useTexts } from "../../../lib/texts";
import { READ } from "../api/rationale";
import { viewCommands } from "../model/commands";
import { plain } from "../model/rationale";
import { beginReading, faultAt, firstFault, openAt, say, type Verdicts } from "../model/reading";
import { useDraft } from "../model/useDraft";
import { useLooking } from "../model/useLooking";
import { texts } from "../texts";
import { markOf, RationaleArea } from "./RationaleArea";
import type { AtHand } from "./RationaleDesk";
import classes from "./RationaleDesk.module.css";
import { SkipDialog } from "./SkipDialog";
import work from "./Workspace.module.css";

/** Reading a rationale sentence by sentence: one key accepts, one rejects, one names the first fault. Nobody rewrites here. */
export function Reader({ piece, task, frame, turn, open, project, batch, lost }: AtHand) {
  const t = useTexts(texts);
  const sentences = task.draft ?? [];
  const draft = useDraft(turn, project, batch.id);
  const [verdicts, setVerdicts] = useState<Verdicts>(() =>
    beginReading(sentences.length, turn.draft?.body ?? {}),
  );
  const [note, setNote] = useState(String(turn.draft?.body?.note ?? ""));
  const [at, setAt] = useState(openAt(verdicts) ?? 0);
  const [skipping, setSkipping] = useState(false);
  const looking = useLooking(piece, sentences[at]?.slot ?? piece.candidates[0]?.slot ?? "");
  const cards = useRef(new Map<number, HTMLElement>());
  const fault = firstFault(verdicts);
  const left = openAt(verdicts);
  const ready = left === null && !lost && !draft.conflict;

  const go = (to: number) => {
    const place = Math.min(Math.max(to, 0), sentences.length - 1);
    setAt(place);
    const slot = sentences[place]?.slot;
    if (slot) looking.setSlot(slot);
  };
  useEffect(() => {
    // In braces: newer browsers return a promise here, and React would call it as a clean-up.
    cards.current.get(at)?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const keep = (next: Verdicts, to: number) => {
    setVerdicts(next);
    draft.save({ verdicts: next, note });
    go(to);
  };
  const submit = () => {
    if (!ready) return;
    draft.stop();
    open.desk.finish(READ, { verdicts, note: note.trim() });
  };
  useCommands({
    name: "reading",
    title: t.kinds.read_rationale,
    commands: [
      ...viewCommands(piece, looking.actions),
      {
        name: "accept",
        label: t.acceptSentence,
        keys: ["KeyA"],
        perform: () => keep(say(verdicts, at, true), at + 1),
      },
      {
        name: "reject",
        label: t.rejectSentence,
        keys: ["KeyR"],
        perform: () => keep(say(verdicts, at, false), at + 1),
      },
      {
        name: "first-fault",
        label: t.firstFault,
        keys: ["KeyF"],
        perform: () => keep(faultAt(verdicts, at), at),
      },
      {
        name: "undo",
        label: t.clearSentence,
        keys: ["Backspace"],
        perform: () => keep(say(verdicts, at, null), at),
      },
      { name: "previous-sentence", label: t.previousSentence, keys: ["ArrowUp"], perform: () => go(at - 1) },
      { name: "next-sentence", label: t.nextSentence, keys: ["ArrowDown"], perform: () => go(at + 1) },
      {
        name: "jump",
        label: t.jumpLabel,
        keys: ["KeyJ"],
        perform: () => go(left ?? at),
        enabled: left !== null,
      },
      { name: "skip", label: t.skip, keys: ["KeyS"], perform: () => setSkipping(true) },
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
  const judged = verdicts.filter((each) => each !== null).length;
  const aspect = piece.aspects[0];
  const workArea = (
    <RationaleArea piece={piece} task={task} looking={looking} guideline={batch.guideline_version}>
      <section className={`panel ${classes.panel}`}>
        <div className="ph">
          <h2>{t.rationale}</h2>
          <span className="t3 s clip">{t.judged(judged, sentences.length)}</span>
          <span className="sp" />
          <span className="mono t3 s nw">{piece.sample}</span>
        </div>
        <div className={classes.cards}>
          {sentences.map((sentence, place) => (
            <div
              key={sentence.span[0]}
              ref={(element) => {
                if (element) cards.current.set(place, element);
                else cards.current.delete(place);
              }}
            >
              <SentenceCard
                number={place + 1}
                letter={sentence.slot}
                aspect={sentence.slot ? aspect?.short : t.aboutAll}
                {...(sentence.slot && { mark: markOf(task, sentence.slot) })}
                regions={sentence.regions}
                focused={place === at}
                faults={place === fault ? [t.firstFaultHere] : []}
                onFocus={() => go(place)}
                aside={
                  <>
                    <Choice
                      label={t.acceptSentence}
                      on={verdicts[place] === true}
                      tone="ok"
                      keycap={place === at ? "KeyA" : null}
                      onPick={() => keep(say(verdicts, place, true), place + 1)}
                    />
                    <Choice
                      label={t.rejectSentence}
                      on={verdicts[place] === false}
                      tone="bad"
                      keycap={place === at ? "KeyR" : null}
                      onPick={() => keep(say(verdicts, place, false), place + 1)}
                    />
                  </>
                }
              >
                <p className={classes.read}>{plain(sentence.text)}</p>
              </SentenceCard>
            </div>
          ))}
        </div>
        <div className={classes.end}>
          <div>
            <span>{t.conclusion}</span>
            {(task.draft_concluded ?? []).map((slot) => (
              <span key={slot} className="slot">
                {slot}
              </span>
            ))}
            {task.draft_concluded?.length === 0 && <span className="t2">{t.concludesNone}</span>}
            {task.draft_concluded === null && <span className="t3">{t.noConclusion}</span>}
          </div>
          {fault !== null && (
            <Textarea
              aria-label={t.whatIsWrong}
              placeholder={t.whatIsWrong}
              value={note}
              maxLength={400}
              maxRows={3}
              styles={{ wrapper: { flex: 1 } }}
              onChange={(event) => {
                setNote(event.target.value);
                draft.save({ verdicts, note: event.target.value });
              }}
            />
          )}
        </div>
      </section>
    </RationaleArea>
  );
  const foot = (
    <>
      <div className={work.issue}>
        {left !== null ? (
          <>
            <IconAlertTriangle size={16} stroke={1.6} className="warn" />
            <span className="t2 clip">{t.sentenceOpen(left + 1)}</span>
          </>
        ) : (
          <>
            <IconCircleCheck size={16} stroke={1.6} className={fault === null ? "ok" : "warn"} />
            <span className="t2 clip">{fault === null ? t.allAccepted : t.goesToRevision(fault + 1)}</span>
          </>
        )}
      </div>
      <Button onClick={() => keep(faultAt(verdicts, at), at)} rightSection={<Keycap chord="KeyF" />}>
        {t.firstFault}
      </Button>
      <Button onClick={() => setSkipping(true)} rightSection={<Keycap chord="KeyS" />}>
        {t.skip}
      </Button>
      <Button
        variant={ready ? "filled" : "default"}
        disabled={!ready}
        onClick={submit}
        rightSection={<Keycap chord="Enter" />}
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

interface ChoiceProps {
  readonly label: string;
  readonly on: boolean;
  readonly tone: "ok" | "bad";
  readonly keycap: "KeyA" | "KeyR" | null;
  readonly onPick: () => void;
}

function Choice({ label, on, tone, keycap, onPick }: ChoiceProps) {
  const Icon = tone === "ok" ? IconCheck : IconX;
  return (
    <button
      type="button"
      className={classes.chip}
      data-on={on || undefined}
      aria-pressed={on}
      aria-label={label}
      title={label}
      onClick={onPick}
    >
      <Icon size={14} stroke={2} className={on ? tone : "t3"} />
      {keycap && <Keycap chord={keycap} />}
    </button>
  );
}
