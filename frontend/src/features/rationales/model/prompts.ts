import type { PromptRow } from "../api/prompts";

/** Of each name and language the newest version, in the order of their names. */
export function newestVersions<Row extends Pick<PromptRow, "name" | "locale" | "version">>(
  rows: readonly Row[],
): Row[] {
  const newest = new Map<string, Row>();
  for (const row of rows) {
    const key = `${row.name}\n${row.locale}`;
    const known = newest.get(key);
    if (!known || known.version < row.version) newest.set(key, row);
  }
  return [...newest.values()];
}

type Led = Pick<PromptRow, "locale" | "way" | "stage">;

/** What a page offers before somebody chooses: this way and stage in the reader's language, else in any, else any. */
export function suggested<Row extends Led>(
  rows: readonly Row[],
  { way, stage, locale }: Led,
): Row | undefined {
  const led = rows.filter((row) => row.way === way && row.stage === stage);
  return led.find((row) => row.locale === locale) ?? led[0] ?? rows[0];
}

type Run = Pick<PromptRow, "id" | "name" | "locale" | "way" | "stage">;
const CHECKS: readonly PromptRow["stage"][] = ["read_back", "judge"];

/** What one would run instead of this prompt: earlier versions of the same name first, then others for the same work. */
export function insteadOf<Row extends Run>(chosen: Row, rows: readonly Row[]): Row[] {
  const work = (row: Row) => `${row.way} ${row.locale} ${CHECKS.includes(row.stage) ? row.stage : ""}`;
  return rows
    .filter((row) => row.id !== chosen.id && work(row) === work(chosen))
    .sort((a, b) => Number(b.name === chosen.name) - Number(a.name === chosen.name));
}
