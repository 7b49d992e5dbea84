import { describe, expect, it } from "vitest";
import type { Person, Share } from "../api/people";
import { isBelow, ordered, weekly } from "./people";

const share = (count: number, of: number, low: number, high: number): Share => ({
  count,
  of,
  value: count / of,
  low,
  high,
});
const none: Share = { count: 0, of: 0, value: null, low: null, high: null };
const person = (name: string, more: Partial<Person["figures"]> = {}): Person => ({
  name,
  in_batch: null,
  paused: [],
  figures: {
    user_id: name.length,
    opinions: 50,
    active_ms: 0,
    pace: { low: 1, median: 1000 * name.length, high: 3 },
    alpha: {
      alpha: null,
      low: null,
      high: null,
      units: 0,
      pairs_agreeing: null,
      why_undefined: "no_pairs",
      opinions: 0,
      only: "",
    },
    right: {},
    gold: {},
    sees: {},
    weeks: [],
    reviewed: { reviewed: 0, accepted: 0, fixed: 0, sent_back: 0, accepted_share: none },
    as_reviewer: { reviewed: 0, accepted: 0, fixed: 0, sent_back: 0, sent_back_share: none, pace: null },
    position: null,
    signals: [],
    first_at: null,
    last_at: null,
    ...more,
  },
});
const all = { gold: {}, right: { shadow: share(800, 1000, 0.77, 0.83) } };

describe("people", () => {
  it("puts those with a signal first, then those below the others", () => {
    const signal = {
      code: "fast" as const,
      count: 1,
      of: 2,
      others_count: 0,
      others_of: 0,
      aspect: "",
      p: 0,
      figures: {},
    };
    const people = [
      person("Ann"),
      person("Bo", { right: { shadow: share(30, 60, 0.38, 0.62) } }),
      person("Cleo", { signals: [signal] }),
    ];

    expect(ordered(people, "look", "right", all).map((each) => each.name)).toEqual(["Cleo", "Bo", "Ann"]);
    expect(ordered(people, "pace", "right", all).map((each) => each.name)).toEqual(["Bo", "Ann", "Cleo"]);
  });
  it("calls nobody low while the intervals meet", () => {
    expect(isBelow(share(45, 60, 0.63, 0.84), all.right.shadow)).toBe(false);
    expect(isBelow(none, all.right.shadow)).toBe(false);
    expect(isBelow(share(30, 60, 0.38, 0.62), all.right.shadow)).toBe(true);
  });
  it("adds the aspects of a week, and leaves weeks out in which nothing could be compared", () => {
    const weeks = [
      { week: "2026-11-02", opinions: 4, active_ms: 0, right: { shadow: [3, 4], place: [1, 4] }, gold: {} },
      { week: "2026-11-09", opinions: 2, active_ms: 0, right: { shadow: [0, 0], place: [0, 0] }, gold: {} },
    ] as Person["figures"]["weeks"];
    expect(weekly(person("Ann", { weeks }).figures)).toEqual([{ week: "2026-11-02", share: 0.5, of: 8 }]);
  });
});
