import { useRef, useState } from "react";
import type { Draft } from "./drafts";
import { blank, type Sentence, type Writing } from "./rationale";
import { noteInput, notePhrase, traceFrom } from "./trace";

interface Begun {
  readonly begin: () => Writing;
  /** The trace that the draft kept. */
  readonly trace: unknown;
  readonly save: (body: Draft["body"]) => void;
}

/** A rationale while it is written. Every change goes to the draft, with how the text came about. */
export function useWriting({ begin, trace: kept, save }: Begun) {
  const [writing, setWriting] = useState(begin);
  // How the text comes about is noted as evidence and travels with the draft; nothing here depends on it.
  const trace = useRef(traceFrom(kept));
  const lastKey = useRef<number | null>(null);
  const brought = useRef<string | null>(null); // text on its way in: browsers leave it out of the change itself
  const isPhrase = useRef(false); // an own phrase is on its way in: browsers tell of it as of typing
  const change = (how: (now: Writing) => Writing) => {
    const next = how(writing);
    setWriting(next);
    save({ sentences: next.sentences, concluded: next.concluded, trace: trace.current });
  };
  const setSentence = (key: string, part: Partial<Sentence>) =>
    change((now) => ({
      ...now,
      sentences: now.sentences.map((each) => (each.key === key ? { ...each, ...part } : each)),
    }));
  const typed = (sentence: Sentence, text: string, event: InputEvent) => {
    const { inputType, data } = event;
    const lengths = { before: sentence.text.length, after: text.length };
    if (isPhrase.current) {
      trace.current = notePhrase(trace.current, data?.length ?? Math.max(0, lengths.after - lengths.before));
      lastKey.current = null;
    } else {
      const now = performance.now();
      const gap = lastKey.current === null ? null : now - lastKey.current;
      lastKey.current = now;
      trace.current = noteInput(trace.current, { inputType, data: data ?? brought.current }, lengths, gap);
    }
    brought.current = null;
    setSentence(sentence.key, { text });
  };
  /** At the caret, by the browser's own editing: `typed` hears of it, and the browser's undo takes it out again. */
  const insertPhrase = (field: HTMLTextAreaElement, phrase: string) => {
    field.focus();
    isPhrase.current = true;
    document.execCommand("insertText", false, phrase);
    isPhrase.current = false;
  };

  // What was taken out can be put back, last first, for as long as the piece is on the desk.
  const [removed, setRemoved] = useState<readonly { at: number; sentence: Sentence }[]>([]);
  const remove = (at: number) => {
    const sentence = writing.sentences[at];
    if (!sentence) return;
    if (sentence.text.trim() !== "") setRemoved([...removed, { at, sentence }]);
    change((now) => ({ ...now, sentences: now.sentences.filter((each) => each !== sentence) }));
  };
  const putBack = (): Sentence | null => {
    const last = removed.at(-1);
    if (!last) return null;
    setRemoved(removed.slice(0, -1));
    change((now) => ({ ...now, sentences: now.sentences.toSpliced(last.at, 0, last.sentence) }));
    return last.sentence;
  };
  const add = (about: string | null, regions: readonly string[]): Sentence => {
    const sentence = blank(about, regions);
    change((now) => ({ ...now, sentences: [...now.sentences, sentence] }));
    return sentence;
  };
  const conclude = (concluded: readonly string[]) => change((now) => ({ ...now, concluded }));
  const bring = (text: string) => {
    brought.current = text;
  };
  return {
    writing,
    trace: () => trace.current,
    setSentence,
    typed,
    bring,
    insertPhrase,
    canPutBack: removed.length > 0,
    remove,
    putBack,
    add,
    conclude,
  };
}
