import { describe, expect, it } from "vitest";
import { GAP_EDGES_MS, NO_TRACE, noteInput, notePhrase, traceFrom } from "./trace";

const at = (ms: number) => GAP_EDGES_MS.findIndex((edge) => ms < edge);

describe("a writing trace", () => {
  it("counts keys and their pauses, and no pause that is thinking", () => {
    let trace = noteInput(NO_TRACE, { inputType: "insertText", data: "a" }, { before: 0, after: 1 }, null);
    trace = noteInput(trace, { inputType: "insertText", data: "b" }, { before: 1, after: 2 }, 120);
    trace = noteInput(trace, { inputType: "insertText", data: "c" }, { before: 2, after: 3 }, 9000);
    expect(trace.typed).toBe(3);
    expect(trace.gaps[at(120)]).toBe(1);
    expect(trace.gaps.reduce((sum, each) => sum + each, 0)).toBe(1);
  });

  it("counts a paste by what came in, also over a selection", () => {
    const trace = noteInput(
      NO_TRACE,
      { inputType: "insertFromPaste", data: "twelve chars" },
      { before: 20, after: 12 },
      50,
    );
    expect(trace).toMatchObject({ typed: 0, pasted: 12, pastes: 1 });
  });

  it("counts dropped text as pasted, and taking away as nothing", () => {
    let trace = noteInput(
      NO_TRACE,
      { inputType: "insertFromDrop", data: null },
      { before: 5, after: 9 },
      null,
    );
    trace = noteInput(trace, { inputType: "deleteContentBackward" }, { before: 9, after: 8 }, 80);
    trace = noteInput(trace, { inputType: "historyUndo" }, { before: 8, after: 30 }, 80);
    expect(trace).toMatchObject({ typed: 0, pasted: 4, pastes: 1 });
  });

  it("counts a composed Chinese word once, not once a keystroke", () => {
    let trace = noteInput(
      NO_TRACE,
      { inputType: "insertCompositionText", data: "y" },
      { before: 0, after: 1 },
      null,
    );
    trace = noteInput(
      trace,
      { inputType: "insertCompositionText", data: "yi" },
      { before: 1, after: 2 },
      100,
    );
    trace = noteInput(
      trace,
      { inputType: "insertCompositionText", data: "影" },
      { before: 2, after: 1 },
      100,
    );
    expect(trace.typed).toBe(2);
  });

  it("counts an own phrase as a phrase, neither typed nor pasted", () => {
    const trace = notePhrase(notePhrase(NO_TRACE, 24), 6);
    expect(trace).toEqual({ ...NO_TRACE, phrased: 30, phrases: 2 });
    expect(traceFrom({ ...trace, phrases: -1 })).toMatchObject({ phrased: 30, phrases: 0 });
  });

  it("goes on from what a draft kept and believes nothing else", () => {
    expect(traceFrom({ typed: 3, pasted: -2, pastes: "x", gaps: [1] })).toEqual({
      ...NO_TRACE,
      typed: 3,
      gaps: GAP_EDGES_MS.map((_, place) => (place === 0 ? 1 : 0)),
    });
    expect(traceFrom(null)).toEqual(NO_TRACE);
  });
});
