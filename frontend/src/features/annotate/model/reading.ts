/** A reader's word on each sentence: accepted, rejected, or not said yet. */
export type Verdict = boolean | null;
export type Verdicts = readonly Verdict[];

export function beginReading(count: number, draft: Readonly<Record<string, unknown>>): Verdicts {
  const kept = Array.isArray(draft.verdicts) ? draft.verdicts : [];
  return Array.from({ length: count }, (_, place) =>
    typeof kept[place] === "boolean" ? (kept[place] as boolean) : null,
  );
}

export const say = (verdicts: Verdicts, place: number, verdict: Verdict): Verdicts =>
  verdicts.map((each, at) => (at === place ? verdict : each));

/** This sentence is the first faulty one: what stands before it was fine, what follows is left alone. */
export const faultAt = (verdicts: Verdicts, place: number): Verdicts =>
  verdicts.map((_, at) => (at < place ? true : at === place ? false : null));

export const firstFault = (verdicts: Verdicts): number | null => {
  const place = verdicts.indexOf(false);
  return place < 0 ? null : place;
};

/** The next sentence that must be judged before the reading can be handed in; null when it can. */
export const openAt = (verdicts: Verdicts): number | null => {
  const fault = firstFault(verdicts);
  const place = verdicts.slice(0, fault ?? verdicts.length).indexOf(null);
  return place < 0 ? null : place;
};
