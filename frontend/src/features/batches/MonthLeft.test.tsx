import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { MonthLeft } from "./MonthLeft";

const november = {
  month: "2026-11-01",
  budget_usd: "12000.00",
  spent_usd: "9842.00",
  left_usd: "2158.00",
  out_on: "2026-11-26",
};
const batch = { usd: "2690.00", samples: 3104, per_day_ms: 165_600_000 };

function shown(month: typeof november | { out_on: null }, preview: Partial<typeof batch> = {}) {
  const cut = vi.fn();
  render(
    <MantineProvider>
      <MonthLeft month={{ ...november, ...month }} preview={{ ...batch, ...preview }} cut={cut} />
    </MantineProvider>,
  );
  return cut;
}

it("says by how much the month is passed, until when it lasts, and cuts to what fits", async () => {
  const cut = shown(november);

  const alert = screen.getByRole("status").textContent;
  expect(alert).toContain("$532.00 over November");
  expect(alert).toContain("$2,158.00 of $12,000.00 is left for November.");
  expect(alert).toContain("it would run out on Thu, Nov 26.");
  await userEvent.click(screen.getByRole("button", { name: "Cut to 2,490 samples" }));
  expect(cut).toHaveBeenCalledWith(2490);
});

it("says that a slow batch is paid after the month", () => {
  shown({ ...november, out_on: null });

  expect(screen.getByRole("status").textContent).toContain("it lasts to the end of November");
});

it("offers no cut where nothing is left", () => {
  shown({ ...november, left_usd: "-20.00" });

  expect(screen.getByRole("status").textContent).toContain("Nothing is left of the $12,000.00 for November.");
  expect(screen.queryByRole("button")).toBeNull();
});

it("warns of nothing where the batch fits", () => {
  shown(november, { usd: "2158.00" });

  expect(screen.queryByRole("status")).toBeNull();
  expect(screen.getByText("$2,158.00 of $12,000.00 is left for November.")).toBeTruthy();
});
