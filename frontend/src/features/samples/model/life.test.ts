import { describe, expect, it } from "vitest";
import { type Event, holder, shown } from "./life";

const event = (kind: string, group: string, facts: Record<string, string> = {}): Event => ({
  at: "2026-11-24T12:00:00Z",
  kind,
  group,
  who: "",
  text: "",
  facts,
  cells: {},
});
const now = new Date("2026-11-24T12:00:00Z");

describe("the life of a sample", () => {
  it("shows the newest first, and only what was asked for", () => {
    const events = [event("imported", "data"), event("judged", "people"), event("explained", "models")];
    expect(shown(events, "all").map((each) => each.kind)).toEqual(["explained", "judged", "imported"]);
    expect(shown(events, "people").map((each) => each.kind)).toEqual(["judged"]);
  });
  it("says who holds it now, and nobody whose lease ran out", () => {
    const late = event("leased", "people", { state: "leased", until: "2026-11-24T11:59:00Z" });
    const live = event("leased", "people", { state: "leased", until: "2026-11-24T12:10:00Z" });
    expect(holder([live, late], now)).toBe(live);
    expect(holder([late, event("leased", "people", { state: "submitted" })], now)).toBeUndefined();
    expect(holder([event("leased", "people", { state: "reserved" })], now)?.facts.state).toBe("reserved");
  });
});
