/** What a browser calls itself, in two words. Guessed for people's eyes only: nothing depends on it. */
const BROWSERS: readonly [pattern: RegExp, name: string][] = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\b(?:OPR|Opera)\//, "Opera"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bHeadlessChrome\/|\bChrome\/|\bCriOS\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const SYSTEMS: readonly [pattern: RegExp, name: string][] = [
  [/\bAndroid\b/, "Android"],
  [/\b(?:iPhone|iPad)\b/, "iOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

const first = (rows: readonly [RegExp, string][], said: string): string | null =>
  rows.find(([pattern]) => pattern.test(said))?.[1] ?? null;

/** "Firefox · Linux"; the first word of what is not known (a script), and null where nothing was said. */
export function browserName(userAgent: string): string | null {
  const known = [first(BROWSERS, userAgent), first(SYSTEMS, userAgent)].filter((each) => each !== null);
  return known.length > 0 ? known.join(" · ") : userAgent.split(/[\s/]/)[0] || null;
}
