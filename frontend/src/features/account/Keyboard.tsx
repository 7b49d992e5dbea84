import { capsOf } from "../../lib/keys";
import { useTexts } from "../../lib/texts";
import classes from "./keys.module.css";
import { type Held, isFixed, ROWS } from "./model/moving";
import { texts } from "./texts";

interface Props {
  readonly keys: readonly Held[];
  readonly layout: Readonly<Record<string, string>>;
  readonly chosen: Held | null;
  choose(held: Held): void;
}

/** The keyboard with what each key does on one page; what Shift and Alt do stands in the list below. */
export function Keyboard({ keys, layout, chosen, choose }: Props) {
  const t = useTexts(texts);
  const byChord = new Map(keys.map((each) => [each.now, each]));
  return (
    <div className={classes.keyboard}>
      {ROWS.map((row) => (
        <div key={row[0]?.[0]} className={classes.keys}>
          {row.map(([code, width]) => {
            const held = byChord.get(code);
            const locked = isFixed(code) || code.startsWith("Shift") || (held && isFixed(held.ours));
            const state =
              held && held === chosen
                ? "chosen"
                : held && held.now !== held.ours
                  ? "own"
                  : held
                    ? "used"
                    : locked
                      ? "locked"
                      : "free";
            return (
              <button
                key={code}
                type="button"
                className={classes.key}
                style={{ flexGrow: width }}
                data-state={state}
                disabled={!held || locked}
                title={held?.label}
                onClick={() => held && choose(held)}
              >
                <b>{(layout[code] ?? capsOf(code).join(" ")).toUpperCase().slice(0, 9)}</b>
                <span>{held ? held.label : locked ? "" : t.free}</span>
              </button>
            );
          })}
        </div>
      ))}
    </div>
  );
}
