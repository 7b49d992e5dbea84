import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { expect, it } from "vitest";
import { sessionQuery } from "../../../api/session";
import type { BatchRow, ClaimReply } from "../api/shapes";
import { Frame } from "./Frame";

const counted = { submitted: 3, active_ms: 60_000, pace_ms: 20_000, accepted: 4, places: 30 };

function shown(practice: ClaimReply["batch"]["practice"], on: { ahead: number; practised: number }) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  const user = {
    id: 1,
    username: "one",
    name: "One",
    is_administrator: false,
    locale: "en",
    keys: {},
    phrases: [],
  };
  client.setQueryData(sessionQuery.queryKey, { user, projects: [], csrf: "" });
  return render(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <MemoryRouter>
          <Frame
            batch={{ id: "b", number: 1, name: "Floors" } as BatchRow}
            project="demo"
            progress={{ ...counted, practice }}
            {...on}
          >
            <span />
          </Frame>
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

it("shows practice as what it is, and the batch's own progress when it is done", () => {
  const { container, unmount } = shown({ done: 2, of: 5, floor: 0.8, below: [] }, { ahead: 0, practised: 1 });
  expect(screen.getByText("Practice 3 of 5")).toBeDefined();
  expect(container.querySelector("[role=progressbar]")?.getAttribute("aria-valuemax")).toBe("5");
  expect(screen.queryByText("4 of 30")).toBeNull();
  unmount();

  shown(null, { ahead: 1, practised: 0 });
  expect(screen.getByText("5 of 30")).toBeDefined();
  expect(screen.getByText("4 by you")).toBeDefined();
});

it("says when practice is done again", () => {
  shown({ done: 0, of: 5, floor: 0.8, below: ["shadow"] }, { ahead: 0, practised: 0 });
  expect(screen.getByText("Practice again 0 of 5")).toBeDefined();
});
