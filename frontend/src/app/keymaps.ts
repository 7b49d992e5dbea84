import { deskKeymaps } from "../features/annotate/model/keymaps";
import { REASONS } from "../features/audits/api/lot";
import { texts as audits } from "../features/audits/texts";
import { texts as batches } from "../features/batches/texts";
import { texts as endpoints } from "../features/endpoints/texts";
import { texts as gold } from "../features/gold/texts";
import { texts as imports } from "../features/imports/texts";
import { texts as rationales } from "../features/rationales/texts";
import { texts as releases } from "../features/releases/texts";
import { texts as settings } from "../features/settings/texts";
import { texts as training } from "../features/training/texts";
import { texts as trials } from "../features/trials/texts";
import { keymapOf, type PageKeys } from "../lib/commands";
import { textsNow } from "../lib/texts";
import { texts } from "./texts";

/**
 * Every page with keys that may be moved, those of long work first, whether this browser has opened it or not. Words
 * and keys only: no page is loaded for it. A test compares it with what the pages say.
 */
export function keymaps(): Readonly<Record<string, PageKeys>> {
  const pages = textsNow(texts).keyPages;
  return {
    ...deskKeymaps(),
    audit: audit(),
    batches: one(textsNow(batches), "make", "KeyN"),
    batch: keymapOf(pages.batch, [
      ["work", textsNow(batches).work, "Enter"],
      ["pause", textsNow(batches).pause, "KeyP"],
    ]),
    gold: one(textsNow(gold), "make", "KeyN"),
    imports: one(textsNow(imports), "start", "KeyN"),
    import: keymapOf(pages.import, [["retry", textsNow(imports).retry, "KeyR"]]),
    runs: keymapOf(textsNow(rationales).title, [["new-run", textsNow(rationales).make, "KeyN"]]),
    run: keymapOf(pages.run, [["pause", textsNow(rationales).pause, "KeyP"]]),
    audits: one(textsNow(audits), "draw", "KeyN"),
    releases: one(textsNow(releases), "cut", "KeyN"),
    trials: one(textsNow(trials), "start", "KeyN"),
    "training-runs": keymapOf(pages.training, [["train", textsNow(training).train, "KeyT"]]),
    "training-doubts": keymapOf(textsNow(training).doubts, [["batch", textsNow(training).makeBatch, "KeyB"]]),
    aspects: keymapOf(textsNow(settings).aspects, [["new-aspect", textsNow(settings).addAspect, "KeyN"]]),
    endpoints: keymapOf(textsNow(endpoints).title, [["new-endpoint", textsNow(endpoints).add, "KeyN"]]),
  };
}

/** A page with one key, whose command is named as its label. */
const one = <Name extends string>(
  words: { readonly title: string } & Readonly<Record<Name, string>>,
  name: Name,
  key: string,
): PageKeys => keymapOf(words.title, [[name, words[name], key]]);

function audit(): PageKeys {
  const t = textsNow(audits);
  return keymapOf(textsNow(texts).keyPages.audit, [
    ["accept", t.accept, "KeyA"],
    ["reject", t.reject, "KeyR"],
    ["first-fault", t.firstFault, "KeyF"],
    ["sentence-up", t.sentenceUp, "ArrowUp"],
    ["sentence-down", t.sentenceDown, "ArrowDown"],
    ["undo", t.undo, "Backspace"],
    ["blink", t.blink, "Space"],
    ["lens", t.lens, "KeyL"],
    ["zoom", t.zoom, "KeyZ"],
    ["zoom-out", t.zoomOut, "Shift+KeyZ"],
    ["fit", t.fit, "Digit0"],
    ["previous", t.previous, "ArrowLeft"],
    ["next", t.next, "ArrowRight"],
    ...REASONS.map((reason, place) => [reason, t[reason], `Digit${place + 1}`] as const),
  ]);
}
