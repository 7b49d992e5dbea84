import { Button, Textarea } from "@mantine/core";
import type { ReactNode, RefObject } from "react";
import type { Judgement } from "../../../canvas/judgement";
import { Keycap } from "../../../components/Keycap";
import { Matrix } from "../../../components/Matrix";
import { SeverityGlyph } from "../../../components/SeverityGlyph";
import { duration } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import type { useReview } from "../api/review";
import type { Turn } from "../model/desk";
import { letterOf, type Piece } from "../model/piece";
import { answerOf, markAt } from "../model/verdicts";
import { texts } from "../texts";
import type { DeskProps } from "./LabelDesk";
import classes from "./Workspace.module.css";

export interface ReviewProps extends DeskProps {
  readonly turn: Turn;
  readonly lost: boolean;
}
type Detail = NonNullable<ReturnType<typeof useReview>["data"]>;

/** A turn whose opinion has arrived. */
export interface OpenedReview extends ReviewProps {
  readonly piece: Piece;
  readonly detail: Detail;
  readonly frame: (work: ReactNode, foot: ReactNode) => ReactNode;
}

interface OpinionPanelProps {
  readonly piece: Piece;
  readonly opinion: Judgement;
  readonly detail: Detail;
  readonly threshold: string;
  readonly focus: { readonly slot: string; readonly aspect: string };
  readonly onCell: (slot: string, aspect: string) => void;
}

/** Every cell of the opinion and the answers they make; a press looks at a cell. */
export function OpinionPanel({ piece, opinion, detail, threshold, focus, onCell }: OpinionPanelProps) {
  const t = useTexts(texts);
  const slotOf = (letter: string) => piece.candidates.find((each) => each.letter === letter)?.slot ?? "";
  return (
    <section className="panel" style={{ padding: "6px 7px" }}>
      <div className="row" style={{ padding: "3px 5px 0" }}>
        <h2>{t.underReview}</h2>
        <span className="mono t3 s clip">{piece.sample}</span>
        <span className="sp" />
        <span className="s t2 nw">
          {t.revisionNumber(detail.revision)} · {duration(detail.active_ms)}
        </span>
      </div>
      <Matrix
        aspects={piece.aspects}
        letters={piece.candidates.map((each) => each.letter)}
        markOf={(key, letter) => markAt(opinion, slotOf(letter), key)}
        answerOf={(key) => answerOf(opinion, piece, key, threshold)}
        focus={{
          aspect: focus.aspect,
          letter: piece.candidates.find((each) => each.slot === focus.slot)?.letter ?? null,
        }}
        onCell={(key, letter) => onCell(slotOf(letter) || focus.slot, key)}
      />
    </section>
  );
}

/** The author's regions with their notes. */
export function OpinionRegions(props: {
  piece: Piece;
  opinion: Judgement;
  tags: ReadonlyMap<string, string>;
}) {
  const { piece, opinion, tags } = props;
  const t = useTexts(texts);
  if (opinion.regions.length === 0) return null;
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.regions}</h2>
        <span className="t3 s">{opinion.regions.length}</span>
        <span className="sp" />
        <span className="s t2">
          <Keycap chord="KeyH" /> {t.hidesRegions}
        </span>
      </div>
      {opinion.regions.map((region) => {
        const mark = markAt(opinion, region.slot, region.aspect);
        return (
          <div key={region.id} className={classes.region}>
            <span className="slot">{letterOf(piece, region.slot)}</span>
            <span className={`sev ${mark}`}>
              <SeverityGlyph mark={mark} /> {tags.get(region.id)}
            </span>
            <span className="t2 clip sp">{region.note}</span>
          </div>
        );
      })}
    </section>
  );
}

interface SendBackProps {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly places: number;
  readonly onUndo: () => void;
  readonly armed: boolean;
  readonly onArm: () => void;
}

/** Why it goes back, and the places that the author should look at. */
export function SendBackPanel(props: SendBackProps) {
  const t = useTexts(texts);
  return (
    <section className="panel" style={{ padding: "9px 12px 12px" }}>
      <p className="s t2" style={{ marginBottom: 8 }}>
        {t.reviewWhy}
      </p>
      <Textarea
        ref={props.field}
        label={
          <>
            {t.reason} <Keycap chord="KeyT" />
          </>
        }
        placeholder={t.reasonForAuthor}
        value={props.reason}
        maxLength={2000}
        maxRows={6}
        onChange={(event) => props.onReason(event.target.value)}
      />
      <div className="row s" style={{ marginTop: 8 }}>
        <Button
          size="compact-sm"
          variant={props.armed ? "filled" : "default"}
          onClick={props.onArm}
          rightSection={<Keycap chord="KeyX" />}
        >
          {props.armed ? t.drawing : t.markPlace}
        </Button>
        <span className="t2 sp">{props.places > 0 && t.placesMarked(props.places)}</span>
        {props.places > 0 && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={props.onUndo}
            rightSection={<Keycap chord="Backspace" />}
          >
            {t.undo}
          </Button>
        )}
      </div>
    </section>
  );
}
