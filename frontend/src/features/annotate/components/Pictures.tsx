import { IconLink, IconLinkOff } from "@tabler/icons-react";
import { memo, type ReactNode } from "react";
import type { Viewport } from "../../../canvas/geometry";
import type { Shape } from "../../../canvas/shapes";
import { Keycap } from "../../../components/Keycap";
import { Stage, type StagePicture, type StageRegion } from "../../../components/Stage";
import type { SharedView } from "../../../components/useViewport";
import { percent } from "../../../lib/format";
import { useStable } from "../../../lib/stable";
import { useTexts } from "../../../lib/texts";
import { candidateKey } from "../model/commands";
import type { Candidate, Piece } from "../model/piece";
import type { Looking } from "../model/useLooking";
import { texts } from "../texts";
import classes from "./Workspace.module.css";

export interface PictureActions {
  onDraw?(slot: string, shape: Shape): void;
  onPick?(id: string | null): void;
  onChange?(id: string, shape: Shape): void;
}

export interface GridProps {
  readonly piece: Piece;
  readonly looking: Looking;
  readonly armed?: boolean;
  readonly selected?: string | null;
  readonly regionsOf: (slot: string) => readonly StageRegion[];
  readonly act?: PictureActions;
  readonly strip?: (candidate: Candidate) => ReactNode;
}

interface PlaceProps {
  readonly candidate: Candidate;
  readonly index: number;
  readonly original: StagePicture | null;
  readonly view: Viewport;
  readonly regions: readonly StageRegion[];
  readonly selected: string | null;
  readonly armed: boolean;
  readonly blink: boolean;
  readonly lens: boolean;
  readonly change: SharedView["change"];
  readonly seen: SharedView["seen"];
  readonly onFocus: (slot: string) => void;
  readonly onDraw: PictureActions["onDraw"];
  readonly onPick: PictureActions["onPick"];
  readonly onChange: PictureActions["onChange"];
}

/** Lists of regions are made anew at every rendering; their shapes are not. */
function sameRegions(before: readonly StageRegion[], after: readonly StageRegion[]): boolean {
  return (
    before.length === after.length &&
    before.every((one, index) => {
      const other = after[index];
      return (
        one.id === other?.id && one.tag === other.tag && one.mark === other.mark && one.shape === other.shape
      );
    })
  );
}

function samePlace(before: PlaceProps, after: PlaceProps): boolean {
  const names = Object.keys(after) as (keyof PlaceProps)[];
  return names.every((name) =>
    name === "regions" ? sameRegions(before.regions, after.regions) : Object.is(before[name], after[name]),
  );
}

/** One candidate's picture. A verdict changes none of what it shows, so a key must not render it again. */
const Place = memo(function Place({
  candidate,
  index,
  original,
  change,
  seen,
  onFocus,
  ...props
}: PlaceProps) {
  const t = useTexts(texts);
  const { slot, letter, picture } = candidate;
  const { onDraw, onPick, onChange } = props;
  return (
    <Stage
      picture={picture}
      label={t.candidate(letter)}
      name={letter}
      chord={candidateKey(index)}
      view={props.view}
      onView={(how, alone) => change(slot, how, alone)}
      regions={props.regions}
      selected={props.selected}
      armed={props.armed}
      other={original ?? undefined}
      blink={props.blink}
      lens={props.lens}
      onPress={() => onFocus(slot)}
      onPointer={(at) => seen(slot, picture, at)}
      {...(onDraw && { onDraw: (shape: Shape) => onDraw(slot, shape) })}
      {...(onPick && { onPick })}
      {...(onChange && { onChange })}
    />
  );
}, samePlace);

/** The candidates, each with its strip. */
export function CandidateGrid({ piece, looking, act = {}, ...props }: GridProps) {
  const t = useTexts(texts);
  const { view, slot: focused, setSlot } = looking;
  const onDraw = useStable((slot: string, shape: Shape) => act.onDraw?.(slot, shape));
  const onPick = useStable((id: string | null) => act.onPick?.(id));
  const onChange = useStable((id: string, shape: Shape) => act.onChange?.(id, shape));
  return (
    <div className={classes.grid}>
      {piece.candidates.map((candidate, index) => {
        const { slot, letter } = candidate;
        const regions = props.regionsOf(slot);
        const selected = props.selected ?? null;
        return (
          <section
            key={slot}
            className={classes.candidate}
            data-on={slot === focused || undefined}
            aria-label={t.candidate(letter)}
          >
            <Place
              candidate={candidate}
              index={index}
              original={piece.original}
              view={view.viewOf(slot)}
              regions={regions}
              selected={regions.some(({ id }) => id === selected) ? selected : null}
              armed={props.armed ?? false}
              blink={looking.blink && slot === focused}
              lens={looking.lens}
              change={view.change}
              seen={view.seen}
              onFocus={setSlot}
              onDraw={act.onDraw && onDraw}
              onPick={act.onPick && onPick}
              onChange={act.onChange && onChange}
            />
            {props.strip && <div className={classes.strip}>{props.strip(candidate)}</div>}
          </section>
        );
      })}
    </div>
  );
}

/** The original under the same viewport, and what can be done with the pictures. */
export function Original({ onLens, onLarge, ...props }: OriginalProps) {
  return <OriginalPlace {...props} onLens={useStable(onLens)} onLarge={useStable(onLarge)} />;
}

interface OriginalProps {
  readonly piece: Piece;
  readonly view: SharedView;
  readonly lens: boolean;
  readonly large: boolean;
  readonly onLens: () => void;
  readonly onLarge: () => void;
}

const OriginalPlace = memo(function OriginalPlace({ piece, view, lens, large, ...on }: OriginalProps) {
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
        <button type="button" data-on={lens || undefined} onClick={on.onLens}>
          <Keycap chord="KeyL" /> {t.lens}
        </button>
        <button type="button" data-on={large || undefined} onClick={on.onLarge}>
          <Keycap chord="KeyV" /> {t.large}
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
});
