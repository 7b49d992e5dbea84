import { useChordNow } from "../lib/commands";
import { type Chord, capsOf } from "../lib/keys";
import classes from "./Keycap.module.css";

/**
 * A key as it is printed, moved where the person moved it. One that is shown is one that works now. `exact`: this very
 * chord, whoever moved it.
 */
export function Keycap(props: { chord: Chord; onPicture?: boolean; scope?: string; exact?: boolean }) {
  const { onPicture = false, exact = false } = props;
  const now = useChordNow(props.chord, props.scope);
  const chord = exact ? props.chord : now;
  return (
    <span className={classes.chord} data-on-picture={onPicture || undefined} aria-hidden="true">
      {capsOf(chord).map((cap) => (
        <kbd key={cap} className={classes.cap}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
