import { Button, MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { Dialog } from "../src/components/Dialog";

function Page() {
  const [open, setOpen] = useState(false);
  return (
    <MantineProvider>
      <Button onClick={() => setOpen(true)}>Change</Button>
      {open && (
        <Dialog onClose={() => setOpen(false)} title="Terms" transitionProps={{ duration: 0 }}>
          <input aria-label="Cap" />
        </Dialog>
      )}
    </MantineProvider>
  );
}

it("gives the focus back to what opened it when Escape closes it", async () => {
  render(<Page />);
  await userEvent.click(screen.getByRole("button", { name: "Change" }));
  await userEvent.click(screen.getByLabelText("Cap"));
  await userEvent.keyboard("{Escape}");

  expect(screen.queryByLabelText("Cap")).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Change" }));
});
