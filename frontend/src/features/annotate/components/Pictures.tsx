import { IconLink, IconLinkOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Shape } from "../../../canvas/shapes";
import { Keycap } from "../../../components/Keycap";
import { Stage, type StageRegion } from "../../../components/Stage";
import { percent } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import { candidateKey } from "../model/commands";
import type { Candidate, Piece } from "../model/piece";
import type { SharedView } from "../model/useViewport";
import { texts } from "../texts";
import classes from "./Workspace.module.css";

export interface PictureActions {
  onFocus(slot: string): void;
  onDraw?(slot: string, shape: Shape): void;
  onPick?(id: string | null): void;
  onChange?(id: string, shape: Shape): void;
}

interface Props {
  readonly piece: Piece;
  readonly view: SharedView;
  readonly focused: string;
  readonly blink: boolean;
  readonly lens: boolean;
  readonly armed?: boolean;
  readonly selected?: string | null;
  readonly regionsOf: (slot: string) => readonly StageRegion[];
  readonly act: PictureActions;
  readonly strip?: (candidate: Candidate) => ReactNode;
}

/** The candidates, each with its strip. */
export function CandidateGrid({ piece, view, act, focused, ...props }: Props) {
  const t = useTexts(texts);
  return (
    <div className={classes.grid}>
      {piece.candidates.map((candidate, index) => {
        const { slot, letter, picture } = candidate;
        return (
          <section
            key={slot}
            className={classes.candidate}
            data-on={slot === focused || undefined}
            aria-label={t.candidate(letter)}
          >
            <Stage
              picture={picture}
              label={t.candidate(letter)}
              name={letter}
              chord={candidateKey(index)}
              view={view.viewOf(slot)}
              onView={(how, alone) => view.change(slot, how, alone)}
              regions={props.regionsOf(slot)}
              selected={props.selected ?? null}
              armed={props.armed ?? false}
              other={piece.original ?? undefined}
              blink={props.blink && slot === focused}
              lens={props.lens}
              onPress={() => act.onFocus(slot)}
              onPointer={(at) => view.seen(slot, picture, at)}
              {...(act.onDraw && { onDraw: (shape: Shape) => act.onDraw?.(slot, shape) })}
              {...(act.onPick && { onPick: act.onPick })}
              {...(act.onChange && { onChange: act.onChange })}
            />
            {props.strip && <div className={classes.strip}>{props.strip(candidate)}</div>}
          </section>
        );
      })}
    </div>
  );
}

/** The original under the same viewport, and what can be done with the pictures. */
export function Original({
  piece,
  view,
  lens,
  onLens,
}: {
  piece: Piece;
  view: SharedView;
  lens: boolean;
  onLens: () => void;
}) {
  const t = useTexts(texts);
  const { original } = piece;
  return (
    <>
      <div className={classes.original}>
        {original && (
          <Stage
            picture={original}
            label={t.original}
            name={t.original}
            view={view.viewOf("O")}
            onView={(how, alone) => view.change("O", how, alone)}
            lens={lens}
            onPointer={(at) => view.seen("O", original, at)}
          />
        )}
      </div>
      <div className={`panel ${classes.hints}`}>
        <span>
          <Keycap chord="Space" /> {t.blink}
        </span>
        <button type="button" data-on={lens || undefined} onClick={onLens}>
          <Keycap chord="KeyL" /> {t.lens}
        </button>
        <button type="button" onClick={view.fit}>
          <Keycap chord="KeyZ" /> {percent(view.shared.zoom)} <Keycap chord="Digit0" />
        </button>
        <span className="t2">
          {view.loose ? <IconLinkOff size={15} stroke={1.6} /> : <IconLink size={15} stroke={1.6} />}
          {view.loose ? t.loose : t.linked(piece.candidates.length + 1)}
        </span>
      </div>
    </>
  );
}
