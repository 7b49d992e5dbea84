import { useChordNow } from "../lib/commands";
import { type Chord, capsOf } from "../lib/keys";
import classes from "./Keycap.module.css";

interface Props {
  readonly chord: Chord;
  readonly onPicture?: boolean;
  readonly scope?: string;
  /** This very chord, whoever moved it. */
  readonly exact?: boolean;
  /** The first chord of a row of keys, whose modifiers `Modifiers` prints once before all of them. */
  readonly inRowOf?: Chord;
}

/** A key as it is printed, moved where the person moved it. One that is shown is one that works now. */
export function Keycap(props: Props) {
  const now = useChordNow(props.chord, props.scope);
  const row = useChordNow(props.inRowOf ?? props.chord, props.scope);
  const caps = capsOf(props.exact ? props.chord : now);
  const told = props.inRowOf !== undefined && modifiersOf(row).join() === caps.slice(0, -1).join();
  return <Caps caps={told ? caps.slice(-1) : caps} onPicture={props.onPicture} />;
}

/** What is held for every key of a row; a key that was moved off it shows its own. */
export function Modifiers({ of }: { of: Chord }) {
  return <Caps caps={modifiersOf(useChordNow(of))} />;
}

const modifiersOf = (chord: Chord): string[] => capsOf(chord).slice(0, -1);

function Caps({ caps, onPicture = false }: { caps: readonly string[]; onPicture?: boolean }) {
  return (
    <span className={classes.chord} data-on-picture={onPicture || undefined} aria-hidden="true">
      {caps.map((cap) => (
        <kbd key={cap} className={classes.cap}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
