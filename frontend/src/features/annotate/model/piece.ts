import type { Cells, Judgement, Region } from "../../../canvas/judgement";
import { shapeFrom, shapeTo } from "../../../canvas/shapes";
import type { StagePicture } from "../../../components/Stage";
import type { Locale } from "../../../lib/locale";
import { isSeverity } from "../../../lib/severity";
import type { AspectRow, ClaimedAssignment, WireRegion } from "../api/shapes";

/** A candidate as this person sees it: the letter is the order of display, the slot is what is stored. */
export interface Candidate {
  readonly letter: string;
  readonly slot: string;
  readonly picture: StagePicture;
}
export interface Aspect {
  readonly key: string;
  readonly name: string;
  /** One word for narrow places. */
  readonly short: string;
  /** Two letters for tags on pictures. */
  readonly tag: string;
  readonly description: string;
  readonly severities: readonly string[];
}
export interface Piece {
  readonly assignmentId: number;
  readonly fence: number;
  readonly sample: string;
  readonly sampleId: number;
  readonly original: StagePicture | null;
  readonly candidates: readonly Candidate[];
  readonly aspects: readonly Aspect[];
  readonly sentBack: string;
  readonly subjectId: number | null;
}

const LETTERS = "ABCDEFGH";

function shortName(name: string, locale: Locale): string {
  if (locale === "zh-CN" && /[\u4e00-\u9fff]/.test(name)) return name.slice(0, 2);
  const words = name.split(/\s+/).filter((word) => word.length > 3);
  const shortest = words.toSorted((a, b) => a.length - b.length)[0] ?? name;
  const capital = shortest.charAt(0).toUpperCase() + shortest.slice(1);
  return capital.length > 8 ? `${capital.slice(0, 6)}.` : capital;
}

export function aspectOf(row: AspectRow, locale: Locale): Aspect {
  const language = locale === "en" ? "en" : "zh";
  const name = row.names[language] ?? row.names.en ?? row.key;
  const short = shortName(name, locale);
  return {
    key: row.key,
    name,
    short,
    tag: locale === "en" ? short.slice(0, 2) : short.slice(0, 1),
    description: row.description[language] ?? row.description.en ?? "",
    severities: row.severities,
  };
}

export function pieceOf(claimed: ClaimedAssignment, aspects: readonly AspectRow[], locale: Locale): Piece {
  const pictures = new Map(claimed.pictures.map((each) => [each.slot, each]));
  const candidates = [...claimed.letters].flatMap((slot, index) => {
    const picture = pictures.get(slot);
    return picture ? [{ letter: LETTERS[index] ?? slot, slot, picture }] : [];
  });
  return {
    assignmentId: claimed.assignment_id,
    fence: claimed.fence,
    sample: claimed.sample.external_id,
    sampleId: claimed.sample.id,
    original: pictures.get("O") ?? null,
    candidates,
    aspects: claimed.aspects.flatMap((key) => {
      const row = aspects.find((each) => each.key === key);
      return row ? [aspectOf(row, locale)] : [];
    }),
    sentBack: claimed.sent_back,
    subjectId: claimed.subject_id,
  };
}

export const letterOf = (piece: Piece, slot: string): string =>
  piece.candidates.find((each) => each.slot === slot)?.letter ?? slot;

/** Regions as requests carry them. */
export const regionsTo = (regions: readonly Region[]): WireRegion[] =>
  regions.map(({ id, slot, aspect, note, shape }) => ({ id, slot, aspect, note, ...shapeTo(shape) }));

export const regionsFrom = (wire: readonly WireRegion[]): Region[] =>
  wire.map((each, index) => ({
    id: each.id || `r${index + 1}`,
    slot: each.slot,
    aspect: each.aspect,
    note: each.note ?? "",
    shape: shapeFrom(each),
  }));

export const wireOf = (judgement: Judgement) => ({
  cells: judgement.cells as Record<string, Record<string, "none" | "minor" | "major" | "unsure">>,
  regions: regionsTo(judgement.regions),
});

/** What an earlier page left; whatever this sample or this version of the pages does not know is left out. */
export function judgementFrom(body: Readonly<Record<string, unknown>>, piece: Piece): Judgement {
  const slots = new Set(piece.candidates.map((each) => each.slot));
  const keys = new Set(piece.aspects.map((each) => each.key));
  const cells: Record<string, Cells[string]> = {};
  for (const [slot, row] of Object.entries((body.cells ?? {}) as Record<string, Record<string, unknown>>)) {
    if (!slots.has(slot)) continue;
    const known = Object.entries(row).filter(([key, severity]) => keys.has(key) && isSeverity(severity));
    cells[slot] = Object.fromEntries(known) as Cells[string];
  }
  const regions = Array.isArray(body.regions) ? regionsFrom(body.regions as WireRegion[]) : [];
  return { cells, regions: regions.filter((each) => slots.has(each.slot) && keys.has(each.aspect)) };
}
