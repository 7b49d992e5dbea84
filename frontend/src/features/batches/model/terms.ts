import type { components } from "../../../api/generated/schema";
import { useTexts } from "../../../lib/texts";
import { texts } from "../texts";

export type Terms = components["schemas"]["Terms"];

/** The terms as a form holds them: shares in per cent, empty where there is none. */
export interface TermValues {
  assist: NonNullable<Terms["assist"]>;
  shuffled: boolean;
  extraShare: number | "";
  agreement: number | "";
  cap: number | "";
  dayCap: number | "";
  /** As `datetime-local` gives it: local time without a zone. */
  due: string;
  afterDue: NonNullable<Terms["after_due"]>;
  training: number | "";
  trainingFloor: number | "";
  gold: number | "";
  floor: number | "";
  window: number | "";
  /** US dollars. */
  budget: number | "";
}

export const USUAL: TermValues = {
  assist: "blind",
  shuffled: true,
  extraShare: "",
  agreement: "",
  cap: "",
  dayCap: "",
  due: "",
  afterDue: "go_on",
  training: "",
  trainingFloor: "",
  gold: "",
  floor: "",
  window: 10,
  budget: "",
};

const share = (percent: number | ""): number => (percent === "" ? 0 : percent / 100);
const shareOrNone = (percent: number | ""): number | null => (percent ? percent / 100 : null);
const orNone = (value: number | ""): number | null => (value === "" ? null : value);
const percentOf = (of: number | null | undefined): number | "" => (of ? Math.round(of * 1000) / 10 : "");

/** What may change while a batch runs. */
export const changeableOf = (values: TermValues) => ({
  agreement_floor: shareOrNone(values.agreement),
  person_cap: orNone(values.cap),
  day_cap: orNone(values.dayCap),
  due_at: values.due === "" ? null : new Date(values.due).toISOString(),
  after_due: values.afterDue,
  training_count: values.training || 0,
  training_floor: values.training ? shareOrNone(values.trainingFloor) : null,
  gold_share: share(values.gold),
  gold_window: values.window || 10,
  gold_floor: values.gold ? shareOrNone(values.floor) : null,
  budget_usd: values.budget ? values.budget.toFixed(2) : null,
});

export const termsOf = (values: TermValues): Terms => ({
  ...changeableOf(values),
  assist: values.assist,
  shuffled: values.shuffled,
  extra_share: share(values.extraShare),
  extra_wanted: values.extraShare ? 1 : 0,
});

/** A stored moment as `datetime-local` wants it. */
export function localMoment(at: string | null | undefined): string {
  if (!at) return "";
  const moment = new Date(at);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export const valuesOf = (terms: Terms): TermValues => ({
  assist: terms.assist ?? "blind",
  shuffled: terms.shuffled ?? true,
  extraShare: percentOf(terms.extra_share),
  agreement: percentOf(terms.agreement_floor),
  cap: terms.person_cap ?? "",
  dayCap: terms.day_cap ?? "",
  due: localMoment(terms.due_at),
  afterDue: terms.after_due ?? "go_on",
  training: terms.training_count || "",
  trainingFloor: percentOf(terms.training_floor),
  gold: percentOf(terms.gold_share),
  floor: percentOf(terms.gold_floor),
  window: terms.gold_window ?? 10,
  budget: terms.budget_usd ? Number(terms.budget_usd) : "",
});

/** One in so many turns is gold. */
export const goldEvery = (percent: number | ""): number | null =>
  percent ? Math.max(2, Math.round(100 / percent)) : null;

export function useTermTexts() {
  const t = useTexts(texts);
  return {
    every(percent: number | "", stock: number): string {
      const every = goldEvery(percent);
      return every === null ? t.goldNone(stock) : t.goldEvery(every, stock);
    },
  };
}
