import { describe, expect, it } from "vitest";
import { beginReading, faultAt, firstFault, openAt, say } from "./reading";

describe("reading a rationale", () => {
  it("takes what stands before the first faulty sentence as fine and leaves the rest alone", () => {
    expect(faultAt([null, null, null, null], 2)).toEqual([true, true, false, null]);
    expect(faultAt([false, true, true, null], 2)).toEqual([true, true, false, null]);
  });

  it("is complete when every sentence is judged, or every one up to the first fault", () => {
    expect(openAt([true, null, true])).toBe(1);
    expect(openAt([true, true, true])).toBeNull();
    expect(openAt([true, false, null])).toBeNull();
    expect(openAt([null, false, null])).toBe(0);
  });

  it("names the first rejected sentence, whatever follows", () => {
    expect(firstFault(say(say([true, true, true], 2, false), 1, false))).toBe(1);
    expect(firstFault([true, true, null])).toBeNull();
  });

  it("goes on from a draft, also one of another length", () => {
    expect(beginReading(3, { verdicts: [true, false] })).toEqual([true, false, null]);
    expect(beginReading(1, { verdicts: [true, false] })).toEqual([true]);
    expect(beginReading(2, { verdicts: "no" })).toEqual([null, null]);
  });
});
