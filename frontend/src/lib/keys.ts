/**
 * A chord names a physical key ("KeyQ", "Shift+KeyQ", "Alt+Digit1") so that the place counts and not the letter,
 * or a printed character ("/", "?") where the character is the point.
 */
export type Chord = string;

const SHORT: Readonly<Record<string, string>> = {
  Backspace: "⌫",
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Shift: "⇧",
  Control: "Ctrl",
  Tab: "⇥",
  ShiftLeft: "⇧",
  ShiftRight: "⇧",
  CapsLock: "⇪",
  Backquote: "`",
  Minus: "-",
  Equal: "=",
  BracketLeft: "[",
  BracketRight: "]",
  Backslash: "\\",
  Semicolon: ";",
  Quote: "'",
  Comma: ",",
  Period: ".",
  Slash: "/",
};

export function chordOf(event: KeyboardEvent): Chord {
  const held = [
    event.ctrlKey || event.metaKey ? "Ctrl" : "",
    event.altKey ? "Alt" : "",
    event.shiftKey ? "Shift" : "",
  ];
  return [...held, event.code].filter(Boolean).join("+");
}

/** The printed character, for the few chords that are characters. */
export const characterOf = (event: KeyboardEvent): Chord | null =>
  event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 ? null : event.key;

/** What stands on the caps of a chord: "Shift+KeyQ" → ["⇧", "Q"]. */
export function capsOf(chord: Chord): string[] {
  return chord.split(/\+(?=.)/).map((part) => SHORT[part] ?? part.replace(/^(Key|Digit|Numpad)/, ""));
}

/** Whether typing goes into a field, so that plain letters are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return (
    target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type)
  );
}

/** Whether the browser itself answers Enter and Space here. */
export const isPressable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest("button, a[href], summary, [role=menuitem], [role=tab]") !== null;
