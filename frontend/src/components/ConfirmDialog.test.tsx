import { MantineProvider } from "@mantine/core";
import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ConfirmDialog } from "./ConfirmDialog";

const close = vi.fn();
const perform = vi.fn();

beforeEach(() => {
  vi.clearAllMocks();
  const words = {
    title: "Cancel this run?",
    why: "What waits is not asked.",
    keep: "Keep it",
    perform: "Cancel",
  };
  render(
    <MantineProvider env="test">
      <ConfirmDialog opened close={close} onPerform={perform} {...words} />
    </MantineProvider>,
  );
});

test("Escape leaves everything as it is", () => {
  fireEvent.keyDown(screen.getByRole("dialog"), { key: "Escape" });
  expect(close).toHaveBeenCalledOnce();
  expect(perform).not.toHaveBeenCalled();
});

test("the verb does it once and closes", () => {
  fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(perform).toHaveBeenCalledOnce();
  expect(close).toHaveBeenCalledOnce();
});
