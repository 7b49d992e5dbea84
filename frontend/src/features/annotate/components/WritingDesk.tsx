import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useMe } from "../../../api/session";
import { Keycap } from "../../../components/Keycap";
import { useCommands } from "../../../lib/commands";
import { useTexts } from "../../../lib/texts";
import { WRITE } from "../api/rationale";
import { aboutKey, phraseKey, viewCommands } from "../model/commands";
import {
  begin,
  bodyOf,
  findingsAt,
  flaggedSlots,
  regionsOf,
  type Sentence,
  unspoken,
  written,
} from "../model/rationale";
import { useDraft } from "../model/useDraft";
import { useFindings } from "../model/useFindings";
import { useLooking } from "../model/useLooking";
import { useWriting } from "../model/useWriting";
import { texts } from "../texts";
import { Conclusion } from "./Conclusion";
import { Coverage } from "./Coverage";
import { Phrases, PhrasesForm } from "./Phrases";
import { RationaleArea } from "./RationaleArea";
import type { AtHand } from "./RationaleDesk";
import classes from "./RationaleDesk.module.css";
import { SkipDialog } from "./SkipDialog";
import { WritingCard } from "./WritingCard";
import { WritingFoot } from "./WritingFoot";

/** Writing a rationale or revising one, sentence by sentence. */
export function WritingDesk({ piece, task, frame, ...props }: AtHand) {
  const { turn, open, project, batch } = props;
  const t = useTexts(texts);
  const draft = useDraft(turn, project, batch.id);
  const slots = piece.candidates.map((each) => each.slot);
  const kept = turn.draft?.body ?? {};
  const desk = useWriting({
    begin: () => begin(task, slots, kept),
    trace: kept.trace,
    save: draft.save,
  });
  const { writing } = desk;
  const [focus, setFocus] = useState<string | null>(null);
  const looking = useLooking(piece, flaggedSlots(task, slots)[0] ?? slots[0] ?? "");
  const { setSlot } = looking;
  const [skipping, setSkipping] = useState(false);
  const { phrases } = useMe().user;
  const [changing, setChanging] = useState(false);
  const fields = useRef(new Map<string, HTMLTextAreaElement>());
  const body = bodyOf(task, writing);
  const { findings, ...checks } = useFindings({
    project,
    assignment: turn.claimed.assignment_id,
    body,
    lost: props.lost,
    onLost: () => open.desk.state.set((now) => ({ ...now, lost: true })),
  });
  const missing = unspoken(task, slots, writing);
  const ready = written(writing).length > 0 && !props.lost && !draft.conflict;
  const here = writing.sentences.find((each) => each.key === focus);

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
  const putBack = () => setWanted(desk.putBack()?.key ?? null);
  const add = (about: string | null) => {
    setWanted(desk.add(about, about ? regionsOf(task, about) : []).key);
    if (about) setSlot(about);
  };
  /** To the card that speaks of a candidate; where none does, to a new one. */
  const goTo = (slot: string) => {
    const there = writing.sentences.find((each) => each.slot === slot);
    if (there) focusCard(there);
    else add(slot);
  };
  const nextMissing = () => (missing[0] ? goTo(missing[0]) : focusCard(writing.sentences[0]));
  const nextFault = () => {
    const faulty = writing.sentences.filter((each) => findingsAt(findings, writing, each.key).length > 0);
    const after = faulty[(faulty.findIndex((each) => each.key === focus) + 1) % faulty.length];
    if (after) focusCard(after);
    else nextMissing();
  };
  const speakOf = (sentence: Sentence, slot: string | null) => {
    desk.setSentence(sentence.key, { slot, regions: slot ? regionsOf(task, slot) : [] });
    if (slot) setSlot(slot);
  };
  const referTo = () => {
    if (!here?.slot) return;
    const next = regionsOf(task, here.slot).find((id) => !here.regions.includes(id));
    if (next) desk.setSentence(here.key, { regions: [...here.regions, next] });
  };
  const insert = (phrase: string) => {
    const field = here && fields.current.get(here.key);
    if (!field) return false;
    desk.insertPhrase(field, phrase);
    return true;
  };
  const submit = () => {
    if (!ready) return;
    draft.stop();
    open.desk.finish(WRITE, { ...body, trace: desk.trace() });
  };
  useCommands({
    name: "rationale",
    title: t.rationale,
    commands: [
      ...viewCommands(piece, looking.actions),
      { name: "write", label: t.nextCell, keys: ["KeyT", "Alt+KeyN"], perform: nextMissing },
      { name: "region", label: t.insertRegion, keys: ["Alt+KeyI"], keyOnly: true, perform: referTo },
      ...[null, ...slots].map((slot, place) => ({
        name: `about-${place}`,
        label: slot ? t.aboutCandidate(slot) : t.aboutEverybody,
        keys: [aboutKey(place)],
        keyOnly: true,
        enabled: here !== undefined,
        perform: () => here && speakOf(here, slot),
      })),
      ...phrases.flatMap((phrase, place) =>
        phrase === ""
          ? []
          : {
              name: `phrase-${place + 1}`,
              label: t.insertPhrase(phrase),
              keys: [phraseKey(place)],
              keyOnly: true,
              enabled: here !== undefined && !changing,
              perform: () => insert(phrase),
            },
      ),
      { name: "fault", label: t.jumpLabel, keys: ["KeyJ", "Alt+KeyJ"], perform: nextFault },
      { name: "undo", label: t.putBack, keys: ["Backspace"], enabled: desk.canPutBack, perform: putBack },
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
    <RationaleArea piece={piece} task={task} looking={looking} guideline={batch.guideline_version}>
      <section className={`panel ${classes.panel}`}>
        <div className="ph">
          <h2>{t.rationale}</h2>
          <span className="t3 s clip">{t.sentences(written(writing).length)}</span>
          <span className="sp" />
          <span className="mono t3 s nw">{piece.sample}</span>
        </div>
        <Coverage task={task} slots={slots} missing={missing} onGo={goTo} />
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
              onType={desk.typed}
              onBring={desk.bring}
              onAbout={(slot) => speakOf(sentence, slot)}
              onRegions={(regions) => desk.setSentence(sentence.key, { regions })}
              onRemove={() => desk.remove(index)}
            />
          ))}
          {desk.canPutBack && (
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
          <Conclusion
            slots={slots}
            concluded={writing.concluded}
            findings={findings.filter((each) => each.sentence === null || each.sentence === undefined)}
            onConclude={desk.conclude}
          />
          {changing ? (
            <PhrasesForm phrases={phrases} close={() => setChanging(false)} />
          ) : (
            <Phrases
              phrases={phrases}
              ready={here !== undefined}
              onInsert={insert}
              onChange={() => setChanging(true)}
            />
          )}
        </div>
      </section>
    </RationaleArea>
  );
  return (
    <>
      {frame(
        workArea,
        <WritingFoot
          isEmpty={written(writing).length === 0}
          missing={missing}
          found={findings.length}
          checks={checks}
          ready={ready}
          onJump={nextFault}
          onSkip={() => setSkipping(true)}
          onSubmit={submit}
        />,
      )}
      {skipping && <SkipDialog desk={open.desk} draft={draft} onClose={() => setSkipping(false)} />}
    </>
  );
}
