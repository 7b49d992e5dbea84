import { useState } from "react";
import type { Shape } from "../../../canvas/shapes";
import { SeverityGlyph } from "../../../components/SeverityGlyph";
import { severityTexts } from "../../../components/severityTexts";
import { useViewport } from "../../../components/useViewport";
import type { Mark } from "../../../lib/severity";
import { useTexts } from "../../../lib/texts";
import type { RationaleTask } from "../api/rationale";
import { viewCommands } from "../model/commands";
import type { Piece } from "../model/piece";
import { severityIn } from "../model/rationale";
import { Guide } from "./Guide";
import { CandidateGrid, Original } from "./Pictures";
import work from "./Workspace.module.css";

export const markOf = (task: RationaleTask, slot: string): Mark =>
  severityIn(task, slot) ?? (task.answer?.includes(slot) ? "major" : "todo");

/** Which candidate is looked at, and how; with the keys for it. */
export function useLooking(piece: Piece, first: string) {
  const view = useViewport();
  const [slot, setSlot] = useState(first);
  const [blink, setBlink] = useState(false);
  const [lens, setLens] = useState(false);
  const toggleLens = () => setLens((on) => !on);
  const candidate = piece.candidates.find((each) => each.slot === slot);
  const commands = viewCommands(piece, {
    focusCandidate: (index) => setSlot(piece.candidates[index]?.slot ?? slot),
    blink: setBlink,
    toggleLens,
    zoom: (factor) => candidate && view.zoom(factor, { slot, picture: candidate.picture }),
    fit: view.fit,
  });
  return { view, slot, setSlot, blink, lens, toggleLens, commands };
}

interface Props {
  readonly piece: Piece;
  readonly task: RationaleTask;
  readonly looking: ReturnType<typeof useLooking>;
  readonly guideline: number;
}

/** The original and its candidates with what people said of them, beside a rationale that is written or read. */
export function RationalePictures({ piece, task, looking, guideline }: Props) {
  const said = useTexts(severityTexts);
  const { view, lens, toggleLens } = looking;
  const aspect = piece.aspects[0];
  const shapeOf = (where: string, box: readonly number[]): Shape | null => {
    const picture = piece.candidates.find((each) => each.slot === where)?.picture;
    const [x = 0, y = 0, width = 0, height = 0] = box;
    if (!picture) return null;
    return {
      kind: "box",
      box: {
        x: x * picture.width,
        y: y * picture.height,
        width: width * picture.width,
        height: height * picture.height,
      },
    };
  };
  return (
    <>
      <div className={work.left}>
        <Original piece={piece} view={view} lens={lens} onLens={toggleLens} />
        <Guide aspect={aspect} version={guideline} />
      </div>
      <CandidateGrid
        piece={piece}
        view={view}
        focused={looking.slot}
        blink={looking.blink}
        lens={lens}
        regionsOf={(where) =>
          task.regions
            .filter((each) => each.slot === where)
            .flatMap((each) => {
              const shape = shapeOf(where, each.box);
              return shape ? [{ id: each.id, tag: each.id, mark: markOf(task, where), shape }] : [];
            })
        }
        act={{ onFocus: looking.setSlot }}
        strip={({ slot: where }) => (
          <span className={work.cellWrap}>
            <span className={`cell ${markOf(task, where)}`}>
              <SeverityGlyph mark={markOf(task, where)} size={11} />
              <span className={work.label}>
                {aspect?.name ?? task.question.aspect}: {said[markOf(task, where)]}
              </span>
            </span>
          </span>
        )}
      />
    </>
  );
}
