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
