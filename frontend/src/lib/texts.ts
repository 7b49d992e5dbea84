import { type Locale, locale, useLocale } from "./locale";

/**
 * Words of one part of the pages, beside the part: strings, and functions where a word depends on a number.
 * The compiler refuses a translation that lacks a key or takes other arguments.
 */
// biome-ignore lint/suspicious/noExplicitAny: a text may take any arguments; the inferred type keeps them
type Said = (...args: any[]) => string;
export type Words = { readonly [key: string]: string | Said | Words };
type Same<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : T[K] extends Said ? T[K] : Same<T[K]>;
};
export type Texts<T extends Words> = Readonly<Record<Locale, Same<T>>>;

export function defineTexts<const T extends Words>(en: T, zh: Same<T>): Texts<T> {
  return { en: en as Same<T>, "zh-CN": zh };
}

export function useTexts<T extends Words>(texts: Texts<T>): Same<T> {
  return texts[useLocale()];
}

/** Outside React, at the moment of the call. */
export function textsNow<T extends Words>(texts: Texts<T>): Same<T> {
  return texts[locale.get()];
}

/** English plural: `plural(3, "sample")` → "3 samples". */
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
