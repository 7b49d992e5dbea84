import { expect, test } from "vitest";
import type { EndpointRow } from "../api/endpoints";
import { standingOf } from "./standing";

const row = (part: Partial<EndpointRow>): EndpointRow =>
  ({
    state: "active",
    has_key: true,
    rests_until: null,
    last_test: null,
    calls_last_hour: 0,
    latency_ms: null,
    ...part,
  }) as EndpointRow;

test("an endpoint whose calls all failed is not said to answer", () => {
  expect(standingOf(row({ calls_last_hour: 4 }))).toBe("silent");
  expect(standingOf(row({ calls_last_hour: 4, latency_ms: 160 }))).toBe("answering");
});

test("a test that passed counts until calls say otherwise, one that failed always", () => {
  const test = { passed: true, lines: [], reply: "", at: "2026-03-09T12:00:00Z" };
  expect(standingOf(row({ last_test: test }))).toBe("answering");
  expect(standingOf(row({ last_test: test, calls_last_hour: 1 }))).toBe("silent");
  expect(standingOf(row({ last_test: { ...test, passed: false }, latency_ms: 160 }))).toBe("failing");
});

test("what was never asked is not tested, and retired or without a key it says so first", () => {
  expect(standingOf(row({}))).toBe("untested");
  expect(standingOf(row({ has_key: false, latency_ms: 160 }))).toBe("noKey");
  expect(standingOf(row({ state: "retired", has_key: false }))).toBe("retired");
});
