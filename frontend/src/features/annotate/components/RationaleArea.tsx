import type { ReactNode } from "react";
import type { Shape } from "../../../canvas/shapes";
import { SeverityGlyph } from "../../../components/SeverityGlyph";
import { severityTexts } from "../../../components/severityTexts";
import type { Mark } from "../../../lib/severity";
import { useTexts } from "../../../lib/texts";
import type { RationaleTask } from "../api/rationale";
import type { Piece } from "../model/piece";
import { severityIn } from "../model/rationale";
import type { Looking } from "../model/useLooking";
import { WorkArea } from "./WorkArea";
import work from "./Workspace.module.css";

export const markOf = (task: RationaleTask, slot: string): Mark =>
  severityIn(task, slot) ?? (task.answer?.includes(slot) ? "major" : "todo");

interface Props {
  readonly piece: Piece;
  readonly task: RationaleTask;
  readonly looking: Looking;
  readonly guideline: number;
  readonly children: ReactNode;
}

/** The original and its candidates with what people said of them, beside a rationale that is written or read. */
export function RationaleArea({ piece, task, looking, guideline, children }: Props) {
  const said = useTexts(severityTexts);
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
    <WorkArea
      piece={piece}
      looking={looking}
      aspect={aspect}
      guideline={guideline}
      regionsOf={(where) =>
        task.regions
          .filter((each) => each.slot === where)
          .flatMap((each) => {
            const shape = shapeOf(where, each.box);
            return shape ? [{ id: each.id, tag: each.id, mark: markOf(task, where), shape }] : [];
          })
      }
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
    >
      {children}
    </WorkArea>
  );
}
