import { render } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  assertOneMeaningAKey,
  type Command,
  listenForCommands,
  ownKeys,
  type Scope,
  useCommands,
} from "./commands";
import { capsOf } from "./keys";

function Live({ scope }: { scope: Scope }) {
  useCommands(scope);
  return <textarea aria-label="field" />;
}
const command = (name: string, keys: string[], part: Partial<Command> = {}): Command => ({
  name,
  label: name,
  keys,
  perform: vi.fn(),
  ...part,
});
const scope = (name: string, commands: Command[], exclusive = false): Scope => ({
  name,
  title: name,
  commands,
  exclusive,
});
const down = (code: string, part: KeyboardEventInit = {}, target: EventTarget = document.body) =>
  target.dispatchEvent(
    new KeyboardEvent("keydown", { code, key: part.key ?? code, bubbles: true, cancelable: true, ...part }),
  );
const up = (code: string) => document.body.dispatchEvent(new KeyboardEvent("keyup", { code, bubbles: true }));

let stop: () => void;
beforeEach(() => {
  stop = listenForCommands();
});
afterEach(() => {
  stop();
  ownKeys.set({});
});

describe("commands", () => {
  it("answer to the physical key, with or without Shift as written", () => {
    const [q, shiftQ] = [command("q", ["KeyQ"]), command("unsure", ["Shift+KeyQ"])];
    render(<Live scope={scope("page", [q, shiftQ])} />);
    down("KeyQ", { key: "й" }); // a Russian layout prints another letter on the same key
    down("KeyQ", { shiftKey: true });
    expect(q.perform).toHaveBeenCalledTimes(1);
    expect(shiftQ.perform).toHaveBeenCalledTimes(1);
  });

  it("answer to a printed character where that is the point", () => {
    const help = command("help", ["?"]);
    render(<Live scope={scope("page", [help])} />);
    down("Slash", { key: "?", shiftKey: true });
    expect(help.perform).toHaveBeenCalledTimes(1);
  });

  it("leave letters to a text field, and keep Alt chords and Escape", () => {
    const [q, next, leave] = [
      command("q", ["KeyQ"]),
      command("next", ["Alt+KeyN"]),
      command("leave", ["Escape"]),
    ];
    const view = render(<Live scope={scope("page", [q, next, leave])} />);
    const field = view.getByLabelText("field");
    expect(down("KeyQ", {}, field)).toBe(true); // not prevented: the letter is text
    down("KeyN", { altKey: true }, field);
    down("Escape", {}, field);
    expect(q.perform).not.toHaveBeenCalled();
    expect(next.perform).toHaveBeenCalledTimes(1);
    expect(leave.perform).toHaveBeenCalledTimes(1);
  });

  it("hear the newest scope first, and nothing below an exclusive one", () => {
    const [below, above, other] = [
      command("below", ["KeyA"]),
      command("above", ["KeyA"]),
      command("other", ["KeyB"]),
    ];
    render(<Live scope={scope("page", [below, other])} />);
    render(<Live scope={scope("dialog", [above], true)} />);
    down("KeyA");
    down("KeyB");
    expect(above.perform).toHaveBeenCalledTimes(1);
    expect(below.perform).not.toHaveBeenCalled();
    expect(other.perform).not.toHaveBeenCalled();
  });

  it("leave the keys to a dialog when a page comes about behind it", () => {
    const [read, submit] = [command("read", ["Enter"]), command("submit", ["Enter"])];
    const dialog = render(<Live scope={scope("dialog", [read], true)} />);
    render(<Live scope={scope("page", [submit])} />);
    down("Enter");
    expect(read.perform).toHaveBeenCalledTimes(1);
    expect(submit.perform).not.toHaveBeenCalled();
    dialog.unmount();
    down("Enter");
    expect(submit.perform).toHaveBeenCalledTimes(1);
  });

  it("are released when the key comes up, and do not repeat while it is held", () => {
    const release = vi.fn();
    const blink = command("blink", ["Space"], { release });
    render(<Live scope={scope("page", [blink])} />);
    down("Space");
    down("Space", { repeat: true });
    expect(blink.perform).toHaveBeenCalledTimes(1);
    up("Space");
    expect(release).toHaveBeenCalledTimes(1);
  });

  it("do nothing while disabled, and nothing after their page is gone", () => {
    const submit = command("submit", ["Enter"], { enabled: false });
    const gone = command("gone", ["KeyG"]);
    render(<Live scope={scope("page", [submit])} />);
    render(<Live scope={scope("old", [gone])} />).unmount();
    down("Enter");
    down("KeyG");
    expect(submit.perform).not.toHaveBeenCalled();
    expect(gone.perform).not.toHaveBeenCalled();
  });

  it("answer to a person's own key instead of Loupe's, on that page only", () => {
    const [lens, clean, other] = [
      command("lens", ["KeyL"]),
      command("clean", ["KeyA"]),
      command("other", ["KeyL"]),
    ];
    ownKeys.set({ page: { KeyL: "KeyA", KeyA: "KeyL" } });
    const view = render(<Live scope={scope("page", [lens, clean])} />);
    down("KeyA");
    expect([lens.perform, clean.perform].map((each) => vi.mocked(each).mock.calls.length)).toEqual([1, 0]);
    down("KeyL");
    expect([lens.perform, clean.perform].map((each) => vi.mocked(each).mock.calls.length)).toEqual([1, 1]);
    view.unmount();
    render(<Live scope={scope("elsewhere", [other])} />);
    down("KeyL");
    expect(other.perform).toHaveBeenCalledTimes(1);
  });

  it("refuse two meanings of one key in one scope", () => {
    expect(() =>
      assertOneMeaningAKey(scope("page", [command("a", ["KeyA"]), command("b", ["KeyA"])])),
    ).toThrow("page: KeyA means both a and b");
    expect(() => assertOneMeaningAKey(scope("page", [command("a", ["KeyA"]), command("a", [])]))).toThrow(
      "named a",
    );
  });
});

describe("key caps", () => {
  it("show what is printed on them", () => {
    expect(capsOf("Shift+KeyQ")).toEqual(["⇧", "Q"]);
    expect(capsOf("Alt+Digit1")).toEqual(["Alt", "1"]);
    expect(capsOf("Backspace")).toEqual(["⌫"]);
    expect(capsOf("?")).toEqual(["?"]);
  });
});
