import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { Keycap, Modifiers } from "../../../components/Keycap";
import { SentenceCard } from "../../../components/SentenceCard";
import { useTexts } from "../../../lib/texts";
import type { RationaleTask } from "../api/rationale";
import { aboutKey } from "../model/commands";
import { regionsOf, type Sentence } from "../model/rationale";
import { texts } from "../texts";
import { markOf } from "./RationaleArea";
import classes from "./RationaleDesk.module.css";

interface Props {
  readonly sentence: Sentence;
  readonly number: number;
  readonly task: RationaleTask;
  readonly slots: readonly string[];
  readonly aspect: string | undefined;
  readonly faults: readonly string[];
  readonly focused: boolean;
  readonly field: (element: HTMLTextAreaElement | null) => void;
  onFocus(): void;
  onType(sentence: Sentence, text: string, event: InputEvent): void;
  /** Text that is about to be pasted or dropped. */
  onBring(text: string): void;
  onAbout(slot: string | null): void;
  onRegions(regions: readonly string[]): void;
  onRemove(): void;
}

/** One sentence while it is written; in work it also offers whom it is about and the regions it may refer to. */
export function WritingCard({ sentence, task, slots, ...props }: Props) {
  const t = useTexts(texts);
  return (
    <SentenceCard
      number={props.number}
      letter={sentence.slot}
      aspect={sentence.slot ? props.aspect : t.aboutAll}
      {...(sentence.slot && { mark: markOf(task, sentence.slot) })}
      regions={sentence.regions}
      faults={props.faults}
      onFocus={props.onFocus}
      aside={
        <ActionIcon size={22} aria-label={t.removeSentence} onClick={props.onRemove}>
          <IconX size={14} />
        </ActionIcon>
      }
    >
      <textarea
        ref={props.field}
        className={classes.text}
        value={sentence.text}
        maxLength={2000}
        rows={2}
        aria-label={`${t.rationale} ${props.number}`}
        placeholder={t.sentenceHint}
        onPaste={(event) => props.onBring(event.clipboardData.getData("text"))}
        onDrop={(event) => props.onBring(event.dataTransfer.getData("text"))}
        onChange={(event) => props.onType(sentence, event.target.value, event.nativeEvent as InputEvent)}
      />
      {props.focused && (
        <div className={classes.tools}>
          <Modifiers of={aboutKey(0)} />
          {[null, ...slots].map((where, place) => (
            <button
              key={where ?? "all"}
              type="button"
              className={classes.chip}
              data-on={sentence.slot === where || undefined}
              aria-label={where ? t.aboutCandidate(where) : t.aboutEverybody}
              onClick={() => props.onAbout(where)}
            >
              {where ?? t.aboutAll}
              <Keycap chord={aboutKey(place)} inRowOf={aboutKey(0)} />
            </button>
          ))}
          {sentence.slot &&
            regionsOf(task, sentence.slot).map((id) => {
              const on = sentence.regions.includes(id);
              const regions = on ? sentence.regions.filter((each) => each !== id) : [...sentence.regions, id];
              return (
                <button
                  key={id}
                  type="button"
                  className={classes.chip}
                  data-on={on || undefined}
                  onClick={() => props.onRegions(regions)}
                >
                  {id}
                </button>
              );
            })}
        </div>
      )}
    </SentenceCard>
  );
}
