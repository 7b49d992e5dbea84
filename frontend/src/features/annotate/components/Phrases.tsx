import { ActionIcon, Button } from "@mantine/core";
import { IconPencil, IconX } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useSavePhrases } from "../../../api/session";
import { ErrorPanel } from "../../../components/ErrorPanel";
import { Keycap } from "../../../components/Keycap";
import { useTexts } from "../../../lib/texts";
import { MOST_PHRASES, phraseKey } from "../model/commands";
import { FROM_ELSEWHERE } from "../model/trace";
import { texts } from "../texts";
import classes from "./RationaleDesk.module.css";

const MOST_CHARACTERS = 120; // the server's limit of one phrase

interface Props {
  readonly phrases: readonly string[];
  /** Whether a sentence is there to take one. */
  readonly ready: boolean;
  onInsert(phrase: string): unknown;
  onChange(): void;
}

/** A person's own phrases, each on its key. */
export function Phrases({ phrases, ready, onInsert, onChange }: Props) {
  const t = useTexts(texts);
  const kept = phrases.flatMap((phrase, place) => (phrase === "" ? [] : [{ phrase, place }]));
  return (
    <div className={classes.own}>
      <span>{t.yourPhrases}</span>
      {kept.map(({ phrase, place }) => (
        <button
          key={place}
          type="button"
          className={classes.chip}
          disabled={!ready}
          title={phrase}
          onClick={() => onInsert(phrase)}
        >
          <Keycap chord={phraseKey(place)} />
          <span className={classes.phrase}>{phrase}</span>
        </button>
      ))}
      {kept.length === 0 ? (
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onChange}>
          {t.addPhrases}
        </Button>
      ) : (
        <ActionIcon size={22} aria-label={t.changePhrases} onClick={onChange}>
          <IconPencil size={14} />
        </ActionIcon>
      )}
    </div>
  );
}

/** Adding, changing and removing them. They are typed here and nowhere else, so that no model's text becomes one. */
export function PhrasesForm({ phrases, close }: { phrases: readonly string[]; close: () => void }) {
  const t = useTexts(texts);
  const saving = useSavePhrases();
  const [own, setOwn] = useState(() => Array.from({ length: MOST_PHRASES }, (_, at) => phrases[at] ?? ""));
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const fields = form.current;
    if (!fields) return;
    fields.querySelector("input")?.focus();
    const refuse = (event: InputEvent) => FROM_ELSEWHERE.has(event.inputType) && event.preventDefault();
    fields.addEventListener("beforeinput", refuse);
    return () => fields.removeEventListener("beforeinput", refuse);
  }, []);
  const put = (place: number, phrase: string) =>
    setOwn(own.map((each, at) => (at === place ? phrase : each)));
  const save = () => saving.mutate(own, { onSuccess: close });
  // The desk's own keys mean the rationale: here they close the phrases, whatever is held with them.
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || !(event.target instanceof HTMLInputElement)) return;
    if (event.code !== "Enter" && event.code !== "Escape") return;
    event.preventDefault();
    if (event.code === "Enter") save();
    else close();
  };
  return (
    <form
      ref={form}
      className={classes.phrases}
      aria-label={t.yourPhrases}
      onKeyDown={press}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <p className="t3">{t.phrasesWhy}</p>
      <div className={classes.places}>
        {own.map((phrase, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a phrase is known by
          <div key={place} className={classes.place}>
            <Keycap chord={phraseKey(place)} scope="rationale" />
            <input
              className={classes.typed}
              value={phrase}
              maxLength={MOST_CHARACTERS}
              autoComplete="off"
              aria-label={t.phraseNumber(place + 1)}
              onChange={(event) => put(place, event.target.value)}
            />
            <ActionIcon
              size={22}
              aria-label={t.removePhrase(place + 1)}
              disabled={phrase === ""}
              onClick={() => put(place, "")}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
        ))}
      </div>
      {saving.error && <ErrorPanel error={saving.error} />}
      <div className={classes.place}>
        <span className="sp" />
        <Button size="compact-sm" onClick={close} rightSection={<Keycap chord="Escape" exact />}>
          {t.cancelPhrases}
        </Button>
        <Button
          size="compact-sm"
          type="submit"
          variant="filled"
          loading={saving.isPending}
          rightSection={<Keycap chord="Enter" exact />}
        >
          {t.savePhrases}
        </Button>
      </div>
    </form>
  );
}
