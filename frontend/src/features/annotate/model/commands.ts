import type { Command } from "../../../lib/commands";
import type { Severity } from "../../../lib/severity";
import { textsNow } from "../../../lib/texts";
import { texts } from "../texts";
import type { Aspect, Candidate } from "./piece";

/** What of a piece its keys depend on. */
interface Looked {
  readonly candidates: readonly Pick<Candidate, "letter">[];
}
interface Judged extends Looked {
  readonly aspects: readonly Pick<Aspect, "key" | "name">[];
}

/** What the pictures answer to, whatever the kind of work. */
export interface ViewActions {
  focusCandidate(index: number): void;
  blink(on: boolean): void;
  toggleLens(): void;
  toggleLarge(): void;
  zoom(factor: number): void;
  fit(): void;
}
export interface LabelActions extends ViewActions {
  cycle(aspect: string | null): void;
  unsure(aspect: string | null): void;
  moveAspect(step: 1 | -1): void;
  restClean(): void;
  armRegion(): void;
  removeRegion(): unknown;
  back(): unknown;
  jump(): void;
  undo(): void;
  openSkip(): void;
  previous(): void;
  submit(): void;
}

export const ASPECT_KEYS = ["KeyQ", "KeyW", "KeyE", "KeyR"] as const;
export const CHOICES: readonly { severity: Severity; key: string }[] = [
  { severity: "none", key: "KeyO" },
  { severity: "minor", key: "KeyI" },
  { severity: "major", key: "KeyK" },
  { severity: "unsure", key: "KeyP" },
];

export const OPINION_KEYS = ["KeyI", "KeyO", "KeyP"] as const;
export const candidateKey = (index: number): string => `Digit${index + 1}`;

// While a text is written, plain keys are text: `Alt` with a digit is an own phrase, with `Shift` too a candidate (0: all).
export const MOST_PHRASES = 9;
export const phraseKey = (place: number): string => `Alt+Digit${place + 1}`;
export const aboutKey = (candidate: number): string => `Alt+Shift+Digit${candidate}`;

export function viewCommands(piece: Looked, act: ViewActions): Command[] {
  const t = textsNow(texts);
  return [
    ...piece.candidates.map(({ letter }, index) => ({
      name: `candidate-${index + 1}`,
      label: t.focusCandidate(letter),
      keys: [candidateKey(index)],
      keyOnly: true,
      perform: () => act.focusCandidate(index),
    })),
    {
      name: "blink",
      label: t.blink,
      keys: ["Space"],
      keyOnly: true,
      perform: () => act.blink(true),
      release: () => act.blink(false),
    },
    { name: "lens", label: t.lens, keys: ["KeyL"], perform: act.toggleLens },
    { name: "large", label: t.largeLabel, keys: ["KeyV"], perform: act.toggleLarge },
    { name: "zoom", label: t.zoom, keys: ["KeyZ"], keyOnly: true, perform: () => act.zoom(1.6) },
    {
      name: "zoom-out",
      label: t.zoomOut,
      keys: ["Shift+KeyZ"],
      keyOnly: true,
      perform: () => act.zoom(1 / 1.6),
    },
    { name: "fit", label: t.fitAll, keys: ["Digit0"], perform: act.fit },
  ];
}

/** Every key of the label workspace; buttons, the key sheet and the finder read this list too. */
export function labelCommands(piece: Judged, act: LabelActions, ready: boolean): Command[] {
  const t = textsNow(texts);
  const aspects = ASPECT_KEYS.flatMap((key, index): Command[] => {
    const aspect = piece.aspects[index];
    if (!aspect) return [];
    return [
      {
        name: `severity-${aspect.key}`,
        label: t.severityOf(aspect.name),
        keys: [key],
        keyOnly: true,
        perform: () => act.cycle(aspect.key),
      },
      {
        name: `unsure-${aspect.key}`,
        label: t.unsureOf(aspect.name),
        keys: [`Shift+${key}`],
        keyOnly: true,
        perform: () => act.unsure(aspect.key),
      },
    ];
  });
  return [
    ...viewCommands(piece, act),
    ...aspects,
    {
      name: "aspect-next",
      label: t.nextAspect,
      keys: ["ArrowDown"],
      keyOnly: true,
      perform: () => act.moveAspect(1),
    },
    {
      name: "aspect-before",
      label: t.previousAspect,
      keys: ["ArrowUp"],
      keyOnly: true,
      perform: () => act.moveAspect(-1),
    },
    {
      name: "severity-here",
      label: t.severityHere,
      keys: ["KeyF"],
      keyOnly: true,
      perform: () => act.cycle(null),
    },
    {
      name: "unsure-here",
      label: t.unsureHere,
      keys: ["Shift+KeyF"],
      keyOnly: true,
      perform: () => act.unsure(null),
    },
    { name: "rest-clean", label: t.restClean, keys: ["KeyA"], perform: act.restClean },
    { name: "region", label: t.region, keys: ["KeyX"], perform: act.armRegion },
    {
      name: "region-remove",
      label: t.deleteRegion,
      keys: ["Delete"],
      keyOnly: true,
      perform: act.removeRegion,
    },
    { name: "jump", label: t.jumpLabel, keys: ["KeyJ"], perform: act.jump },
    { name: "undo", label: t.undo, keys: ["Backspace", "Ctrl+KeyZ"], perform: act.undo },
    { name: "skip", label: t.skip, keys: ["KeyS"], perform: act.openSkip },
    { name: "previous", label: t.previousLabel, keys: ["ArrowLeft"], perform: act.previous },
    { name: "back", label: t.back, keys: ["Escape"], keyOnly: true, perform: act.back },
    { name: "submit", label: t.submit, keys: ["Enter"], enabled: ready, perform: act.submit },
  ];
}
