/** Work that is done names the next step: a judged lot leads on, a new batch says what it left out. */
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactElement } from "react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sessionQuery } from "../src/api/session";
import { entriesQuery, lotQuery } from "../src/features/audits/api/lot";
import { LotPage } from "../src/features/audits/LotPage";
import { WritingDialog } from "../src/features/rationales/WritingDialog";
import { setLocale } from "../src/lib/locale";

const asked: unknown[] = [];
beforeEach(() => {
  setLocale("en");
  asked.length = 0;
});
afterEach(() => vi.unstubAllGlobals());

function open(page: ReactElement, role: "lead" | "reviewer", fill: (client: QueryClient) => void = () => {}) {
  const client = new QueryClient({
    defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false } },
  });
  client.setQueryData(sessionQuery.queryKey, {
    user: { id: 1, username: "ada", name: "", is_administrator: false, locale: "en" },
    projects: [{ id: "p", slug: "p", name: "P", role, state: "active" }],
    csrf: "",
  } as never);
  fill(client);
  const router = createMemoryRouter(
    [
      { path: "/p/:project/audits/:lot", element: page },
      { path: "*", element: <p>elsewhere</p> },
    ],
    { initialEntries: ["/p/p/audits/7"] },
  );
  render(
    <QueryClientProvider client={client}>
      <MantineProvider>
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return router;
}

function openLot(role: "lead" | "reviewer", lot: object, accepted: boolean | null = true) {
  const entry = {
    id: 1,
    position: 0,
    sample: "s-1",
    aspect: "shadow",
    sentences: [],
    readings: [],
    pictures: [],
    accepted,
  };
  return open(<LotPage />, role, (client) => {
    client.setQueryData(lotQuery("p", "7").queryKey, {
      id: "7",
      number: 7,
      way: "",
      state: "open",
      population_count: 1,
      rate: { value: 1, low: 0, high: 1 },
      trial_id: null,
      ...lot,
    } as never);
    client.setQueryData(entriesQuery("p", "7").queryKey, { results: [entry] } as never);
  });
}
const ways = () =>
  screen
    .getAllByRole("link")
    .map((each) => each.getAttribute("href"))
    .slice(1);

describe("a judged lot", () => {
  it("of a trial leads a lead back to the trial", () => {
    openLot("lead", { trial_id: "9" });
    expect(screen.getByText("To the trial").closest("a")?.getAttribute("href")).toBe("/p/p/trials/9");
    expect(screen.queryByText("Accept the lot")).toBeNull();
  });

  it("of a trial leads a reviewer, who may not open trials, to the other lots", () => {
    openLot("reviewer", { trial_id: "9" });
    expect(ways()).toEqual(["/p/p/audits"]);
  });

  it("of a way is the lead's to decide", () => {
    openLot("lead", { way: "manual" });
    expect(screen.getByText("Accept the lot")).toBeTruthy();
    expect(ways()).toEqual([]);
  });

  it("of a way leads a reviewer, who may not decide it, to the other lots", () => {
    openLot("reviewer", { way: "manual" });
    expect(screen.queryByText("Accept the lot")).toBeNull();
    expect(ways()).toEqual(["/p/p/audits"]);
  });

  it("that is not judged yet names no next step", () => {
    openLot("lead", { trial_id: "9" }, null);
    expect(screen.queryByText("To the trial")).toBeNull();
  });
});

describe("a new writing batch", () => {
  it("says how many it left out and in which batches they wait, then leads on", async () => {
    const made = { id: "b", pieces: 18, elsewhere: [{ id: "a", number: 5, count: 2 }] };
    vi.stubGlobal("fetch", async (_address: string, request?: RequestInit) => {
      if (request?.method === "POST") asked.push(JSON.parse(String(request.body)));
      return new Response(JSON.stringify(request?.method === "POST" ? made : { results: [] }), {
        headers: { "Content-Type": "application/json" },
      });
    });
    const router = open(<WritingDialog close={() => {}} />, "lead");
    const user = userEvent.setup();
    await user.click(await screen.findByText("Make a batch"));
    expect((await screen.findByRole("status")).textContent).toContain(
      "The batch is made, of 18. 2 more that fit wait in other open batches and were left out: batch 5 (2)",
    );
    expect(asked).toMatchObject([{ also_open: false, scope: { limit: 20 } }]);
    await user.click(screen.getByText("Open the new batch"));
    expect(router.state.location.pathname).toBe("/p/p/batches/b");
  });
});
