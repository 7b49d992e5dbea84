import { createStore, useStore } from "./store";

export type Locale = "en" | "zh-CN";
export const LOCALES: readonly { code: Locale; label: string }[] = [
  { code: "en", label: "English" },
  { code: "zh-CN", label: "中文" },
];
const KEY = "loupe-locale";

const isLocale = (code: string | null): code is Locale => LOCALES.some((each) => each.code === code);

function first(): Locale {
  const kept = localStorage.getItem(KEY);
  if (isLocale(kept)) return kept;
  return navigator.language.startsWith("zh") ? "zh-CN" : "en";
}

/** The language of the pages, kept in this browser; the person's profile holds it for other browsers. */
export const locale = createStore<Locale>(first());

export function setLocale(code: string): void {
  if (!isLocale(code)) throw new Error(`The pages do not speak ${code}.`);
  localStorage.setItem(KEY, code);
  document.documentElement.lang = code;
  locale.set(code);
}

/** The profile's language, unless this browser has a choice of its own. */
export function adoptLocale(code: string): void {
  if (isLocale(code) && localStorage.getItem(KEY) === null) {
    document.documentElement.lang = code;
    locale.set(code);
  }
}

export const useLocale = (): Locale => useStore(locale);

/** A name given as data (an aspect's, say) in this language, else in English, else its key. */
export const nameIn = (
  names: Readonly<Record<string, string>> | undefined,
  code: Locale,
  key: string,
): string => names?.[code === "zh-CN" ? "zh" : "en"] ?? names?.en ?? key;
