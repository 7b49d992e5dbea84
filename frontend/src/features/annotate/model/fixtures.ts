import type { AspectRow, ClaimedAssignment, ClaimReply } from "../api/shapes";

/** Pieces and replies for the tests of this feature. */
const NAMES = ["shape", "shadow", "place", "extend", "light", "edge", "colour", "text", "scale"];

export const aspectRows = (count = 4): AspectRow[] =>
  NAMES.slice(0, count).map((key, position) => ({
    id: position + 1,
    key,
    names: { en: `${key} aspect`, zh: `${key}` },
    description: { en: `About ${key}.`, zh: "" },
    severities: ["none", "minor", "major", "unsure"],
    position,
    revision: 1,
    retired_at: null,
  }));

export function claimed(id: number, part: Partial<ClaimedAssignment> = {}): ClaimedAssignment {
  const letters = part.letters ?? "CADB";
  return {
    assignment_id: id,
    fence: 1,
    lease_until: "2026-01-01T00:15:00Z",
    letters,
    active_ms: 0,
    sent_back: "",
    subject_id: null,
    practice: false,
    suggestion: null,
    sample: { id, external_id: `s-${id}` },
    pictures: ["O", ...letters].map((slot) => ({
      slot,
      sha256: `${id}${slot}`,
      width: 512,
      height: 512,
      url: `/pictures/${id}${slot}`,
    })),
    aspects: NAMES.slice(0, 4),
    draft: null,
    ...part,
  };
}

export const reply = (assignments: ClaimedAssignment[], part: Partial<ClaimReply> = {}): ClaimReply => ({
  assignments,
  held: [],
  batch: { submitted: 0, active_ms: 0, pace_ms: null, accepted: 0, places: 10, practice: null },
  nothing_left: false,
  retry_after_ms: null,
  cap_reached: "",
  ...part,
});
