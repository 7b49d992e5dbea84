import { Button, Textarea } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import type { RefObject } from "react";
import { type Judgement, severityAt } from "../../../canvas/judgement";
import { Keycap } from "../../../components/Keycap";
import { SeverityGlyph } from "../../../components/SeverityGlyph";
import { severityTexts } from "../../../components/severityTexts";
import type { Severity } from "../../../lib/severity";
import { useTexts } from "../../../lib/texts";
import { CHOICES } from "../model/commands";
import type { Piece } from "../model/piece";
import type { TiedCell } from "../model/ruling";
import { texts } from "../texts";
import classes from "./AdjudicateDesk.module.css";
import work from "./Workspace.module.css";

interface RulingPanelProps {
  readonly piece: Piece;
  readonly ties: readonly TiedCell[];
  /** The place of the cell in hand. */
  readonly at: number;
  readonly ruling: Judgement;
  /** How many cells are not ruled yet. */
  readonly open: number;
  readonly onGo: (place: number) => void;
  readonly onRule: (severity: Severity) => void;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
}

/** The open cells one below the other, the choices at the one in hand, and the reason. */
export function RulingPanel(props: RulingPanelProps) {
  const { piece, ties, at, ruling } = props;
  const t = useTexts(texts);
  const said = useTexts(severityTexts);
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.ruling}</h2>
        <span className="sp" />
        <span className="s t2">{t.ruled(ties.length - props.open, ties.length)}</span>
      </div>
      {ties.map((each, index) => {
        const ruled = severityAt(ruling, each.slot, each.aspect);
        const name = piece.aspects.find((aspect) => aspect.key === each.aspect)?.name;
        return (
          <div
            key={`${each.slot}/${each.aspect}`}
            className={classes.ruling}
            data-on={index === at || undefined}
          >
            <button type="button" className={classes.title} onClick={() => props.onGo(index)}>
              <span className="slot">{each.letter}</span>
              <b className="clip">{name}</b>
              <span className="s t2 clip">{each.said.map((one) => said[one ?? "todo"]).join(" · ")}</span>
              <span className="sp" />
              {ruled ? (
                <span className={`sev ${ruled}`}>
                  <SeverityGlyph mark={ruled} /> {said[ruled]}
                </span>
              ) : (
                <span className="s t3">{t.openCell}</span>
              )}
            </button>
            {index === at && (
              <div className={classes.choices}>
                {CHOICES.map(({ severity, key }) => {
                  const by = each.said.flatMap((one, number) => (one === severity ? [number + 1] : []));
                  return (
                    <span key={severity} className={classes.choice} data-on={ruled === severity || undefined}>
                      <button
                        type="button"
                        tabIndex={-1}
                        className={`cell ${severity}`}
                        onClick={() => props.onRule(severity)}
                      >
                        <SeverityGlyph mark={severity} size={11} /> {said[severity]} <Keycap chord={key} />
                      </button>
                      {by.length > 0
                        ? t.opinion(by[0] ?? 0) +
                          by
                            .slice(1)
                            .map((n) => `, ${n}`)
                            .join("")
                        : t.nobody}
                    </span>
                  );
                })}
              </div>
            )}
          </div>
        );
      })}
      <div className={classes.ruling}>
        <Textarea
          ref={props.field}
          label={
            <>
              {t.reason} <span className="t3">{t.reasonNeeded}</span> <Keycap chord="KeyT" />
            </>
          }
          placeholder={t.reasonHint}
          value={props.reason}
          maxLength={2000}
          maxRows={6}
          onChange={(event) => props.onReason(event.target.value)}
        />
      </div>
    </section>
  );
}

interface RulingFootProps {
  readonly piece: Piece;
  readonly first: TiedCell | undefined;
  readonly open: number;
  readonly reasoned: boolean;
  readonly ready: boolean;
  readonly onJump: () => void;
  readonly onUndo: () => void;
  readonly onSkip: () => void;
  readonly onUnclear: () => void;
  readonly onRule: () => void;
}

/** What keeps the ruling from being given, and what else can be done with the piece. */
export function RulingFoot(props: RulingFootProps) {
  const { piece, first, ready } = props;
  const t = useTexts(texts);
  return (
    <>
      <div className={work.issue}>
        {first ? (
          <>
            <IconAlertTriangle size={16} stroke={1.6} className="warn" />
            <span className="b nw">{t.ties(props.open)}</span>
            <span className="t2 clip">
              {first.letter} · {piece.aspects.find((each) => each.key === first.aspect)?.name}
            </span>
          </>
        ) : (
          <>
            <IconCircleCheck size={16} stroke={1.6} className={props.reasoned ? "ok" : "warn"} />
            <span className="t2">{props.reasoned ? t.allRuled : `${t.reason}: ${t.reasonNeeded}`}</span>
          </>
        )}
        {!ready && (
          <Button variant="filled" onClick={props.onJump} rightSection={<Keycap chord="KeyJ" />}>
            {t.jump}
          </Button>
        )}
      </div>
      <Button
        variant="subtle"
        color="gray"
        onClick={props.onUndo}
        rightSection={<Keycap chord="Backspace" />}
      >
        {t.undo}
      </Button>
      <Button onClick={props.onSkip} rightSection={<Keycap chord="KeyS" />}>
        {t.skip}
      </Button>
      <Button onClick={props.onUnclear} rightSection={<Keycap chord="KeyU" />}>
        {t.unclear}
      </Button>
      <Button
        variant={ready ? "filled" : "default"}
        disabled={!ready}
        onClick={props.onRule}
        rightSection={<Keycap chord="Enter" />}
      >
        {t.rule}
      </Button>
    </>
  );
}
