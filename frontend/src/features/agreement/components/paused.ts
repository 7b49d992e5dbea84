import type { Person } from "../api/people";
import type { texts } from "../texts";

/** Where somebody gets no more work, and on which aspect. */
export function pausedWords(
  pause: Person["paused"][number],
  nameOf: (aspect: string) => string,
  t: typeof texts.en,
): string {
  return pause.why === "practice"
    ? t.practiceOn(pause.number)
    : t.pausedOn(nameOf(pause.aspect), pause.number);
}
