import { severityTexts } from "../../../components/severityTexts";
import { type Command, keymapOf, type PageKeys } from "../../../lib/commands";
import { textsNow } from "../../../lib/texts";
import { texts } from "../texts";
import {
  ASPECT_KEYS,
  aboutKey,
  CHOICES,
  labelCommands,
  MOST_PHRASES,
  OPINION_KEYS,
  phraseKey,
  viewCommands,
} from "./commands";

const nothing = () => {};
const VIEW = {
  focusCandidate: nothing,
  blink: nothing,
  toggleLens: nothing,
  toggleLarge: nothing,
  zoom: nothing,
  fit: nothing,
};
const LABEL = {
  ...VIEW,
  cycle: nothing,
  unsure: nothing,
  moveAspect: nothing,
  restClean: nothing,
  armRegion: nothing,
  removeRegion: nothing,
  back: nothing,
  jump: nothing,
  undo: nothing,
  openSkip: nothing,
  previous: nothing,
  submit: nothing,
};
const keysOf = (commands: readonly Command[]) =>
  commands.map(({ name, label, keys }) => ({ name, label, keys }));

/** The keys of every desk, for as many candidates and aspects as have some. */
export function deskKeymaps(): Readonly<Record<string, PageKeys>> {
  const t = textsNow(texts);
  const said = textsNow(severityTexts);
  const candidates = [..."ABCDEFGH"].map((letter) => ({ letter }));
  const aspects = ASPECT_KEYS.map((_, place) => ({ key: `${place + 1}`, name: t.aspectNumber(place + 1) }));
  const view = keysOf(viewCommands({ candidates }, VIEW));
  const withView = (title: string, rows: Parameters<typeof keymapOf>[1]): PageKeys => ({
    title,
    commands: [...view, ...keymapOf(title, rows).commands],
  });
  return {
    annotate: {
      title: t.annotateScope,
      commands: keysOf(labelCommands({ candidates, aspects }, LABEL, true)),
    },
    adjudicate: withView(t.kinds.adjudicate, [
      ...CHOICES.map(({ severity, key }) => [`rule-${severity}`, t.ruleAs(said[severity]), key] as const),
      ["next", t.nextTie, "KeyJ"],
      ["down", t.nextTie, "ArrowDown"],
      ["up", t.previousAspect, "ArrowUp"],
      ["reason", t.writeReason, "KeyT"],
      ["regions", t.hideRegions, "KeyH"],
      ...OPINION_KEYS.map(
        (key, place) =>
          [`opinion-${place + 1}`, `${t.opinion(place + 1)}: ${t.itsRegions}`, `Shift+${key}`] as const,
      ),
      ["undo", t.undo, "Backspace"],
      ["skip", t.skip, "KeyS"],
      ["unclear", t.unclear, "KeyU"],
      ["leave", t.leaveField, "Escape"],
      ["rule", t.rule, "Enter", "Ctrl+Enter"],
    ]),
    review: withView(t.kinds.review, [
      ["regions", t.hideRegions, "KeyH"],
      ["place", t.markPlace, "KeyX"],
      ["fix", t.fix, "KeyF"],
      ["undo", t.undo, "Backspace"],
      ["accept", t.accept, "KeyA", "Enter"],
      ["send-back", t.sendBack, "KeyR", "Alt+Enter"],
      ["reason", t.writeReason, "KeyT"],
      ["leave", t.leaveField, "Escape"],
    ]),
    rationale: withView(t.rationale, [
      ["write", t.nextCell, "KeyT", "Alt+KeyN"],
      ["region", t.insertRegion, "Alt+KeyI"],
      ["about-0", t.aboutEverybody, aboutKey(0)],
      ...candidates.map(
        ({ letter }, place) => [`about-${place + 1}`, t.aboutCandidate(letter), aboutKey(place + 1)] as const,
      ),
      ...Array.from(
        { length: MOST_PHRASES },
        (_, place) => [`phrase-${place + 1}`, t.phraseNumber(place + 1), phraseKey(place)] as const,
      ),
      ["fault", t.jumpLabel, "KeyJ", "Alt+KeyJ"],
      ["undo", t.putBack, "Backspace"],
      ["skip", t.skip, "KeyS", "Alt+KeyS"],
      ["leave", t.leaveField, "Escape"],
      ["submit", t.handIn, "Enter", "Ctrl+Enter"],
    ]),
    reading: withView(t.kinds.read_rationale, [
      ["accept", t.acceptSentence, "KeyA"],
      ["reject", t.rejectSentence, "KeyR"],
      ["first-fault", t.firstFault, "KeyF"],
      ["undo", t.clearSentence, "Backspace"],
      ["previous-sentence", t.previousSentence, "ArrowUp"],
      ["next-sentence", t.nextSentence, "ArrowDown"],
      ["jump", t.jumpLabel, "KeyJ"],
      ["skip", t.skip, "KeyS"],
      ["leave", t.leaveField, "Escape"],
      ["submit", t.handIn, "Enter", "Ctrl+Enter"],
    ]),
    guide: keymapOf(t.guideline, [["examples", t.examples, "KeyG"]]),
    suggested: keymapOf(t.suggestedScope, [["fill", t.fillIn, "KeyI"]]),
  };
}
