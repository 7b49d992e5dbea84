import { Button } from "@mantine/core";
import { useMemo } from "react";
import { Dialog } from "../../../components/Dialog";
import { Keycap } from "../../../components/Keycap";
import { SeverityGlyph } from "../../../components/SeverityGlyph";
import { severityTexts } from "../../../components/severityTexts";
import { useCommands } from "../../../lib/commands";
import { percent } from "../../../lib/format";
import { useLocale } from "../../../lib/locale";
import { isSeverity, type Mark } from "../../../lib/severity";
import { useTexts } from "../../../lib/texts";
import type { AspectRow } from "../api/shapes";
import { type Difference, differencesOf } from "../model/answer";
import type { Answer } from "../model/desk";
import { letterOf, pieceOf } from "../model/piece";
import { texts } from "../texts";
import classes from "./Workspace.module.css";

interface Props {
  readonly answer: Answer;
  readonly aspects: readonly AspectRow[];
  /** The share of practice that opens the batch, while it is not passed. */
  readonly floor: number | null;
  readonly onClose: () => void;
  /** Open the decision to change it, where imported verdicts were shown; null where nothing is on the desk to go back to. */
  readonly onChange: (() => void) | null;
}

function Said({ word }: { word: string }) {
  const said = useTexts(severityTexts);
  const mark: Mark = isSeverity(word) ? word : "todo";
  return (
    <span className={`cell ${mark}`}>
      <SeverityGlyph mark={mark} size={11} /> {said[mark]}
    </span>
  );
}

/** What the server says about the last submit: feedback on practice, or the imported verdicts to compare with. */
export function AnswerDialog({ answer, aspects, floor, onClose, onChange }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { feedback, suggestion } = answer;
  const piece = useMemo(() => pieceOf(answer.claimed, aspects, locale), [answer.claimed, aspects, locale]);
  const found: readonly Difference[] = differencesOf(answer, piece);
  const nameOf = (key: string) => piece.aspects.find((each) => each.key === key)?.name ?? key;
  const pictureOf = (slot: string) => piece.candidates.find((each) => each.slot === slot)?.picture;
  const mayChange = suggestion !== null && found.length > 0 && onChange !== null;
  useCommands({
    name: "answer",
    title: t.answerScope,
    exclusive: true,
    commands: [
      { name: "read", label: t.goOn, keys: ["Enter", "Escape"], keyOnly: true, perform: onClose },
      {
        name: "change",
        label: t.changeMine,
        keys: ["KeyC"],
        perform: () => onChange?.(),
        enabled: mayChange,
      },
    ],
  });
  const checked = feedback?.cells.length ?? 0;
  const title = feedback ? t.practiceTitle(checked - found.length, checked) : t.importedTitle(found.length);
  return (
    <Dialog onClose={onClose} title={title} size="lg">
      <div className="col gap6">
        <span className="mono t3 s">{piece.sample}</span>
        {found.length === 0 ? (
          <p>{feedback ? t.practiceRight : t.importedSame}</p>
        ) : (
          <ul className={classes.differences}>
            {found.map((cell) => (
              <li key={`${cell.slot} ${cell.aspect}`}>
                {pictureOf(cell.slot) && (
                  <img src={`${pictureOf(cell.slot)?.url}?fit=320`} alt="" loading="lazy" />
                )}
                <span className="col sp">
                  <b>
                    {letterOf(piece, cell.slot)} · {nameOf(cell.aspect)}
                  </b>
                  <span className="row wrap">
                    <span className="nw">
                      <span className="t2">{t.youSaid}</span> <Said word={cell.said} />
                    </span>
                    <span className="nw">
                      <span className="t2">{feedback ? t.known : t.imported}</span>{" "}
                      <Said word={cell.expected} />
                    </span>
                  </span>
                </span>
              </li>
            ))}
          </ul>
        )}
        {feedback?.note && <p>{feedback.note}</p>}
        <div className="row">
          <span className="sp t2 s">
            {!feedback ? t.importedWhy : floor === null ? t.practiceWhy : t.practiceFloorHint(percent(floor))}
          </span>
          {mayChange && (
            <Button onClick={() => onChange?.()} rightSection={<Keycap chord="KeyC" />}>
              {t.changeMine}
            </Button>
          )}
          <Button variant="filled" onClick={onClose} rightSection={<Keycap chord="Enter" />}>
            {mayChange ? t.keepMine : t.goOn}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
