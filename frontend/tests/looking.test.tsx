/** An auditor looks as an annotator does: one viewport, and every candidate against the original while a key is held. */
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen } from "@testing-library/react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sessionQuery } from "../src/api/session";
import type { Entry } from "../src/features/audits/api/lot";
import { EntryPictures, useLooking } from "../src/features/audits/EntryPictures";
import { listenForCommands, useCommands } from "../src/lib/commands";
import { setLocale } from "../src/lib/locale";

const entry = {
  id: 1,
  position: 1,
  sample: "s-1",
  aspect: "shadow",
  text: "",
  sentences: [],
  concluded: ["B"],
  pictures: ["O", "A", "B"].map((slot) => ({ slot, sha256: slot, width: 100, height: 100 })),
  accepted: null,
  reason: "",
  note: "",
} as unknown as Entry;

function Page() {
  const looking = useLooking(entry.pictures);
  useCommands({ name: "audit", title: "Audit", commands: looking.commands });
  return <EntryPictures entry={entry} looking={looking} />;
}
const key = (type: "keydown" | "keyup", code: string) =>
  act(() => {
    document.body.dispatchEvent(
      new KeyboardEvent(type, { code, key: code, bubbles: true, cancelable: true }),
    );
  });
const originalOver = (name: string) =>
  screen.getByRole("img", { name }).querySelector('image[visibility="visible"]')?.getAttribute("href") ??
  null;
const boxOf = (name: string) => screen.getByRole("img", { name }).getAttribute("viewBox");

let stop: () => void;
beforeEach(() => {
  setLocale("en");
  stop = listenForCommands();
  const client = new QueryClient();
  client.setQueryData(sessionQuery.queryKey, {
    user: { id: 1, username: "ada", name: "", is_administrator: false, locale: "en" },
    projects: [{ id: "p", slug: "p", name: "P", role: "reviewer", state: "active" }],
    csrf: "",
  } as never);
  const router = createMemoryRouter([{ path: "/p/:project", element: <Page /> }], {
    initialEntries: ["/p/p"],
  });
  render(
    <QueryClientProvider client={client}>
      <MantineProvider>
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>,
  );
});
afterEach(() => stop());

it("shows the original in every candidate's place while Space is held, and no longer", () => {
  expect(originalOver("A")).toBeNull();
  key("keydown", "Space");
  expect([originalOver("A"), originalOver("B")]).toEqual(
    Array(2).fill("/api/v1/projects/p/pictures/O?fit=768"),
  );
  key("keyup", "Space");
  expect(originalOver("A")).toBeNull();
});

it("zooms all pictures together and fits them again", () => {
  const fitted = boxOf("A");
  key("keydown", "KeyZ");
  expect(boxOf("A")).not.toBe(fitted);
  expect(boxOf("Original")).toBe(boxOf("A"));
  key("keydown", "Digit0");
  expect(boxOf("A")).toBe(fitted);
});
