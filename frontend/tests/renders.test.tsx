/** What a key renders again on the desk: the rest of the page must not be among it, however fast the machine. */
import { MantineProvider } from "@mantine/core";
import { act, render, screen } from "@testing-library/react";
import type { ComponentProps } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createJudgementStore } from "../src/canvas/store";
import type * as glyph from "../src/components/SeverityGlyph";
import type * as stage from "../src/components/Stage";
import { Judging } from "../src/features/annotate/components/Judging";
import { aspectRows, claimed } from "../src/features/annotate/model/fixtures";
import { pieceOf } from "../src/features/annotate/model/piece";
import { listenForCommands } from "../src/lib/commands";
import { setLocale } from "../src/lib/locale";

const drawn: string[] = [];
let glyphs = 0;
vi.mock("../src/components/Stage", async (load) => {
  const real = await load<typeof stage>();
  const Stage = (props: ComponentProps<typeof real.Stage>) => {
    drawn.push(props.label);
    return <real.Stage {...props} />;
  };
  return { ...real, Stage };
});
vi.mock("../src/components/SeverityGlyph", async (load) => {
  const real = await load<typeof glyph>();
  const SeverityGlyph = (props: ComponentProps<typeof real.SeverityGlyph>) => {
    glyphs += 1;
    return <real.SeverityGlyph {...props} />;
  };
  return { ...real, SeverityGlyph };
});

const piece = pieceOf(claimed(1), aspectRows(), "en");
let stop: () => void;
beforeEach(() => {
  setLocale("en");
  stop = listenForCommands();
  const frame = (work: React.ReactNode, foot: React.ReactNode) => (
    <>
      {work}
      {foot}
    </>
  );
  render(
    <MantineProvider>
      <Judging
        piece={piece}
        store={createJudgementStore()}
        threshold="minor"
        guideline={1}
        open
        onSubmit={vi.fn()}
        onPrevious={vi.fn()}
        frame={frame}
      />
    </MantineProvider>,
  );
  drawn.length = 0;
  glyphs = 0;
});
afterEach(() => stop());

function press(code: string): void {
  const event = new KeyboardEvent("keydown", { code, key: code, bubbles: true, cancelable: true });
  act(() => void document.body.dispatchEvent(event));
}

it("a verdict renders no picture, and of all cells its own in the strip and in the matrix", () => {
  press("KeyQ");
  expect(screen.getByText("1 of 16 judged")).toBeDefined();
  expect(drawn).toEqual([]);
  // the four of the candidate's strip, and one of the matrix's sixteen
  expect(glyphs).toBe(5);
});

it("another candidate in focus renders no picture either", () => {
  press("Digit3");
  expect(drawn).toEqual([]);
});

it("blinking renders the picture in focus alone", () => {
  press("Space");
  expect(drawn).toEqual(["Candidate A"]);
});

it("zooming renders all five, since they share one view", () => {
  press("KeyZ");
  expect([...drawn].sort()).toEqual(["Candidate A", "Candidate B", "Candidate C", "Candidate D", "Original"]);
});
