import type { Life } from "../api/life";

export type Event = Life["events"][number];
export type Filter = "all" | "people" | "models" | "training";

/** Newest first. */
export const shown = (events: readonly Event[], filter: Filter): Event[] =>
  events.filter((each) => filter === "all" || each.group === filter).toReversed();

/** The newest turn that somebody still holds: leased and not run out, or sent back and kept for its author. */
export const holder = (events: readonly Event[], now: Date): Event | undefined =>
  events.findLast(
    (each) =>
      each.kind === "leased" &&
      (each.facts.state === "reserved" ||
        (each.facts.state === "leased" && new Date(each.facts.until ?? 0) > now)),
  );
