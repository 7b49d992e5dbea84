import { memo, type ReactNode } from "react";
import type { Chord } from "../lib/keys";
import type { Mark } from "../lib/severity";
import { useStable } from "../lib/stable";
import { defineTexts, useTexts } from "../lib/texts";
import { Keycap } from "./Keycap";
import classes from "./Matrix.module.css";
import { SeverityGlyph } from "./SeverityGlyph";
import { severityTexts } from "./severityTexts";

const texts = defineTexts({ answer: "Answer", open: "open" }, { answer: "答案", open: "未完成" });

export interface MatrixAspect {
  readonly key: string;
  readonly name: string;
  readonly chord?: Chord;
}
export interface Focus {
  readonly aspect: string | null;
  readonly letter: string | null;
}
interface Props {
  readonly aspects: readonly MatrixAspect[];
  readonly letters: readonly string[];
  readonly markOf: (aspect: string, letter: string) => Mark;
  /** Letters that have the defect, or null while a cell of the aspect is open. Leave out for no answer column. */
  readonly answerOf?: (aspect: string) => readonly string[] | null;
  readonly focus?: Focus;
  /** A pressed cell; without it the matrix is for reading. */
  readonly onCell?: (aspect: string, letter: string) => void;
  readonly foot?: ReactNode;
}

interface CellProps {
  readonly mark: Mark;
  readonly aspect: string;
  readonly name: string;
  readonly letter: string;
  readonly onPress: Props["onCell"];
}

/** Of sixteen cells a key changes one, and only that one is rendered. */
const Cell = memo(function Cell({ mark, aspect, name, letter, onPress }: CellProps) {
  const t = useTexts(severityTexts);
  const inside = (
    <>
      <SeverityGlyph mark={mark} size={11} />
      {mark === "todo" ? null : t[mark]}
    </>
  );
  if (!onPress) return <span className={`cell ${mark}`}>{inside}</span>;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`cell ${mark}`}
      aria-label={`${letter} ${name}: ${t[mark]}`}
      onClick={() => onPress(aspect, letter)}
    >
      {inside}
    </button>
  );
});

function Answer({ letters }: { letters: readonly string[] | null }) {
  if (letters === null) return <span className="t3">…</span>;
  if (letters.length === 0) return <span className="t3">–</span>;
  return letters.map((letter) => (
    <span key={letter} className="slot">
      {letter}
    </span>
  ));
}

/** Candidate × aspect, the mark of the house: columns are letters, rows are aspects. */
export function Matrix({ aspects, letters, markOf, answerOf, focus, onCell, foot }: Props) {
  const t = useTexts(texts);
  const pressed = useStable((aspect: string, letter: string) => onCell?.(aspect, letter));
  return (
    <>
      <table className={classes.matrix}>
        <colgroup>
          <col style={{ width: letters.length > 4 ? "26%" : "30%" }} />
          {letters.map((letter) => (
            <col key={letter} />
          ))}
          {answerOf && <col style={{ width: "13.5%" }} />}
        </colgroup>
        <thead>
          <tr>
            <td />
            {letters.map((letter) => (
              <th key={letter} data-on={focus?.letter === letter || undefined}>
                {letter}
              </th>
            ))}
            {answerOf && <th className={classes.answer}>{t.answer}</th>}
          </tr>
        </thead>
        <tbody>
          {aspects.map((aspect) => (
            <tr key={aspect.key}>
              <th scope="row" data-on={focus?.aspect === aspect.key || undefined}>
                <span className={classes.aspect}>
                  {aspect.chord && <Keycap chord={aspect.chord} />}
                  <span>{aspect.name}</span>
                </span>
              </th>
              {letters.map((letter) => (
                <td
                  key={letter}
                  className={focus?.aspect === aspect.key && focus.letter === letter ? classes.on : undefined}
                >
                  <Cell
                    mark={markOf(aspect.key, letter)}
                    aspect={aspect.key}
                    name={aspect.name}
                    letter={letter}
                    onPress={onCell && pressed}
                  />
                </td>
              ))}
              {answerOf && (
                <td className={classes.answer}>
                  <Answer letters={answerOf(aspect.key)} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {foot}
    </>
  );
}
