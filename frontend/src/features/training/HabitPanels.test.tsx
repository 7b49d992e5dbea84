import { MantineProvider } from "@mantine/core";
import { render, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { EvaluationRow } from "./api/run";
import { HabitPanels } from "./HabitPanels";

const row = (name: string, more: object): EvaluationRow =>
  ({
    name,
    kind: "trained",
    run_id: name,
    sandbox: false,
    figures: { unparsable: { value: 0.013 } },
    by_size: {},
    habits: null,
    ...more,
  }) as unknown as EvaluationRow;

const habits = {
  too_few: 0.384,
  too_many: null,
  chosen: { A: 0.312, B: 0.688 },
  right: { A: 0.45, B: 0.55 },
};

const show = (rows: EvaluationRow[]) =>
  render(
    <MantineProvider>
      <HabitPanels rows={rows} name={(each) => each.name} />
    </MantineProvider>,
  );

const panel = (title: string) => within(screen.getByText(title).closest("section") as HTMLElement);

it("tells of every model how it answers by size, by letter and how many it names", () => {
  show([
    row("Run 17", { habits, by_size: { "0": 0.772, "2": 0.481 } }),
    row("old run", { by_size: { "0": 0.5 } }),
    row("Always none", { kind: "trivial", by_size: { "0": 1 } }),
  ]);
  const sizes = panel("By size of the true set");
  expect(sizes.getAllByRole("columnheader").map((each) => each.textContent)).toEqual([
    "Model or policy",
    "none",
    "2",
  ]);
  expect(sizes.getByText("77.2")).toBeTruthy();
  expect(sizes.getByText("–")).toBeTruthy(); // the old run was not asked a set of two
  expect(sizes.queryByText("Always none")).toBeNull();
  const letters = panel("Letters chosen").getAllByRole("row").slice(1);
  expect(letters.map((each) => each.textContent)).toEqual(["True answers45.055.0", "Run 1731.268.8"]);
  const cells = panel("Habits").getAllByRole("cell");
  expect(cells.map((each) => each.textContent)).toEqual(["Run 17", "38.4", "–", "1.3"]);
});

it("shows no panel of what was not written", () => {
  show([row("old run", {})]);
  expect(screen.queryByRole("table")).toBeNull();
});
