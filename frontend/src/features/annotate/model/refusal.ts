import type { ApiProblem } from "../../../api/problem";
import { moment } from "../../../lib/format";
import { type Locale, nameIn } from "../../../lib/locale";

interface Words {
  readonly batch_not_open: string;
  readonly not_on_this_batch: string;
  deadline_passed(when: string): string;
  paused(aspect: string): string;
  practice_below_floor(aspects: string): string;
}

/** Why a batch hands out nothing, in the reader's language: by code and parameters. What is not known here, as sent. */
export function refusalWords(
  problem: ApiProblem,
  words: Words,
  listed: (names: readonly string[]) => string,
  locale: Locale,
): string {
  const { details } = problem;
  switch (problem.code) {
    case "paused":
      return words.paused(
        nameIn(details.names as Record<string, string> | undefined, locale, String(details.aspect ?? "")),
      );
    case "practice_below_floor": {
      const aspects = (details.aspects ?? []) as readonly Record<string, string>[];
      return words.practice_below_floor(listed(aspects.map((each) => nameIn(each, locale, each.key ?? ""))));
    }
    case "deadline_passed":
      return words.deadline_passed(typeof details.due_at === "string" ? moment(details.due_at) : "");
    case "batch_not_open":
    case "not_on_this_batch":
      return words[problem.code];
    default:
      return problem.message;
  }
}
