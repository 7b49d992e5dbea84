import type { CSSProperties, ReactNode } from "react";
import type { Aspect } from "../model/piece";
import { Guide } from "./Guide";
import { CandidateGrid, type GridProps, Original } from "./Pictures";
import classes from "./Workspace.module.css";

interface Props extends GridProps {
  /** Whose guideline stands beside the pictures. */
  readonly aspect: Aspect | undefined;
  readonly guideline: number;
  readonly leftExtra?: ReactNode;
  readonly children: ReactNode;
}

/** A piece at work: the original with the guideline, the candidates, and what is said of them. */
export function WorkArea({ aspect, guideline, leftExtra, children, ...grid }: Props) {
  const { piece, looking } = grid;
  return (
    <div
      className={classes.work}
      data-large={looking.large || undefined}
      style={{ "--candidates": piece.candidates.length } as CSSProperties}
    >
      <div className={classes.left}>
        <Original
          piece={piece}
          view={looking.view}
          lens={looking.lens}
          large={looking.large}
          onLens={looking.actions.toggleLens}
          onLarge={looking.actions.toggleLarge}
        />
        <Guide aspect={aspect} version={guideline} />
        {leftExtra}
      </div>
      <CandidateGrid {...grid} />
      <div className={classes.side}>{children}</div>
    </div>
  );
}
