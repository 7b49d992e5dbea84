import { IconInfoCircle } from "@tabler/icons-react";
import { Fragment } from "react";
import { useTexts } from "../../../lib/texts";
import classes from "../AgreementPage.module.css";
import type { Agreement, AgreementAspect, AlphaFigure } from "../api/agreement";
import { answerOf, type By, type Figure, FLOOR, figureOf, span, toneOf, twoDigits } from "../model/figures";
import { texts } from "../texts";
import { Scale } from "./Scale";

type Words = (typeof texts)["en"];

/** Why a figure is undefined, in words; nothing where it is defined. */
function whyOf(figure: AlphaFigure, t: Words): string | undefined {
  if (figure.why_undefined === "no_pairs") return t.whys.no_pairs;
  if (figure.why_undefined !== "nothing_varies") return undefined;
  const said = Object.entries(t.said).find(([code]) => code === figure.only)?.[1] ?? figure.only;
  return t.whys.nothing_varies(figure.opinions, said);
}

function Cell(props: {
  figure: Figure;
  by: By;
  label: string;
  chosen?: boolean;
  onChoose?: (() => void) | undefined;
}) {
  const t = useTexts(texts);
  const { figure } = props;
  const tone = toneOf(figure.value, props.by);
  const why = figure.alpha ? whyOf(figure.alpha, t) : figure.value === null ? t.whys.no_regions : undefined;
  const inside = (
    <>
      <b>
        {tone === "low" && "! "}
        {figure.value === null ? t.undefined : twoDigits(figure.value)}
      </b>
      <small>
        {figure.value === null
          ? figure.alpha?.why_undefined === "nothing_varies"
            ? t.allSay(t.said[figure.alpha.only as keyof Words["said"]] ?? figure.alpha.only)
            : t.none0
          : span(figure.low, figure.high) || t.counted(figure.count, props.by)}
      </small>
    </>
  );
  const looks = {
    className: classes.cell,
    "data-tone": tone,
    title: why ?? t.counted(figure.count, props.by),
  };
  if (!props.onChoose) return <div {...looks}>{inside}</div>;
  return (
    <button
      type="button"
      {...looks}
      aria-pressed={props.chosen}
      aria-label={props.label}
      onClick={props.onChoose}
    >
      {inside}
    </button>
  );
}

interface Props {
  readonly found: Agreement;
  readonly by: By;
  readonly nameOf: (aspect: string) => string;
  readonly chosen: { aspect: string | null; slot?: string | null } | null;
  readonly onChoose: (aspect: string, slot: string | null) => void;
}

/** Aspects down, candidates across; a cell opens the samples behind it. */
export function Alphas({ found, by, nameOf, chosen, onChoose }: Props) {
  const t = useTexts(texts);
  const slots = [...new Set(found.aspects.flatMap((each) => each.cells.map((cell) => cell.slot)))].sort();
  return (
    <section className="panel">
      <div className="ph">
        <h2>{by === "overlap" ? t.overlap : t.alpha}</h2>
        <span className="sp" />
        <span className="s t3">{by === "overlap" ? t.overlapNote : t.alphaNote(twoDigits(FLOOR))}</span>
      </div>
      <div
        className={`pb ${classes.grid}`}
        style={{
          gridTemplateColumns: `minmax(184px, 1.6fr) repeat(${slots.length + 2}, minmax(66px, 0.7fr))`,
        }}
      >
        <span />
        <span className={classes.head}>{t.aspect}</span>
        {slots.map((slot) => (
          <span key={slot} className={classes.head}>
            <span className="slot">{slot}</span>
          </span>
        ))}
        <span className={classes.head} title={t.answerWhy}>
          {t.answer}
        </span>
        {found.aspects.map((each) => (
          <Fragment key={each.aspect}>
            <AspectName aspect={each} by={by} name={nameOf(each.aspect)} />
            <Cell
              figure={figureOf(each, by)}
              by={by}
              label={nameOf(each.aspect)}
              chosen={chosen?.aspect === each.aspect && !chosen.slot}
              onChoose={() => onChoose(each.aspect, null)}
            />
            {slots.map((slot) => {
              const cell = each.cells.find((one) => one.slot === slot);
              return cell ? (
                <Cell
                  key={slot}
                  figure={figureOf(cell, by)}
                  by={by}
                  label={t.behind(nameOf(each.aspect), slot)}
                  chosen={chosen?.aspect === each.aspect && chosen.slot === slot}
                  onChoose={() => onChoose(each.aspect, slot)}
                />
              ) : (
                <span key={slot} />
              );
            })}
            <Cell figure={answerOf(each)} by="defect" label={t.answer} />
          </Fragment>
        ))}
      </div>
      <Undefined found={found} by={by} nameOf={nameOf} />
    </section>
  );
}

function AspectName({ aspect, by, name }: { aspect: AgreementAspect; by: By; name: string }) {
  const t = useTexts(texts);
  const figure = figureOf(aspect, by);
  const low = toneOf(figure.value, by) === "low";
  return (
    <div className={classes.aspect} title={t.differingOf(aspect.differing, aspect.samples)}>
      <b>{name}</b>
      <Scale {...figure} warn={low} {...(by === "overlap" ? {} : { floor: FLOOR })} />
    </div>
  );
}

/** In words, why figures are undefined; the same reason for several cells is said once. */
function Undefined({ found, by, nameOf }: Pick<Props, "found" | "by" | "nameOf">) {
  const t = useTexts(texts);
  if (by === "overlap") return null;
  const lines = found.aspects.flatMap((each) =>
    each[by].alpha === null
      ? [{ at: nameOf(each.aspect), why: whyOf(each[by], t) }]
      : each.cells
          .filter((cell) => cell[by].alpha === null)
          .map((cell) => ({ at: t.behind(nameOf(each.aspect), cell.slot), why: whyOf(cell[by], t) })),
  );
  if (lines.length === 0) return null;
  return (
    <div className={classes.why}>
      <IconInfoCircle size={15} stroke={1.6} />
      <div>
        {lines.slice(0, 3).map((each) => (
          <p key={each.at}>
            <b>{each.at}.</b> {each.why}
          </p>
        ))}
        {lines.length > 3 && <p>{t.andMore(lines.length - 3)}</p>}
      </div>
    </div>
  );
}
