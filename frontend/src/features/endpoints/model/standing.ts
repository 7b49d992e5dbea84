import type { EndpointRow } from "../api/endpoints";

export type Standing = "retired" | "noKey" | "resting" | "failing" | "silent" | "answering" | "untested";

/** How an endpoint stands, the worst that is known first. `latency_ms` is there once a call of the last hour was answered. */
export function standingOf(row: EndpointRow): Standing {
  if (row.state === "retired") return "retired";
  if (!row.has_key) return "noKey";
  if (row.rests_until) return "resting";
  if (row.last_test && !row.last_test.passed) return "failing";
  if (row.latency_ms !== null) return "answering";
  if (row.calls_last_hour > 0) return "silent";
  return row.last_test ? "answering" : "untested";
}
