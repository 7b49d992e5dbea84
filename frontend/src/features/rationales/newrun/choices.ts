import type { EndpointChoice } from "../api/choices";
import type { PromptRow } from "../api/prompts";
import type { texts } from "../texts";

/** What explains a field stands below it, so that the fields of a row begin at one height. */
export const BELOW = ["label", "input", "description", "error"] as (
  | "label"
  | "input"
  | "description"
  | "error"
)[];

export const promptChoices = (
  known: readonly PromptRow[],
  t: Pick<typeof texts.en, "locales" | "versionN">,
) =>
  known.map((each) => ({
    value: each.id,
    label: `${each.name} · ${t.locales[each.locale as keyof typeof t.locales]} · ${t.versionN(each.version)}`,
  }));

export const endpointChoices = (active: readonly EndpointChoice[]) =>
  active.map((each) => ({ value: each.id, label: `${each.name} · ${each.model}` }));
