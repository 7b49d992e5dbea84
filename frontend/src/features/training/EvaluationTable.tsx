import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useAspectName } from "../../api/aspects";
import { IntervalTrack } from "../../components/IntervalTrack";
import { SandboxTag } from "../../components/SandboxTag";
import { money, number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import type { Comparison, EvaluationRow, Figure } from "./api/run";
import { Shade } from "./Shade";
import { named, texts } from "./texts";
import classes from "./training.module.css";

const points = (share: number): string => number(share * 100, 1).replace("-", "−");

const lead = (difference: number) => `${difference >= 0 ? "+" : "−"}${points(Math.abs(difference))}`;
const bounds = ({ low, high }: Comparison) => `${points(low)} … ${points(high)}`;

const interval = ({ low, high }: Figure) =>
  low !== null && high !== null ? `${points(low)}–${points(high)}` : "";

const at = (share: number) => Math.min(100, Math.max(0, share * 100));

function tone(row: EvaluationRow): "model" | "trivial" | "sandbox" {
  if (row.sandbox) return "sandbox";
  return row.kind === "trivial" ? "trivial" : "model";
}

interface Props {
  readonly rows: readonly EvaluationRow[];
  readonly comparisons: readonly Comparison[];
  readonly aspects: readonly string[];
  /** How often people agree on these questions, where at least two answered. */
  readonly ceiling?: Figure | null | undefined;
  readonly name?: (row: EvaluationRow) => ReactNode;
  readonly ranked?: boolean;
  readonly wide?: boolean;
  /** Show only the best so many trivial policies until all are asked for. */
  readonly fewest?: number;
}

/** Everybody who answered the same test questions, trivial policies below a line. */
export function EvaluationTable({
  rows,
  comparisons,
  aspects,
  ceiling,
  name,
  ranked = false,
  wide = false,
  fewest,
}: Props) {
  const t = useTexts(texts);
  const aspectName = useAspectName();
  const [all, setAll] = useState(false);
  const trivial = rows.filter((row) => row.kind === "trivial");
  const shown = all || fewest === undefined ? trivial : trivial.slice(0, fewest);
  const others = rows.filter((row) => row.kind !== "trivial");
  const floor = trivial.reduce<number | null>((best, row) => {
    const exact = row.figures.exact?.value ?? null;
    return exact !== null && (best === null || exact > best) ? exact : best;
  }, null);
  const width = (ranked ? 1 : 0) + 5 + (wide ? aspects.length + 2 : 0);

  const line = (row: EvaluationRow) => {
    const exact = row.figures.exact;
    if (!exact) return null;
    const said = named(t.names, row.name);
    const against = comparisons.find((each) => each.other === row.name);
    return (
      <tr key={`${row.run_id} ${row.name}`} className={row.kind === "trained" ? "on" : undefined}>
        {ranked && <td className="t2">{row.rank ?? ""}</td>}
        <td>
          <span className="row">
            <span
              className={`clip ${row.kind === "trained" ? "b" : ""}`}
              style={wide ? undefined : { maxWidth: 150 }}
              title={wide ? undefined : said}
            >
              {name ? name(row) : said}
            </span>
            {row.sandbox && <SandboxTag />}
          </span>
        </td>
        <td className={classes.wide}>
          <IntervalTrack
            value={exact.value}
            low={exact.low}
            high={exact.high}
            floor={floor ?? undefined}
            at={at}
            tone={tone(row)}
          />
        </td>
        <td className="r b">{points(exact.value)}</td>
        <td className="r t2 s">{interval(exact)}</td>
        {wide &&
          aspects.map((aspect) => {
            const share = row.per_aspect[aspect];
            return (
              <td key={aspect} className="r">
                {share && <Shade share={share.value} />}
              </td>
            );
          })}
        {wide && <td className="r">{points(row.figures.jaccard?.value ?? 0)}</td>}
        {wide && <td className="r">{row.usd_per_1000 === null ? "" : money(row.usd_per_1000)}</td>}
        <td className="r s nw" title={against && !row.sandbox ? bounds(against) : undefined}>
          {row.sandbox ? t.notCompared : against && lead(against.difference)}
          {wide && against && !row.sandbox && <span className={classes.bounds}> ({bounds(against)})</span>}
        </td>
      </tr>
    );
  };
  return (
    <table className="tbl">
      <thead>
        <tr>
          {ranked && <th />}
          <th>{t.model}</th>
          <th className={classes.wide}>
            <span className={classes.scale}>
              <span>0</span>
              <span>50</span>
              <span>100</span>
            </span>
          </th>
          <th className="r">{t.exact}</th>
          <th className="r">{t.interval}</th>
          {wide &&
            aspects.map((aspect) => (
              <th key={aspect} className={`r ${classes.aspect}`} title={aspectName(aspect)}>
                {aspectName(aspect)}
              </th>
            ))}
          {wide && <th className="r">{t.jaccard}</th>}
          {wide && (
            <th className="r nw" title={t.per1000Why}>
              {t.per1000}
            </th>
          )}
          <th className={wide ? `r ${classes.aspect}` : "r"}>{wide ? t.against : t.lead}</th>
        </tr>
      </thead>
      <tbody>
        {ceiling && (
          <tr>
            {ranked && <td />}
            <td>
              {t.people} <span className="s t2">{t.peopleNote(number(ceiling.n))}</span>
            </td>
            <td className={classes.wide}>
              <IntervalTrack {...ceiling} floor={floor ?? undefined} at={at} tone="person" />
            </td>
            <td className="r b">{points(ceiling.value)}</td>
            <td className="r t2 s">{interval(ceiling)}</td>
            <td colSpan={width - (ranked ? 5 : 4)} />
          </tr>
        )}
        {others.map(line)}
        {trivial.length > 0 && (
          <tr className={classes.divider}>
            <td colSpan={width}>{t.trivialHead}</td>
          </tr>
        )}
        {shown.map(line)}
        {shown.length < trivial.length && (
          <tr>
            <td colSpan={width}>
              <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
                {t.moreTrivial(trivial.length - shown.length)}
              </Button>
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
