/** One's own sign-ins: ending them, and a token that is shown once. */
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { beforeEach, expect, it, vi } from "vitest";
import { AccountPage } from "../src/features/account/AccountPage";
import { setLocale } from "../src/lib/locale";

const BROWSERS = "/api/v1/session/browsers";
const TOKENS = "/api/v1/session/tokens";
const at = "2026-01-01T10:00:00Z";
const browser = (id: string, agent: string, current = false) => ({
  id,
  user_agent: agent,
  created_at: at,
  expires_at: at,
  current,
});
let browsers = [browser("b1", "Firefox/1 Linux", true), browser("b2", "curl/8"), browser("b3", "")];
let tokens: { id: string; name: string; created_at: string; revoked_at: string | null }[] = [];
let asked: string[] = [];

async function answer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const url = String(input instanceof Request ? input.url : input).replace(/^https?:\/\/[^/]+/, "");
  const method = init?.method ?? "GET";
  const json = (body: unknown, status = 200) =>
    new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
  if (method !== "GET") asked.push(`${method} ${url}`);
  if (method === "DELETE" && url.startsWith(`${BROWSERS}/`)) {
    browsers = browsers.filter((each) => !url.endsWith(each.id));
    return new Response(null, { status: 204 });
  }
  if (method === "DELETE") {
    tokens = tokens.map((each) => ({ ...each, revoked_at: at }));
    return new Response(null, { status: 204 });
  }
  if (method === "POST") {
    tokens = [{ id: "t1", name: "nightly", created_at: at, revoked_at: null }];
    return json({ id: "t1", name: "nightly", secret: "lpt_once" }, 201);
  }
  return json({ results: url === BROWSERS ? browsers : tokens });
}

beforeEach(() => {
  setLocale("en");
  browsers = [browser("b1", "Firefox/1 Linux", true), browser("b2", "curl/8"), browser("b3", "")];
  tokens = [];
  asked = [];
  vi.stubGlobal("fetch", vi.fn(answer));
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <MantineProvider>
        <MemoryRouter>
          <AccountPage />
        </MemoryRouter>
      </MantineProvider>
    </QueryClientProvider>,
  );
});

it("one browser is signed out, then all but this one", async () => {
  const row = (await screen.findByText("curl")).closest("tr") as HTMLElement;
  await userEvent.click(within(row).getByRole("button", { name: "Sign out" }));
  await vi.waitFor(() => expect(screen.queryByText("curl")).toBeNull());
  await userEvent.click(screen.getByRole("button", { name: "Sign out 1 other browser" }));
  expect(await screen.findByText("You are signed in nowhere else.")).toBeDefined();
  expect(asked).toEqual([`DELETE ${BROWSERS}/b2`, `DELETE ${BROWSERS}/b3`]);
});

it("a token is named, shown once, and revoked after a question", async () => {
  await userEvent.click(await screen.findByRole("button", { name: "Make a token" }));
  expect(await screen.findByText("Say what it is for.")).toBeDefined();
  expect(asked).toEqual([]);
  await userEvent.type(screen.getByLabelText("What it is for"), "nightly");
  await userEvent.click(screen.getByRole("button", { name: "Make a token" }));
  expect(await screen.findByDisplayValue("lpt_once")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "I have copied it" }));
  await vi.waitFor(() => expect(screen.queryByDisplayValue("lpt_once")).toBeNull());

  await userEvent.click(await screen.findByRole("button", { name: "Revoke" }));
  const dialog = await screen.findByRole("dialog");
  expect(asked).toHaveLength(1);
  await userEvent.click(within(dialog).getByRole("button", { name: "Revoke" }));
  expect(await screen.findByText(/^revoked/)).toBeDefined();
  expect(asked[1]).toBe(`DELETE ${TOKENS}/t1`);
});
