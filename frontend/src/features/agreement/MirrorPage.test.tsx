import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { MemoryRouter, Route, Routes } from "react-router";
import { expect, it } from "vitest";
import { aspectsQuery } from "../../api/aspects";
import { sessionQuery } from "../../api/session";
import { mirrorQuery } from "./api/mirror";
import { MirrorPage } from "./MirrorPage";

it("offers to appeal practice to somebody of whom nothing is counted yet", () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  const project = { id: "1", slug: "demo", name: "Demo", state: "active", role: "annotator" } as const;
  const user = {
    id: 1,
    username: "new",
    name: "New",
    is_administrator: false,
    locale: "en",
    keys: {},
    phrases: [],
  };
  client.setQueryData(sessionQuery.queryKey, { user, projects: [project], csrf: "" });
  client.setQueryData(aspectsQuery("demo").queryKey, { results: [] } as never);
  const wrong = [{ slot: "B", letter: "A", aspect: "shadow", expected: "major", said: "none" }];
  const practised = {
    assignment_id: 7,
    sample: "s-17",
    note: "Look at the foot.",
    wrong,
    judged_at: "2026-11-26T12:00:00Z",
    appeal: "",
    reply: "",
  };
  client.setQueryData(mirrorQuery("demo").queryKey, {
    standing: { made_at: null },
    figures: null,
    sent_back: [],
    practised: [practised],
  } as never);

  render(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <MemoryRouter initialEntries={["/p/demo"]}>
          <Routes>
            <Route path="/p/:project" element={<MirrorPage />} />
          </Routes>
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );

  expect(screen.getByText("Nothing of yours is counted yet.")).toBeTruthy();
  expect(screen.getByText("s-17")).toBeTruthy();
  expect(screen.getByRole("button", { name: "The expected answer is wrong" })).toBeTruthy();
});
