import type { components } from "../../../api/generated/schema";

export type Trace = Required<components["schemas"]["WritingTrace"]>;

/** Upper edges of the classes of pauses between two keys, in ms, as the server reads them; longer ones are thinking. */
export const GAP_EDGES_MS = [60, 90, 130, 180, 250, 350, 500, 700, 1000, 1500, 2500, 5000];
export const NO_TRACE: Trace = {
  typed: 0,
  pasted: 0,
  pastes: 0,
  phrased: 0,
  phrases: 0,
  gaps: GAP_EDGES_MS.map(() => 0),
};

const whole = (value: unknown): number => (typeof value === "number" && value > 0 ? Math.floor(value) : 0);

/** A trace that was kept with a draft. */
export function traceFrom(kept: unknown): Trace {
  if (typeof kept !== "object" || kept === null) return NO_TRACE;
  const { typed, pasted, pastes, phrased, phrases, gaps } = kept as Partial<Trace>;
  return {
    typed: whole(typed),
    pasted: whole(pasted),
    pastes: whole(pastes),
    phrased: whole(phrased),
    phrases: whole(phrases),
    gaps: GAP_EDGES_MS.map((_, at) => whole(Array.isArray(gaps) ? gaps[at] : 0)),
  };
}

export const noteTyped = (trace: Trace, characters: number, gapMs: number | null): Trace => {
  const at = gapMs === null ? -1 : GAP_EDGES_MS.findIndex((edge) => gapMs < edge);
  return {
    ...trace,
    typed: trace.typed + Math.max(0, characters),
    gaps: at < 0 ? trace.gaps : trace.gaps.map((count, place) => (place === at ? count + 1 : count)),
  };
};

export const notePasted = (trace: Trace, characters: number): Trace => ({
  ...trace,
  pasted: trace.pasted + characters,
  pastes: trace.pastes + 1,
});

/** One of the person's own phrases went in by its key: typed once, not now, and no pause of a hand belongs to it. */
export const notePhrase = (trace: Trace, characters: number): Trace => ({
  ...trace,
  phrased: trace.phrased + characters,
  phrases: trace.phrases + 1,
});

/** What the browser says of text that comes in without being typed here. */
export const FROM_ELSEWHERE: ReadonlySet<string> = new Set([
  "insertFromPaste",
  "insertFromDrop",
  "insertFromYank",
]);

/**
 * One change of a field: what came in is told from what was typed by the browser's own word for it. A selection that is
 * overwritten counts by what came in, so `data` is asked before lengths are compared.
 */
export function noteInput(
  trace: Trace,
  event: { inputType?: string; data?: string | null },
  lengths: { before: number; after: number },
  gapMs: number | null,
): Trace {
  const grown = lengths.after - lengths.before;
  if (FROM_ELSEWHERE.has(event.inputType ?? ""))
    return notePasted(trace, event.data?.length ?? Math.max(0, grown));
  if (event.inputType?.startsWith("delete") || event.inputType?.startsWith("history")) return trace;
  // While a Chinese word is composed, `data` repeats what stands there already: only growth is new.
  const composing = event.inputType === "insertCompositionText";
  return noteTyped(trace, composing ? grown : (event.data?.length ?? grown), gapMs);
}
