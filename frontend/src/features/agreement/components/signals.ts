import { duration, number, percent } from "../../../lib/format";
import type { Signal } from "../api/people";
import type { texts } from "../texts";

type Words = (typeof texts)["en"];
const LETTERS = "ABCDEFGH";
const share = (count: number, of: number): string => percent(of > 0 ? count / of : 0);

/** What was seen, in a few words. */
export function signalTitle(signal: Signal, t: Words, nameOf: (aspect: string) => string): string {
  const of = signal.aspect ? nameOf(signal.aspect) : "";
  switch (signal.code) {
    case "fast":
      return t.signals.fast(signal.count, signal.of, duration(signal.figures.under_ms ?? 0));
    case "even_pace":
      return t.signals.even_pace;
    case "same_keys":
      return t.signals.same_keys(signal.count);
    case "all_clean":
      return t.signals.all_clean(share(signal.count, signal.of));
    case "sees_more":
      return t.signals.sees_more(of);
    case "sees_less":
      return t.signals.sees_less(of);
    case "position":
      return t.signals.position(LETTERS[signal.figures.place ?? 0] ?? "", share(signal.count, signal.of));
    case "moved":
      return t.signals.moved(of);
    case "gold_over":
      return t.signals.gold_over(of);
    case "gold_under":
      return t.signals.gold_under(of);
    case "accepts_all":
      return t.signals.accepts_all(share(signal.count, signal.of));
  }
}

/** The counts behind it, against the others'. */
export function signalCounts(signal: Signal, t: Words): string {
  switch (signal.code) {
    case "fast":
    case "accepts_all":
    case "gold_over":
    case "gold_under":
    case "all_clean":
      return t.counts.shares(
        share(signal.count, signal.of),
        signal.of,
        share(signal.others_count, signal.others_of),
      );
    case "sees_more":
    case "sees_less":
      return t.counts.samples(signal.count, signal.others_count, signal.of);
    case "moved":
      return t.counts.moved(share(signal.count, signal.of), share(signal.others_count, signal.others_of));
    case "same_keys":
      return t.counts.run(signal.count, signal.others_count);
    case "even_pace":
      return t.counts.spread(
        number(signal.figures.spread ?? 0, 2),
        number(signal.figures.others_spread ?? 0, 2),
        signal.of,
      );
    case "position":
      return t.counts.position(signal.count, signal.of, number(signal.figures.size ?? 0, 2));
  }
}
