import { chordNow, type KeyMap, type PageKeys } from "../../../lib/commands";
import type { Chord } from "../../../lib/keys";

/** A key of one page: which command it serves and Loupe's own chord for it. */
export interface Held {
  readonly command: string;
  readonly label: string;
  readonly ours: Chord;
  readonly now: Chord;
}

/** Leaving, sending and moving are the same everywhere, and keys that are characters are where they are printed. */
const FIXED =
  /(^|\+)(Escape|Enter|Tab|Arrow(Up|Down|Left|Right)|CapsLock|Insert|ContextMenu)$|^Ctrl\+|^Alt\+(Home|F4|KeyD)$|^F\d+$/;
export const isFixed = (chord: Chord): boolean => FIXED.test(chord) || !/[A-Z]/.test(chord);

/** Only modifiers so far: the key itself is still to come. */
export const isModifier = (code: string): boolean => /^(Shift|Control|Alt|Meta|OS)(Left|Right)?$/.test(code);

export const keysOf = (page: string, scope: PageKeys, map: KeyMap): Held[] =>
  scope.commands.flatMap(({ name, label, keys }) =>
    keys.map((ours) => ({ command: name, label, ours, now: chordNow(page, ours, map) })),
  );

export type Answer =
  | { readonly kind: "moved"; readonly map: KeyMap }
  | { readonly kind: "fixed" }
  | { readonly kind: "taken"; readonly by: Held };

const withKeys = (map: KeyMap, page: string, moved: Readonly<Record<Chord, Chord>>): KeyMap => {
  const own = Object.entries({ ...map[page], ...moved }).filter(([ours, now]) => ours !== now);
  const { [page]: _, ...others } = map;
  return own.length > 0 ? { ...others, [page]: Object.fromEntries(own) } : others;
};

/** What pressing `chord` for the key `held` comes to. One key, one meaning on a page. */
export function move(map: KeyMap, page: string, scope: PageKeys, held: Held, chord: Chord): Answer {
  if (isFixed(chord) || isFixed(held.ours)) return { kind: "fixed" };
  const by = keysOf(page, scope, map).find((each) => each.now === chord && each.ours !== held.ours);
  if (by) return { kind: "taken", by };
  return { kind: "moved", map: withKeys(map, page, { [held.ours]: chord }) };
}

export const swap = (map: KeyMap, page: string, one: Held, other: Held): KeyMap =>
  withKeys(map, page, { [one.ours]: other.now, [other.ours]: one.now });

/** Loupe's own again: one page, or every page. */
export function reset(map: KeyMap, page?: string): KeyMap {
  if (page === undefined) return {};
  const { [page]: _, ...others } = map;
  return others;
}

/** The keyboard as it lies: code, and its width in keys. */
export const ROWS: readonly (readonly (readonly [code: string, width: number])[])[] = [
  [
    ["Backquote", 1],
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map((digit) => [`Digit${digit}`, 1] as const),
    ["Minus", 1],
    ["Equal", 1],
    ["Backspace", 2],
  ],
  [
    ["Tab", 1.5],
    ...[..."QWERTYUIOP"].map((letter) => [`Key${letter}`, 1] as const),
    ["BracketLeft", 1],
    ["BracketRight", 1],
    ["Backslash", 1.5],
  ],
  [
    ["CapsLock", 1.75],
    ...[..."ASDFGHJKL"].map((letter) => [`Key${letter}`, 1] as const),
    ["Semicolon", 1],
    ["Quote", 1],
    ["Enter", 2.25],
  ],
  [
    ["ShiftLeft", 2.25],
    ...[..."ZXCVBNM"].map((letter) => [`Key${letter}`, 1] as const),
    ["Comma", 1],
    ["Period", 1],
    ["Slash", 1],
    ["ShiftRight", 2.75],
  ],
  [["Space", 15]],
];

/** Where a key's middle lies, in keys from the top left. */
function placeOf(code: string): readonly [x: number, y: number] | null {
  for (const [y, row] of ROWS.entries()) {
    let x = 0;
    for (const [each, width] of row) {
      if (each === code) return [x + width / 2, y];
      x += width;
    }
  }
  return null;
}

/** Unused letters and digits of a page, the nearest to `near` first. */
export function freeNear(page: string, scope: PageKeys, map: KeyMap, near: Chord): Chord[] {
  const used = new Set(keysOf(page, scope, map).map((each) => each.now));
  const from = placeOf(near.split("+").at(-1) ?? "") ?? [7, 2];
  return ROWS.flat()
    .map(([code]) => code)
    .filter((code) => /^(Key|Digit)/.test(code) && !used.has(code))
    .map((code) => {
      const [x, y] = placeOf(code) ?? from;
      return { code, far: Math.hypot(x - from[0], y - from[1]) };
    })
    .toSorted((a, b) => a.far - b.far)
    .map(({ code }) => code);
}
