import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { MemoryRouter, Route, Routes } from "react-router";
import { afterEach, expect, test } from "vitest";
import { setLocale } from "../lib/locale";
import { aspectsQuery, useAspectName, useAspectOrder } from "./aspects";
import { sessionQuery } from "./session";

function Names() {
  const name = useAspectName();
  return ["shadow", "layout", "no_longer_used", "overall"].map((key) => <p key={key}>{name(key)}</p>);
}

function Ordered() {
  const order = useAspectOrder();
  return order(["no_longer_used", "layout", "shadow"]).map((key) => <p key={key}>{key}</p>);
}

function shown(page = <Names />): (string | null)[] {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  const project = { id: "1", slug: "demo", name: "Demo", state: "active", role: "lead" } as const;
  const user = {
    id: 1,
    username: "lead",
    name: "Lead",
    is_administrator: false,
    locale: "en",
    keys: {},
    phrases: [],
  };
  client.setQueryData(sessionQuery.queryKey, { user, projects: [project], csrf: "" });
  const aspect = { description: {}, severities: [], order: 0, retired: false };
  client.setQueryData(aspectsQuery("demo").queryKey, {
    results: [
      { ...aspect, key: "shadow", names: { en: "Shadow", zh: "阴影" } },
      { ...aspect, key: "layout", names: { en: "Layout" } },
    ],
  } as never);
  render(
    <QueryClientProvider client={client}>
      <MemoryRouter initialEntries={["/p/demo"]}>
        <Routes>
          <Route path="/p/:project" element={page} />
        </Routes>
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return screen.getAllByRole("paragraph").map((each) => each.textContent);
}

afterEach(() => setLocale("en"));

test("an aspect is called by its name, one that is not in use any more by its key", () => {
  expect(shown()).toEqual(["Shadow", "Layout", "no longer used", "Overall"]);
});

test("in Chinese by its Chinese name, where it has one", () => {
  setLocale("zh-CN");
  expect(shown()).toEqual(["阴影", "Layout", "no longer used", "整体"]);
});

test("aspects come in the project's order, one that is not in use any more last", () => {
  expect(shown(<Ordered />)).toEqual(["shadow", "layout", "no_longer_used"]);
});
