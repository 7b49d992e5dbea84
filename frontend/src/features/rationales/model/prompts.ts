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
