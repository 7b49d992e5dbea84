/** What changed between two releases: counts first, the list of one kind when asked for. */
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { sessionQuery } from "../src/api/session";
import { ChangesPanel } from "../src/features/releases/ChangesPanel";
import { setLocale } from "../src/lib/locale";

const asked: string[] = [];
const release = (name: string) => ({ name });
const changes = {
  before: "v1",
  after: "v2",
  added: 3,
  added_samples: 2,
  removed: 0,
  removed_samples: 0,
  changed: 30_000,
  same: 4,
  reasons: { answer: 12, split: 5 },
  read: 20_000,
};
const rows = [{ question: "a/b/shadow", before: ["B"], after: [], reasons: ["answer"] }];

async function answer(input: RequestInfo | URL): Promise<Response> {
  const url = String(input instanceof Request ? input.url : input).replace(/^https?:\/\/[^/]+/, "");
  asked.push(url);
  const body = url.includes("/changes/rows")
    ? { results: rows, after: null }
    : url.includes("/changes")
      ? changes
      : { results: [release("v3"), release("v2"), release("v1")], waits_for: null };
  return new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" } });
}

function open(name: string) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(sessionQuery.queryKey, {
    user: { id: 1, username: "ada", name: "", is_administrator: false, locale: "en" },
    projects: [{ id: "p", slug: "p", name: "P", role: "lead", state: "active" }],
    csrf: "",
  } as never);
  const routes = [{ path: "/p/:project", element: <ChangesPanel release={name} /> }];
  render(
    <QueryClientProvider client={client}>
      <MantineProvider>
        <RouterProvider router={createMemoryRouter(routes, { initialEntries: ["/p/p"] })} />
      </MantineProvider>
    </QueryClientProvider>,
  );
}

beforeEach(() => {
  setLocale("en");
  asked.length = 0;
  vi.stubGlobal("fetch", vi.fn(answer));
});
afterEach(() => vi.unstubAllGlobals());

it("compares with the release before, says of how many the reasons are, and lists a kind when asked", async () => {
  open("v2");
  expect(await screen.findByText("What changed since v1")).toBeDefined();
  expect(await screen.findByText("answer 12 · split 5 (of the first 20,000)")).toBeDefined();
  expect(asked.filter((url) => url.includes("/rows"))).toEqual([]);
  await userEvent.click(screen.getByRole("tab", { name: "Changed 30,000" }));
  const link = await screen.findByRole("link", { name: "a/b/shadow" });
  expect(link.getAttribute("href")).toBe("/p/p/samples/a%2Fb");
  expect(asked.at(-1)).toContain("kind=changed");
});

it("says that the first release has nothing to be compared with, yet offers the others", async () => {
  open("v1");
  expect(await screen.findByText(/This is the first release/)).toBeDefined();
  expect(asked.some((url) => url.includes("/changes"))).toBe(false);
});
