import type { ReactNode } from "react";
import { SandboxTag } from "../../components/SandboxTag";
import { number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import type { EvaluationRow } from "./api/run";
import { Shade } from "./Shade";
import { texts } from "./texts";
import classes from "./training.module.css";

/** A column; `truth` is what a model would show there that is always right. */
interface Cell {
  readonly head: string;
  readonly of: (row: EvaluationRow) => ReactNode;
  readonly truth?: ReactNode;
}

interface PanelProps {
  readonly title: string;
  readonly note: string;
  readonly rows: readonly EvaluationRow[];
  readonly cells: readonly Cell[];
  readonly name: (row: EvaluationRow) => ReactNode;
}

function Panel({ title, note, rows, cells, name }: PanelProps) {
  const t = useTexts(texts);
  if (rows.length === 0 || cells.length === 0) return null;
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{title}</h2>
        <span className="s t2">{note}</span>
      </div>
      <div className={classes.scroll}>
        <table className="tbl">
          <thead>
            <tr>
              <th>{t.model}</th>
              {cells.map(({ head }) => (
                <th key={head} className="r">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cells.some((cell) => cell.truth) && (
              <tr className="t2">
                <td>{t.truth}</td>
                {cells.map(({ head, truth }) => (
                  <td key={head} className="r">
                    {truth}
                  </td>
                ))}
              </tr>
            )}
            {rows.map((row) => (
              <tr key={`${row.run_id} ${row.name}`}>
                <td>
                  <span className="row">
                    {name(row)}
                    {row.sandbox && <SandboxTag />}
                  </span>
                </td>
                {cells.map(({ head, of }) => (
                  <td key={head} className="r">
                    {of(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const shaded = (share: number | null | undefined): ReactNode =>
  share == null ? "–" : <Shade share={share} />;

const keys = (shares: readonly Readonly<Record<string, number>>[]): string[] =>
  [...new Set(shares.flatMap(Object.keys))].sort();

interface Props {
  readonly rows: readonly EvaluationRow[];
  readonly name: (row: EvaluationRow) => ReactNode;
}

/** How the models answer, beyond how often they are right: by size of the true set, the letters, the size they name. */
export function HabitPanels({ rows, name }: Props) {
  const t = useTexts(texts);
  const models = rows.filter((row) => row.kind !== "trivial");
  const told = models.filter((row) => row.habits !== null);
  const truth = told[0]?.habits?.right ?? {};
  const bySize = keys(models.map((row) => row.by_size)).map(
    (size): Cell => ({
      head: size === "0" ? t.noneLetter : size,
      of: (row) => shaded(row.by_size[size]),
    }),
  );
  const byLetter = keys(told.map((row) => row.habits?.chosen ?? {})).map(
    (letter): Cell => ({
      head: letter,
      of: (row) => shaded(row.habits?.chosen[letter]),
      truth: shaded(truth[letter]),
    }),
  );
  const habits: readonly Cell[] = [
    { head: t.tooFew, of: (row) => shaded(row.habits?.too_few) },
    { head: t.tooMany, of: (row) => shaded(row.habits?.too_many) },
    { head: t.notParsed, of: (row) => number((row.figures.unparsable?.value ?? 0) * 100, 1) },
  ];
  return (
    <div className={classes.habits}>
      <Panel title={t.bySize} note={t.bySizeNote} rows={models} cells={bySize} name={name} />
      <Panel title={t.letters} note={t.lettersNote} rows={told} cells={byLetter} name={name} />
      <Panel title={t.habits} note={t.habitsNote} rows={told} cells={habits} name={name} />
    </div>
  );
}
