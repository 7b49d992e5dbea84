import type { BatchDetail } from "../api/batch";
import type { BatchRequest } from "../api/newBatch";
import type { Source } from "./choice";
import { type TermValues, termsOf, USUAL, valuesOf } from "./terms";

/** A new batch as its form holds it, and as a draft keeps it. */
export interface BatchValues {
  source: Source;
  names: string;
  onlyNotJudged: boolean;
  onlyNotInBatch: boolean;
  most: number | "";
  name: string;
  kind: NonNullable<BatchRequest["kind"]>;
  /** A version; null is whichever is the newest when the batch starts. */
  guideline: number | null;
  wanted: number;
  maximum: number;
  order: NonNullable<BatchRequest["order"]>;
  skip: NonNullable<BatchRequest["skip_policy"]>;
  people: string[];
  onlyUnfinished: boolean;
  terms: TermValues;
}

/** What the form starts from: a batch to be made again, or names that another page handed over. */
export function startingFrom(given: {
  readonly like: BatchDetail | null;
  readonly nameAgain: (name: string) => string;
  readonly questions: string | null;
  readonly samples: string | null;
  readonly name: string | null;
}): BatchValues {
  const { like, questions, samples } = given;
  const names = questions ?? samples ?? "";
  return {
    source: like ? "batch" : questions !== null ? "questions" : samples !== null ? "samples" : "everything",
    names,
    onlyNotJudged: !names && !like,
    onlyNotInBatch: !names && !like,
    onlyUnfinished: false,
    most: "",
    name: given.name ?? (like ? given.nameAgain(like.batch.name) : ""),
    kind: "label",
    guideline: null,
    wanted: like?.batch.wanted ?? 2,
    maximum: like?.batch.maximum ?? 3,
    order: like?.batch.order ?? "drawn",
    skip: like?.batch.skip_policy ?? "to_others",
    people: like?.batch.people.map(String) ?? [],
    // A deadline belongs to the batch it was set for.
    terms: like?.terms ? { ...valuesOf(like.terms), due: "" } : USUAL,
  };
}

/** A draft as it was kept; fields that came later stand as usual. */
export function fromDraft(body: Readonly<Record<string, unknown>>): BatchValues {
  const usual = startingFrom({ like: null, nameAgain: String, questions: null, samples: null, name: null });
  const kept = body as Partial<BatchValues>;
  // Without the batch it was to repeat, its pieces cannot be named again.
  const source = kept.source === "batch" ? "everything" : (kept.source ?? usual.source);
  return { ...usual, ...kept, source, terms: { ...USUAL, ...kept.terms } };
}

export const termsRequest = (values: BatchValues) => ({
  kind: values.kind,
  wanted: values.wanted,
  maximum: Math.max(values.wanted, values.maximum),
  order: values.order,
  terms: termsOf(values.terms),
});

/** Of the terms behind "More": how many are not as usual. */
export const unusualTerms = (terms: TermValues): number =>
  [
    terms.trainingFloor !== USUAL.trainingFloor,
    terms.floor !== USUAL.floor,
    terms.window !== USUAL.window,
    terms.shuffled !== USUAL.shuffled,
    terms.afterDue !== USUAL.afterDue,
  ].filter(Boolean).length;

/** One click on a team adds all of it; on one that is in already, takes it out. */
export function withTeam(people: readonly string[], team: readonly number[]): string[] {
  const members = team.map(String);
  return members.every((each) => people.includes(each))
    ? people.filter((each) => !members.includes(each))
    : [...people, ...members.filter((each) => !people.includes(each))];
}
