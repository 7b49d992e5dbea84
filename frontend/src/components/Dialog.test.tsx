import { MantineProvider } from "@mantine/core";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { Dialog } from "./Dialog";

function Page() {
  const [open, setOpen] = useState(false);
  return (
    <MantineProvider env="test">
      <button type="button" onClick={() => setOpen(true)}>
        Change
      </button>
      {open && (
        <Dialog title="Change the caps" onClose={() => setOpen(false)}>
          <input aria-label="Cap" data-autofocus />
        </Dialog>
      )}
    </MantineProvider>
  );
}

test("it begins in its first field, and Escape gives the focus back to what opened it", async () => {
  render(<Page />);
  const opener = screen.getByRole("button", { name: "Change" });
  opener.focus();
  fireEvent.click(opener);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Cap")));

  fireEvent.keyDown(screen.getByLabelText("Cap"), { key: "Escape" });

  await waitFor(() => expect(document.activeElement).toBe(opener));
  expect(screen.queryByRole("dialog")).toBeNull();
});
