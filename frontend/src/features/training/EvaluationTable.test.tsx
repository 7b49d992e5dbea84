import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter, Route, Routes } from "react-router";
import { expect, it } from "vitest";
import { aspectsQuery } from "../../api/aspects";
import { sessionQuery } from "../../api/session";
import type { EvaluationRow } from "./api/run";
import { EvaluationTable } from "./EvaluationTable";

const row = (name: string, exact: number): EvaluationRow =>
  ({
    name,
    kind: name === "trained" ? "trained" : "trivial",
    run_id: "r",
    sandbox: false,
    figures: { exact: { value: exact, low: exact - 0.1, high: exact + 0.1, n: 80 } },
    per_aspect: {},
  }) as unknown as EvaluationRow;

it("shows the best trivial policies, and the others when they are asked for", async () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  const project = { id: "1", slug: "demo", name: "Demo", state: "active", role: "lead" } as const;
  client.setQueryData(sessionQuery.queryKey, { user: null, projects: [project], csrf: "" } as never);
  client.setQueryData(aspectsQuery("demo").queryKey, { results: [] } as never);
  const rows = [
    row("trained", 0.5),
    row("best_constant", 0.3),
    row("select_none", 0.2),
    row("select_all", 0.1),
  ];
  render(
    <QueryClientProvider client={client}>
      <MantineProvider>
        <MemoryRouter initialEntries={["/p/demo"]}>
          <Routes>
            <Route
              path="/p/:project"
              element={<EvaluationTable rows={rows} comparisons={[]} aspects={[]} fewest={2} />}
            />
          </Routes>
        </MemoryRouter>
      </MantineProvider>
    </QueryClientProvider>,
  );
  expect(screen.getByText("Always none")).toBeTruthy();
  expect(screen.queryByText("Select all")).toBeNull();
  await userEvent.click(screen.getByText("Show 1 more"));
  expect(screen.getByText("Select all")).toBeTruthy();
  expect(screen.queryByText("Show 1 more")).toBeNull();
});
