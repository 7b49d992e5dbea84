import { type Chord, capsOf } from "../lib/keys";
import classes from "./Keycap.module.css";

/** A key as it is printed. One that is shown is one that works now. */
export function Keycap({ chord, onPicture = false }: { chord: Chord; onPicture?: boolean }) {
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
