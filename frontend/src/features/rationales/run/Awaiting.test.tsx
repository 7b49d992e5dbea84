import { MantineProvider } from "@mantine/core";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { expect, it, vi } from "vitest";
import type { RunDetail } from "../api/run";
import { Awaiting } from "./Awaiting";

vi.mock("../../../api/project", () => ({ useProject: () => ({ slug: "p" }), useMay: () => true }));

const row = { run_id: "r7", number: 7, batched: true, sent_at: new Date().toISOString(), count: 12 };

function show(waits_for: RunDetail["waits_for"], onAsk = vi.fn()) {
  render(
    <MantineProvider>
      <MemoryRouter>
        <Awaiting detail={{ waits_for } as unknown as RunDetail} onAsk={onAsk} />
      </MemoryRouter>
    </MantineProvider>,
  );
  return onAsk;
}

it("names the run that is waited for, leads to it, and asks itself only after a second word", async () => {
  const again = show([row]);
  expect(screen.getByRole("status").textContent).toMatch(
    /12 questions wait .* Run 7 \(batch, sent \d\d:\d\d\)/,
  );
  expect(screen.getByRole("link").getAttribute("href")).toBe("/p/p/rationales/r7");

  await userEvent.click(screen.getByRole("button", { name: "Ask now" }));
  expect(again).not.toHaveBeenCalled();
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(await within(dialog).findByRole("button", { name: "Ask now" }));
  expect(again).toHaveBeenCalledOnce();
});

it("says nothing of a single call that has only just gone out", () => {
  show([{ ...row, batched: false }]);
  expect(screen.queryByRole("status")).toBeNull();
});
