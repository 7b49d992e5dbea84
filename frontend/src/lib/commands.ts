import { useEffect, useRef } from "react";
import { type Chord, characterOf, chordOf, isPressable, isTyping } from "./keys";
import { createStore, useStore } from "./store";

/** One thing a person can do here. Menus, shortcuts and the key sheet all read lists of these. */
export interface Command {
  readonly name: string;
  readonly label: string;
  readonly keys: readonly Chord[];
  /** Return false where there was nothing to do, so that the key keeps its meaning in the browser. */
  perform(): unknown;
  /** For keys that are held: called when the key comes up. */
  release?(): void;
  readonly enabled?: boolean;
  /** Kept out of the finder (a key that only makes sense at the pointer, digits of a list). */
  readonly keyOnly?: boolean;
  /** Also while a text field has focus (chords with Alt, Ctrl+Enter and Escape always do). */
  readonly whileTyping?: boolean;
}

/** Commands of one place. A page's scope lies over the shell's, a dialog's over the page's. */
export interface Scope {
  readonly name: string;
  readonly title: string;
  readonly commands: readonly Command[];
  /** Nothing below hears any key (a dialog). */
  readonly exclusive?: boolean;
}

export function assertOneMeaningAKey(scope: Scope): void {
  const taken = new Map<Chord, string>();
  const names = new Set<string>();
  for (const command of scope.commands) {
    if (names.has(command.name)) throw new Error(`${scope.name}: two commands are named ${command.name}`);
    names.add(command.name);
    for (const key of command.keys) {
      const other = taken.get(key);
      if (other) throw new Error(`${scope.name}: ${key} means both ${other} and ${command.name}`);
      taken.set(key, command.name);
    }
  }
}

/** Page → Loupe's chord → the person's own. What is not in it is as Loupe chose. */
export type KeyMap = Readonly<Record<string, Readonly<Record<Chord, Chord>>>>;
export const ownKeys = createStore<KeyMap>({});

/** The chord that does now what `chord` does by Loupe's choice. */
export const chordNow = (scope: string, chord: Chord, map: KeyMap = ownKeys.get()): Chord =>
  map[scope]?.[chord] ?? chord;

/** A page's keys without what they do, as the page on which keys are moved lists them. */
export interface PageKeys {
  readonly title: string;
  readonly commands: readonly Pick<Command, "name" | "label" | "keys">[];
}
type KeymapRow = readonly [name: string, label: string, ...keys: Chord[]];
export const keymapOf = (title: string, rows: readonly KeymapRow[]): PageKeys => ({
  title,
  commands: rows.map(([name, label, ...keys]) => ({ name, label, keys })),
});

interface Entry {
  read(): Scope;
}
const stack = createStore<readonly Entry[]>([]);
const held = new Map<string, Command>();

/** Those of dialogs last, each kind as it came: a page may come about behind a dialog that is open already. */
function inOrder(entries: readonly Entry[]): Scope[] {
  const scopes = entries.map((entry) => entry.read());
  return [...scopes.filter((each) => !each.exclusive), ...scopes.filter((each) => each.exclusive)];
}

export const activeScopes = (): Scope[] => inOrder(stack.get());

/** Makes a scope's commands live while the component is mounted. A dialog's hear first, then the newest page's. */
export function useCommands(scope: Scope, active = true): void {
  const latest = useRef(scope);
  latest.current = scope;
  useEffect(() => {
    if (!active) return;
    assertOneMeaningAKey(latest.current);
    const entry: Entry = { read: () => latest.current };
    stack.set((now) => [...now, entry]);
    return () => stack.set((now) => now.filter((each) => each !== entry));
  }, [active]);
}

/** What a cap shows: the person's own chord, where the topmost page that has this key moved it. */
export function useChordNow(chord: Chord, scope?: string): Chord {
  const map = useStore(ownKeys);
  const entries = useStore(stack);
  if (scope !== undefined) return chordNow(scope, chord, map);
  const owner = inOrder(entries)
    .toReversed()
    .find((each) => each.commands.some((command) => command.keys.includes(chord)));
  return owner ? chordNow(owner.name, chord, map) : chord;
}

export function useActiveScopes(): Scope[] {
  return inOrder(useStore(stack));
}

function mayRun(command: Command, event: KeyboardEvent): boolean {
  if (command.enabled === false) return false;
  if (isTyping(event.target)) {
    const sends = event.code === "Enter" && (event.ctrlKey || event.metaKey);
    return event.altKey || sends || event.code === "Escape" || command.whileTyping === true;
  }
  return !((event.code === "Enter" || event.code === "Space") && !event.repeat && isPressable(event.target));
}

function find(event: KeyboardEvent): Command | undefined {
  const chords = [chordOf(event), characterOf(event)];
  for (const scope of activeScopes().reverse()) {
    const found = scope.commands.find((each) =>
      each.keys.some((key) => chords.includes(chordNow(scope.name, key))),
    );
    if (found) return mayRun(found, event) ? found : undefined;
    if (scope.exclusive) return undefined;
  }
  return undefined;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const command = find(event);
  if (!command) return;
  if (event.repeat && command.release) {
    event.preventDefault();
    return;
  }
  if (command.perform() === false) return;
  event.preventDefault();
  if (command.release) held.set(event.code, command);
}

function letGo(code?: string): void {
  for (const [key, command] of [...held]) {
    if (code !== undefined && key !== code) continue;
    held.delete(key);
    command.release?.();
  }
}

/** The one listener of the page. */
export function listenForCommands(target: Window = window): () => void {
  const up = (event: KeyboardEvent) => letGo(event.code);
  const away = () => letGo();
  target.addEventListener("keydown", onKeyDown);
  target.addEventListener("keyup", up);
  target.addEventListener("blur", away);
  return () => {
    target.removeEventListener("keydown", onKeyDown);
    target.removeEventListener("keyup", up);
    target.removeEventListener("blur", away);
  };
}
