import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

/** lib ← api ← canvas, components ← features ← app; a feature never knows another one. */
const LAYERS: Readonly<Record<string, number>> = {
  lib: 0,
  canvas: 1,
  api: 1,
  components: 2,
  features: 3,
  app: 4,
};
const SRC = resolve(import.meta.dirname, "../src");

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|tsx)$/.test(name) && !name.startsWith("api/generated"))
    .map((name) => join(folder, name));

const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from\s+|import\s*\(\s*|import\s+)"(\.[^"]+)"/g)].map((found) => found[1] ?? "");

const place = (file: string): string[] => relative(SRC, file).split("/");

/** What is wrong with an import, or null. */
function violation(file: string, target: string): string | null {
  const [from = "", feature = ""] = place(file);
  const [to = "", other = ""] = place(resolve(dirname(file), target));
  const [low, high] = [LAYERS[from], LAYERS[to]];
  if (from === "main.tsx") return null;
  if (low === undefined || high === undefined) return `${from} or ${to} is no layer`;
  if (high > low) return `${relative(SRC, file)} (${from}) imports ${target} (${to})`;
  if (from === "features" && to === "features" && feature !== other)
    return `feature ${feature} imports feature ${other}`;
  if (from === "canvas" && to !== "canvas" && to !== "lib") return `canvas imports ${to}`;
  return null;
}

describe("layers", () => {
  it("hold for every import", () => {
    const wrong = filesBelow(SRC).flatMap((file) =>
      importsOf(readFileSync(file, "utf8"))
        .map((target) => violation(file, target))
        .filter((each) => each !== null),
    );
    expect(wrong).toEqual([]);
  });

  it("are refused upwards and sideways", () => {
    expect(violation(join(SRC, "lib/texts.ts"), "../components/Matrix")).toMatch(/imports/);
    expect(violation(join(SRC, "features/batches/List.tsx"), "../samples/Row")).toMatch(/feature batches/);
    expect(violation(join(SRC, "components/Matrix.tsx"), "../features/annotate/model")).toMatch(/imports/);
    expect(violation(join(SRC, "features/batches/List.tsx"), "../../components/Matrix")).toBeNull();
  });

  it("keep React out of the canvas", () => {
    const wrong = filesBelow(join(SRC, "canvas")).filter((file) =>
      /from "react/.test(readFileSync(file, "utf8")),
    );
    expect(wrong).toEqual([]);
  });
});
