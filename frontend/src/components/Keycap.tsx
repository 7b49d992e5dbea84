import { useChordNow } from "../lib/commands";
import { type Chord, capsOf } from "../lib/keys";
import classes from "./Keycap.module.css";

/** A key as it is printed, moved where the person moved it. One that is shown is one that works now. */
export function Keycap(props: { chord: Chord; onPicture?: boolean; scope?: string }) {
  const { onPicture = false } = props;
  const chord = useChordNow(props.chord, props.scope);
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
