import type { Severity } from "../../../lib/severity";
import { isSeverity } from "../../../lib/severity";
import type { Finding, RationaleTask } from "../api/rationale";

/** One sentence while it is written. `key` is the card's own name and never leaves the page. */
export interface Sentence {
  readonly key: string;
  readonly text: string;
  readonly slot: string | null;
  readonly regions: readonly string[];
}
export interface Writing {
  readonly sentences: readonly Sentence[];
  readonly concluded: readonly string[];
}

let made = 0;
const freshKey = (): string => {
  made += 1;
  return `s${made}`;
};
export const blank = (slot: string | null, regions: readonly string[] = []): Sentence => ({
  key: freshKey(),
  text: "",
  slot,
  regions,
});

/** Stored texts name candidates as `{{B}}`; people write and read plain letters. */
export const plain = (text: string): string => text.replace(/\{\{\s*([A-H])\s*\}\}/g, "$1");

export const severityIn = (task: RationaleTask, slot: string): Severity | null => {
  const said = task.severities[slot];
  return isSeverity(said) ? said : null;
};

/** The candidates that the verdicts flag, or the answer names: each needs a sentence. */
export const flaggedSlots = (task: RationaleTask, slots: readonly string[]): string[] =>
  slots.filter(
    (slot) => task.answer?.includes(slot) || ["minor", "major"].includes(task.severities[slot] ?? ""),
  );

const draftOf = (body: Readonly<Record<string, unknown>>): Writing | null => {
  if (!Array.isArray(body.sentences)) return null;
  const sentences = (body.sentences as Partial<Sentence>[]).map((each) => ({
    key: freshKey(),
    text: String(each.text ?? ""),
    slot: typeof each.slot === "string" ? each.slot : null,
    regions: Array.isArray(each.regions) ? each.regions.map(String) : [],
  }));
  return { sentences, concluded: Array.isArray(body.concluded) ? body.concluded.map(String) : [] };
};

/** What stands on the desk at first: one's own draft, else the text to revise, else one card for each flagged candidate. */
export function begin(
  task: RationaleTask,
  slots: readonly string[],
  draft: Readonly<Record<string, unknown>>,
): Writing {
  const kept = draftOf(draft);
  if (kept) return kept;
  const concluded = task.draft_concluded ?? task.answer ?? flaggedSlots(task, slots);
  if (task.draft) {
    const sentences = task.draft.map((each) => ({
      key: freshKey(),
      text: plain(each.text),
      slot: each.slot,
      regions: each.regions,
    }));
    return { sentences, concluded: [...concluded] };
  }
  const flagged = flaggedSlots(task, slots);
  const sentences =
    flagged.length > 0 ? flagged.map((slot) => blank(slot, regionsOf(task, slot))) : [blank(null)];
  return { sentences, concluded: [...concluded] };
}

export const regionsOf = (task: RationaleTask, slot: string): string[] =>
  task.regions.filter((each) => each.slot === slot).map((each) => each.id);

/** Only what was written: an empty card is no sentence. */
export const written = (writing: Writing): Sentence[] =>
  writing.sentences.filter((each) => each.text.trim() !== "");

/** As the server takes it; whether a sentence faults its candidate follows from the conclusion. */
export function bodyOf(task: RationaleTask, writing: Writing) {
  return {
    sentences: written(writing).map((each) => ({
      text: each.text.trim(),
      slot: each.slot,
      aspect: task.question.aspect,
      defect: each.slot === null ? null : writing.concluded.includes(each.slot),
      regions: [...each.regions],
    })),
    concluded: [...writing.concluded].sort(),
  };
}

export const unspoken = (task: RationaleTask, slots: readonly string[], writing: Writing): string[] => {
  const spoken = new Set(written(writing).map((each) => each.slot));
  return flaggedSlots(task, slots).filter((slot) => !spoken.has(slot));
};

/** What the checks found at a card; they count only the cards that hold text. */
export function findingsAt(findings: readonly Finding[], writing: Writing, key: string): Finding[] {
  const place = written(writing).findIndex((each) => each.key === key);
  return place < 0 ? [] : findings.filter((each) => each.sentence === place);
}
