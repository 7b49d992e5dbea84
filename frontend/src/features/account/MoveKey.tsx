import { Button } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { Keycap } from "../../components/Keycap";
import type { KeyMap, PageKeys } from "../../lib/commands";
import { type Chord, chordOf } from "../../lib/keys";
import { useTexts } from "../../lib/texts";
import classes from "./keys.module.css";
import { type Answer, freeNear, type Held, isModifier, move, swap } from "./model/moving";
import { texts } from "./texts";

interface Props {
  readonly page: string;
  readonly scope: PageKeys;
  readonly own: KeyMap;
  readonly held: Held | null;
  readonly saving: boolean;
  save(map: KeyMap): void;
}

/** One key: press another for it. What would clash is refused, and nothing changes. */
export function MoveKey({ page, scope, own, held, saving, save }: Props) {
  const t = useTexts(texts);
  const [pressed, setPressed] = useState<Chord | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  if (held === null)
    return (
      <section className="panel">
        <div className="ph">
          <h2>{t.moveAKey}</h2>
        </div>
        <p className="pb t2">{t.moveHint}</p>
      </section>
    );
  const take = (chord: Chord) => {
    const said = move(own, page, scope, held, chord);
    setPressed(chord);
    setAnswer(said);
    if (said.kind === "moved") save(said.map);
  };
  const press = (event: KeyboardEvent) => {
    if (event.code === "Tab") return; // leads on, as everywhere
    event.preventDefault();
    event.stopPropagation();
    if (!isModifier(event.code)) take(chordOf(event.nativeEvent));
  };
  const keep = () => {
    setPressed(null);
    setAnswer(null);
  };
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp clip">{held.label}</h2>
        <span className="s t3">{t.now}</span>
        <Keycap chord={held.now} exact />
      </div>
      <div className="pb col gap5">
        <button
          type="button"
          className={classes.press}
          // biome-ignore lint/a11y/noAutofocus: the key was chosen to be pressed anew
          autoFocus
          aria-label={t.pressFor(held.label)}
          onKeyDown={press}
        >
          {pressed ? (
            <>
              <Keycap chord={pressed} exact /> {t.pressed}
            </>
          ) : (
            t.pressAKey
          )}
        </button>
        <div role="status" aria-live="polite">
          {answer?.kind === "taken" && (
            <div className="alert bad">
              <span>
                <b>{t.taken(answer.by.label)}</b>
                <br />
                {t.nothingChanged}
              </span>
            </div>
          )}
          {answer?.kind === "fixed" && <div className="alert bad">{t.fixed}</div>}
          {answer?.kind === "moved" && !saving && <div className="alert ok">{t.moved}</div>}
        </div>
        <div className="row wrap">
          {answer?.kind === "taken" && (
            <>
              <Button
                onClick={() => {
                  save(swap(own, page, held, answer.by));
                  keep();
                }}
              >
                {t.swap}
              </Button>
              <Button variant="subtle" color="gray" onClick={keep}>
                {t.keep}
              </Button>
            </>
          )}
          {held.now !== held.ours && (
            <Button onClick={() => take(held.ours)} rightSection={<Keycap chord={held.ours} exact />}>
              {t.back}
            </Button>
          )}
        </div>
        <div className="row wrap s">
          <b>{t.freeNear}</b>
          {freeNear(page, scope, own, held.now)
            .slice(0, 6)
            .map((code) => (
              <button key={code} type="button" className={classes.offer} onClick={() => take(code)}>
                <Keycap chord={code} exact />
                <span className="sr">{code}</span>
              </button>
            ))}
        </div>
        <p className="s t3">{t.neverTaken}</p>
      </div>
    </section>
  );
}
