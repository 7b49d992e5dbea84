import { IconEye, IconEyeOff } from "@tabler/icons-react";
import { Keycap, Modifiers } from "../../../components/Keycap";
import { SeverityGlyph } from "../../../components/SeverityGlyph";
import { severityTexts } from "../../../components/severityTexts";
import { isSeverity, type Mark } from "../../../lib/severity";
import { useTexts } from "../../../lib/texts";
import type { useAdjudication } from "../api/adjudication";
import { CHOICES, OPINION_KEYS } from "../model/commands";
import type { Piece } from "../model/piece";
import { type TiedCell, voteOf } from "../model/ruling";
import { texts } from "../texts";
import classes from "./AdjudicateDesk.module.css";

export type Detail = NonNullable<ReturnType<typeof useAdjudication>["data"]>;

interface OpinionsProps {
  readonly piece: Piece;
  readonly detail: Detail;
  readonly ties: readonly TiedCell[];
  readonly focus: TiedCell | undefined;
  /** Opinions whose regions are not drawn, by their place. */
  readonly hidden: ReadonlySet<number>;
  readonly onToggle: (place: number) => void;
}
const IN_A_ROW = 3;

/** All opinions side by side in one letter order, three in a row; a press shows or hides one's regions. */
export function Opinions(props: OpinionsProps) {
  const { piece, detail, ties } = props;
  const t = useTexts(texts);
  const rows = Array.from({ length: Math.ceil(detail.opinions.length / IN_A_ROW) }, (_, row) =>
    detail.opinions.slice(row * IN_A_ROW, (row + 1) * IN_A_ROW).map((_, at) => row * IN_A_ROW + at),
  );
  const settled = piece.aspects.flatMap((aspect) =>
    piece.candidates.filter(
      ({ slot }) =>
        !ties.some((tie) => tie.slot === slot && tie.aspect === aspect.key) &&
        new Set(detail.opinions.map((each) => each.cells[slot]?.[aspect.key])).size > 1,
    ),
  ).length;
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.opinions}</h2>
        <span className="t3 s">{t.oneOrder}</span>
        <span className="sp" />
        <span className="s t2 row" style={{ gap: 3 }}>
          <Modifiers of={`Shift+${OPINION_KEYS[0]}`} />
          {OPINION_KEYS.slice(0, detail.opinions.length).map((key) => (
            <Keycap key={key} chord={`Shift+${key}`} inRowOf={`Shift+${OPINION_KEYS[0]}`} />
          ))}
          {t.itsRegions}
        </span>
      </div>
      <div className={classes.scroll}>
        {rows.map((places) => (
          <OpinionRow key={places[0]} {...props} places={places} />
        ))}
      </div>
      <div className="row s t2" style={{ borderTop: "1px solid var(--line)", padding: "6px 12px" }}>
        <span className={`cell ${classes.tied}`} style={{ width: 15, height: 15, padding: 0 }} />
        {ties.length} {t.differLegend}
        <span className="sp" />
        {settled > 0 && t.settledByVote(settled)}
      </div>
    </section>
  );
}

