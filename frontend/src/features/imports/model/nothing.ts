import type { Import } from "../api/imports";

/** Why a list of what was not taken is empty. "Everything was taken" is said only when it was. */
export function nothing(row: Import, about: "rows" | "pictures", narrowed: boolean) {
  if (row.state === "waiting" || row.state === "running") return "running";
  if (row.state === "failed") return "notRead";
  if (about === "rows" && narrowed) return "noneFound";
  if (row.pictures_waiting === 0 && row.pictures_failed === 0) return "noRefusal";
  return about === "rows" ? "noRowRefused" : "noBadPicture";
}
