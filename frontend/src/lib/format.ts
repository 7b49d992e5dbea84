import { type Locale, locale } from "./locale";

const now = (): Locale => locale.get();

export const number = (value: number, digits = 0): string =>
  value.toLocaleString(now(), { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** 0.731 → "73.1 %" (no line breaks at that space). */
export const percent = (share: number, digits = 0): string => `${number(share * 100, digits)}\u00a0%`;

export const money = (usd: number | string, digits = 2): string =>
  `$${Number(usd).toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;

const digitsOf = (usd: number): number =>
  usd === 0 || Math.abs(usd) >= 1 ? 2 : Math.min(8, 2 - Math.floor(Math.log10(Math.abs(usd))));

/** What something cost, with as many decimals as it takes to see three digits of a small amount. */
export const usd = (value: number | string): string => money(value, digitsOf(Number(value)));

const UNITS: readonly [limit: number, seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 1, "second"],
  [3_600, 60, "minute"],
  [86_400, 3_600, "hour"],
  [Number.POSITIVE_INFINITY, 86_400, "day"],
];

/** "3 minutes ago" and "in 2 days", in the language of the pages. */
export function ago(moment: string | Date, at: Date = new Date()): string {
  const seconds = (new Date(moment).getTime() - at.getTime()) / 1000;
  const row = UNITS.find(([limit]) => Math.abs(seconds) < limit);
  if (!row) return "";
  return new Intl.RelativeTimeFormat(now(), { numeric: "auto", style: "short" }).format(
    Math.round(seconds / row[1]),
    row[2],
  );
}

export const moment = (at: string | Date): string =>
  new Date(at).toLocaleString(now(), { dateStyle: "medium", timeStyle: "short" });

export const day = (at: string | Date): string =>
  new Date(at).toLocaleDateString(now(), { dateStyle: "medium" });

/** The time of day, to the minute. */
export const clock = (at: string | number | Date): string =>
  new Date(at).toLocaleTimeString(now(), { hour: "2-digit", minute: "2-digit", hour12: false });

/** A calendar day by UTC, as the books keep them: 2026-11-26 → Thu, 26 Nov. */
export const utcDay = (at: string): string =>
  new Date(at).toLocaleDateString(now(), {
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
  });

/** The name of a day's month: 2026-11-01 → November. */
export const utcMonth = (at: string): string =>
  new Date(at).toLocaleDateString(now(), { timeZone: "UTC", month: "long" });

/** 58 s · 4 min · 3 h 10 min; Chinese writes 58 秒. No line breaks inside. */
export function duration(ms: number): string {
  const zh = now() === "zh-CN";
  const [s, min, h] = zh ? ["秒", "分钟", "小时"] : ["s", "min", "h"];
  const seconds = Math.round(ms / 1000);
  if (seconds < 100) return `${seconds}\u00a0${s}`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes}\u00a0${min}`;
  return `${Math.floor(minutes / 60)}\u00a0${h}\u00a0${minutes % 60}\u00a0${min}`;
}

const BYTES = ["B", "KiB", "MiB", "GiB", "TiB"] as const;
export function bytes(count: number): string {
  const step = count > 0 ? Math.min(BYTES.length - 1, Math.floor(Math.log2(count) / 10)) : 0;
  return `${number(count / 2 ** (10 * step), step === 0 ? 0 : 1)} ${BYTES[step] ?? "B"}`;
}