function OpinionRow(props: OpinionsProps & { places: readonly number[] }) {
  const { piece, detail, ties, focus, places } = props;
  const t = useTexts(texts);
  const said = useTexts(severityTexts);
  const tied = new Set(ties.map((each) => `${each.slot}/${each.aspect}`));
  return (
    <div
      className={classes.opinions}
      style={{
        gridTemplateColumns: `62px repeat(${IN_A_ROW}, minmax(${piece.candidates.length * 22}px, 1fr))`,
      }}
    >
      <span />
      {places.map((place) => (
        <button
          key={place}
          type="button"
          className={classes.head}
          aria-pressed={!props.hidden.has(place)}
          title={t.itsRegions}
          onClick={() => props.onToggle(place)}
        >
          {props.hidden.has(place) ? <IconEyeOff size={13} /> : <IconEye size={13} />} {t.opinion(place + 1)}
        </button>
      ))}
      {places.length < IN_A_ROW && <span style={{ gridColumn: `span ${IN_A_ROW - places.length}` }} />}
      <span />
      {places.map((place) => (
        <span key={place} className={classes.letters}>
          {piece.candidates.map(({ letter }) => (
            <span key={letter}>{letter}</span>
          ))}
        </span>
      ))}
      {places.length < IN_A_ROW && <span style={{ gridColumn: `span ${IN_A_ROW - places.length}` }} />}
      {piece.aspects.map((aspect) => [
        <span
          key={aspect.key}
          className={`clip ${ties.some((tie) => tie.aspect === aspect.key) ? "b" : "t2"}`}
        >
          {aspect.short}
        </span>,
        ...places.map((place) => (
          <span key={`${aspect.key}${place}`} className={classes.cells}>
            {piece.candidates.map(({ slot, letter }) => {
              const mark: Mark = detail.opinions[place]?.cells[slot]?.[aspect.key] ?? "todo";
              const isFocus = focus?.slot === slot && focus.aspect === aspect.key;
              const look = isFocus ? classes.focused : tied.has(`${slot}/${aspect.key}`) ? classes.tied : "";
              return (
                <span
                  key={slot}
                  className={`cell ${mark} ${look}`}
                  title={`${letter} ${aspect.name}: ${said[mark]}`}
                >
                  <SeverityGlyph mark={mark} size={11} />
                </span>
              );
            })}
          </span>
        )),
        places.length < IN_A_ROW && (
          <span key={`${aspect.key} rest`} style={{ gridColumn: `span ${IN_A_ROW - places.length}` }} />
        ),
      ])}
    </div>
  );
}

/** How disputed cells of this aspect were ruled before: no rule, but what those who differ may expect. */
export function Precedents({ counts }: { counts: Readonly<Record<string, number>> | undefined }) {
  const t = useTexts(texts);
  const said = useTexts(severityTexts);
  const rows = CHOICES.map(({ severity }) => ({ severity, count: counts?.[severity] ?? 0 })).filter(
    (each) => each.count > 0,
  );
  if (rows.length === 0) return null;
  const total = rows.reduce((sum, each) => sum + each.count, 0);
  return (
    <section className="panel">
      <div className="ph">
        <h3 className="sp">{t.ruledBefore}</h3>
        <span className="s t2">{t.cellsCount(total)}</span>
      </div>
      <div className={`pb ${classes.precedents}`}>
        {rows.map(({ severity, count }) => (
          <div key={severity}>
            <span className={`sev ${severity}`}>
              <SeverityGlyph mark={severity} /> {said[severity]}
            </span>
            <span className={classes.bar}>
              <i className={`cell ${severity}`} style={{ width: `${(100 * count) / total}%` }} />
            </span>
            <span>{count}</span>
          </div>
        ))}
      </div>
    </section>
  );
}

/** What each question's answer becomes: letters with the defect, and what still keeps it open. */
export function Settles(props: {
  piece: Piece;
  questions: readonly string[];
  markOf: (slot: string, aspect: string) => Mark;
  threshold: string;
}) {
  const t = useTexts(texts);
  return (
    <section className="panel">
      <div className="ph">
        <h3>{t.settles}</h3>
      </div>
      <div className={`pb ${classes.settles}`}>
        {props.questions.map((key) => {
          const marks = props.piece.candidates.map((each) => ({
            ...each,
            mark: props.markOf(each.slot, key),
          }));
          const open = marks.filter((each) => each.mark === "todo" || each.mark === "unsure");
          const defects = marks.filter(
            (each) => voteOf(isSeverity(each.mark) ? each.mark : null, props.threshold) === true,
          );
          return (
            <div key={key} className="row s">
              <span className="sp clip">{props.piece.aspects.find((each) => each.key === key)?.name}</span>
              {defects.map((each) => (
                <span key={each.slot} className="slot">
                  {each.letter}
                </span>
              ))}
              {defects.length === 0 && open.length === 0 && <span className="t2">{t.noneHasIt}</span>}
              {open.length > 0 && (
                <span className="t3">{t.stillOpen(open.map((each) => each.letter).join(" "))}</span>
              )}
            </div>
          );
        })}
      </div>
    </section>
  );
}
