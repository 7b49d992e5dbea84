import { MantineProvider } from "@mantine/core";
import { render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createJudgementStore } from "../src/canvas/store";
import { Judging } from "../src/features/annotate/components/Judging";
import { aspectRows, claimed } from "../src/features/annotate/model/fixtures";
import { pieceOf, wireOf } from "../src/features/annotate/model/piece";
import { listenForCommands } from "../src/lib/commands";
import { setLocale } from "../src/lib/locale";

const piece = pieceOf(claimed(1), aspectRows(), "en");
let stop: () => void;
beforeEach(() => {
  setLocale("en");
  stop = listenForCommands();
});
afterEach(() => stop());

function open() {
  const store = createJudgementStore();
  const onSubmit = vi.fn();
  render(
    <MantineProvider>
      <Judging
        piece={piece}
        store={store}
        threshold="minor"
        guideline={3}
        open
        onSubmit={onSubmit}
        onSkip={vi.fn()}
        onPrevious={vi.fn()}
        frame={(work, foot) => (
          <>
            {work}
            {foot}
          </>
        )}
      />
    </MantineProvider>,
  );
  return { store, onSubmit };
}
/** "Shift+KeyQ" and the like, pressed one after another. */
async function press(...chords: string[]) {
  for (const chord of chords) {
    const code = chord.split("+").at(-1) ?? "";
    document.body.dispatchEvent(
      new KeyboardEvent("keydown", {
        code,
        key: code,
        shiftKey: chord.startsWith("Shift+"),
        bubbles: true,
        cancelable: true,
      }),
    );
    await Promise.resolve();
  }
}
const cell = (name: string) => within(screen.getByRole("table")).getByRole("button", { name });

describe("judging by the keyboard", () => {
  it("fills the matrix and submits: a sample with two defects in six keys", async () => {
    const { store, onSubmit } = open();
    await press("KeyQ", "Digit2", "KeyW", "KeyW", "KeyA", "Enter");
    await vi.waitFor(() => expect(onSubmit).toHaveBeenCalledTimes(1));
    // letter A shows slot C, letter B slot A
    expect(wireOf(store.get()).cells.C?.shape).toBe("minor");
    expect(wireOf(store.get()).cells.A?.shadow).toBe("major");
    expect(Object.values(store.get().cells).flatMap((row) => Object.values(row))).toHaveLength(16);
  });

  it("shows in the matrix what was pressed, and takes it back", async () => {
    open();
    await press("Digit3", "Shift+KeyE");
    expect(await screen.findByText("1 of 16 judged")).toBeDefined();
    expect(cell("C place aspect: unsure")).toBeDefined();
    await press("Backspace");
    expect(await screen.findByText("0 of 16 judged")).toBeDefined();
  });

  it("does not submit while something is to settle, and says what", async () => {
    const { onSubmit } = open();
    await press("KeyQ", "Enter");
    expect(await screen.findByText("15 things to settle")).toBeDefined();
    expect(screen.getByRole("button", { name: /Submit/ })).toHaveProperty("disabled", true);
    expect(onSubmit).not.toHaveBeenCalled();
  });

  it("jumps from one open cell to the next", async () => {
    open();
    await press("KeyQ", "KeyJ", "KeyJ");
    const focused = document.querySelectorAll("th[data-on]");
    expect([...focused].map((each) => each.textContent)).toEqual(["A", "Eplace aspect"]);
  });
});
