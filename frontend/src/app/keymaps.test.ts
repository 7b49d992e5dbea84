import { describe, expect, it } from "vitest";
import { isFixed } from "../features/account/model/moving";
import { assertOneMeaningAKey } from "../lib/commands";
import { locale } from "../lib/locale";
import { keymaps } from "./keymaps";

const sources = import.meta.glob<string>("../features/**/*.tsx", {
  query: "?raw",
  import: "default",
  eager: true,
});
const SCOPE = /name: "([\w-]+)",\s+title: [^\n]+(\s+exclusive: true)?/g;
const COMMAND = /name: "([\w-]+)",\s+label:(?:(?!name: ")[\s\S])*?keys: \[([^\]]*)\]/g;

/** Pages that compute some of their commands: a key for each candidate, aspect, severity or reason. */
const COMPUTED = new Set(["annotate", "adjudicate", "review", "rationale", "reading", "audit"]);

interface Said {
  readonly scope: string;
  readonly command: string;
  readonly keys: readonly string[];
}

/** What the pages' own lists say: each command under the nearest scope before it, or the only one of its file. */
function saidByPages(): Said[] {
  return Object.values(sources).flatMap((source) => {
    if (!source.includes("useCommands(")) return [];
    const scopes = [...source.matchAll(SCOPE)];
    return [...source.matchAll(COMMAND)].flatMap((found) => {
      const scope = scopes.findLast((each) => each.index < found.index) ?? scopes[0];
      const keys = [...(found[2] ?? "").matchAll(/"([^"]+)"/g)].map((key) => key[1] ?? "");
      return scope?.[1] && !scope[2] ? [{ scope: scope[1], command: found[1] ?? "", keys }] : [];
    });
  });
}

describe("the keys of all pages", () => {
  it("are those that the pages themselves have", () => {
    const known = keymaps();
    const said = saidByPages().filter(({ keys }) => keys.some((key) => !isFixed(key)));
    expect(said.length).toBeGreaterThan(40);
    for (const { scope, command, keys } of said)
      expect({
        scope,
        command,
        keys: known[scope]?.commands.find(({ name }) => name === command)?.keys,
      }).toEqual({
        scope,
        command,
        keys,
      });
  });

  it("name no page and no command that is gone", () => {
    const said = saidByPages();
    for (const [page, { commands }] of Object.entries(keymaps())) {
      const own = said.filter((each) => each.scope === page).map(({ command }) => command);
      const names = commands.map(({ name }) => name);
      if (COMPUTED.has(page)) expect(Object.values(sources).join()).toContain(`name: "${page}"`);
      else expect(own.filter((name) => names.includes(name)).toSorted()).toEqual(names.toSorted());
    }
  });

  it.each(["en", "zh-CN"] as const)("have one meaning each on a page, and words in %s", (language) => {
    locale.set(language);
    for (const [name, { title, commands }] of Object.entries(keymaps())) {
      const scope = { name, title, commands: commands.map((each) => ({ ...each, perform: () => {} })) };
      expect(() => assertOneMeaningAKey(scope)).not.toThrow();
      expect([title, ...commands.map(({ label }) => label)]).not.toContain("");
    }
  });
});
