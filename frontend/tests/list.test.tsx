import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { ListPanel } from "../src/components/ListPanel";
import { setLocale } from "../src/lib/locale";

const refetch = vi.fn();
const open = (isPending: boolean, error: Error | null, count: number) =>
  render(
    <MantineProvider>
      <ListPanel query={{ isPending, error, refetch }} count={count} empty="Nothing yet.">
        rows
      </ListPanel>
    </MantineProvider>,
  );
beforeEach(() => {
  setLocale("en");
  refetch.mockClear();
});

it("a list that failed says why and asks again, whatever it had before", async () => {
  open(false, new Error("The server is away."), 3);
  expect(screen.getByText(/The server is away/)).toBeDefined();
  expect(screen.queryByText("rows")).toBeNull();
  await userEvent.click(screen.getByRole("button"));
  expect(refetch).toHaveBeenCalledTimes(1);
});

it("an empty list shows what to do, and only once it is known to be empty", () => {
  const { unmount } = open(true, null, 0);
  expect(screen.queryByText("Nothing yet.")).toBeNull();
  unmount();
  open(false, null, 0);
  expect(screen.getByText("Nothing yet.")).toBeDefined();
});

it("a list that is there is shown", () => {
  open(false, null, 2);
  expect(screen.getByText("rows")).toBeDefined();
});
