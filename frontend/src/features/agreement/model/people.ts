import type { People, Person, PersonFigures, Share, Signal } from "../api/people";

/** By which answers people are measured: known ones, or the consensus. */
export type Measure = "gold" | "right";
export type Order = "look" | "name" | "pace";

/** Whether this person's share lies below everybody's by more than chance: the intervals do not meet. */
export const isBelow = (mine: Share | undefined, all: Share | undefined): boolean =>
  mine?.high != null && all?.low != null && mine.high < all.low;

/** Who needs a look first: most signals, then most aspects below the others, then most sent back. */
function needsALook(person: PersonFigures, measure: Measure, all: Readonly<Record<string, Share>>): number {
  const below = Object.entries(person[measure]).filter(([key, share]) => isBelow(share, all[key])).length;
  const back = person.reviewed.reviewed > 0 ? person.reviewed.sent_back / person.reviewed.reviewed : 0;
  return 100 * person.signals.length + 10 * below + back;
}

export function ordered(
  people: readonly Person[],
  order: Order,
  measure: Measure,
  all: Pick<People, Measure>,
): Person[] {
  return people.toSorted((a, b) => {
    if (order === "name") return a.name.localeCompare(b.name);
    if (order === "pace") return (a.figures.pace?.median ?? Infinity) - (b.figures.pace?.median ?? Infinity);
    const look = (each: Person) =>
      1000 * each.paused.length + needsALook(each.figures, measure, all[measure]);
    return look(b) - look(a) || a.name.localeCompare(b.name);
  });
}

/** The signal to name in a list: that with the smallest p. */
export const first = (signals: readonly Signal[]): Signal | undefined =>
  signals.toSorted((a, b) => (a.p ?? 1) - (b.p ?? 1))[0];

/** A person's share of right answers by week, all aspects together, for a small line. */
export function weekly(figures: PersonFigures): { week: string; share: number; of: number }[] {
  return figures.weeks.flatMap(({ week, right }) => {
    const [count, of] = Object.values(right).reduce<[number, number]>(
      ([sum, all], [each, total]) => [sum + each, all + total],
      [0, 0],
    );
    return of > 0 ? [{ week, share: count / of, of }] : [];
  });
}
