/** A person's own phrases: typed by hand, each on its key, and told apart from typing where they go in. */
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, renderHook, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Phrases, PhrasesForm } from "../src/features/annotate/components/Phrases";
import { NO_TRACE } from "../src/features/annotate/model/trace";
import { useWriting } from "../src/features/annotate/model/useWriting";
import { setLocale } from "../src/lib/locale";

const sent: unknown[] = [];
beforeEach(() => {
  setLocale("en");
  sent.length = 0;
  vi.stubGlobal("fetch", async (_address: string, request: RequestInit) => {
    sent.push(JSON.parse(String(request.body)));
    return new Response(JSON.stringify({ user: {}, projects: [], csrf: "" }), {
      headers: { "Content-Type": "application/json" },
    });
  });
});
afterEach(() => vi.unstubAllGlobals());

function Own({ phrases, ready, insert }: { phrases: readonly string[]; ready: boolean; insert: () => void }) {
  const [changing, setChanging] = useState(false);
  return changing ? (
    <PhrasesForm phrases={phrases} close={() => setChanging(false)} />
  ) : (
    <Phrases phrases={phrases} ready={ready} onInsert={insert} onChange={() => setChanging(true)} />
  );
}

function show(phrases: readonly string[], ready = true) {
  const inserted = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider>
        <Own phrases={phrases} ready={ready} insert={inserted} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return { inserted, user: userEvent.setup() };
}
const field = (n: number) => screen.getByLabelText<HTMLInputElement>(`Own phrase ${n}`);

describe("own phrases", () => {
  it("stand with the key of their place, and a click inserts one", async () => {
    const { inserted, user } = show(["points towards the light", "", "no contact"]);
    const third = screen.getByRole("button", { name: /no contact/ });
    expect(third.textContent).toBe("Alt3no contact");
    await user.click(third);
    expect(inserted).toHaveBeenCalledWith("no contact");
  });

  it("wait for a sentence that takes them", () => {
    show(["no contact"], false);
    expect(screen.getByRole<HTMLButtonElement>("button", { name: /no contact/ }).disabled).toBe(true);
  });

  it("are added, changed and removed in place, and the others keep their keys", async () => {
    const { user } = show(["one", "two", "three"]);
    await user.click(screen.getByLabelText("Change your phrases"));
    await user.type(field(1), " more");
    await user.click(screen.getByLabelText("Remove phrase 2"));
    await user.type(field(9), "nine");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByLabelText("Own phrase 1")).toBeNull());
    expect(sent).toEqual([{ phrases: ["one more", "", "three", "", "", "", "", "", "nine"] }]);
  });

  it("cannot be pasted, so that nobody else's words become one", async () => {
    const { user } = show([]);
    await user.click(screen.getByText("Add phrases of your own"));
    await user.click(field(1));
    await user.paste("as the model wrote it");
    expect(field(1).value).toBe("");
    await user.type(field(1), "as I type it");
    expect(field(1).value).toBe("as I type it");
  });

  it("stay as they were when one leaves with Escape", async () => {
    const { user } = show(["one"]);
    await user.click(screen.getByLabelText("Change your phrases"));
    await user.type(field(1), " more{Escape}");
    expect(screen.getByRole("button", { name: /one/ }).textContent).toBe("Alt1one");
    expect(sent).toEqual([]);
  });
});

describe("writing with own phrases", () => {
  it("notes what a phrase brought as phrase, with no pause of a hand, and typing as typing", () => {
    const sentence = { key: "s", text: "", slot: null, regions: [] };
    const save = vi.fn();
    const { result } = renderHook(() =>
      useWriting({ begin: () => ({ sentences: [sentence], concluded: [] }), trace: undefined, save }),
    );
    const box = document.createElement("textarea");
    const change = (text: string, data: string) =>
      result.current.typed(sentence, text, new InputEvent("input", { inputType: "insertText", data }));
    // The browser's part: it edits the field that has focus and tells of it as of typing, before the call returns.
    document.execCommand = (_command, _ui, phrase = "") => {
      change(phrase, phrase);
      return true;
    };

    act(() => result.current.insertPhrase(box, "no contact"));
    act(() => change("no contact.", "."));

    expect(result.current.trace()).toEqual({ ...NO_TRACE, typed: 1, phrased: 10, phrases: 1 });
    expect(save).toHaveBeenLastCalledWith(expect.objectContaining({ trace: result.current.trace() }));
  });
});
