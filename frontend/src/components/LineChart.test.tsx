import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { LineChart } from "./LineChart";

const drawn = (points: [number, number][]) => {
  const { container } = render(<LineChart label="a minute" series={[{ name: "one", points }]} />);
  return container.querySelector("svg g path");
};

test("a single point is a dot, since a path of one place draws nothing", () => {
  expect(drawn([[5, 79]])?.getAttribute("d")).toMatch(/h0$/);
  expect(drawn([[5, 79]])?.getAttribute("stroke-linecap")).toBe("round");
});

test("two points are a line", () => {
  expect(
    drawn([
      [0, 0],
      [5, 79],
    ])?.getAttribute("d"),
  ).toMatch(/^M[\d. ]+L[\d. ]+$/);
});

test("a line is lifted where it says so, and goes on behind it", () => {
  const { container } = render(
    <LineChart
      label="loss"
      xName="step"
      series={[
        {
          name: "one",
          points: [
            [1, 0.5],
            [2, 0.4],
            [3, 6],
            [4, 5],
          ],
          breaks: [0, 2],
        },
      ]}
    />,
  );
  const path = container.querySelector("svg g path")?.getAttribute("d") ?? "";
  expect(path.match(/[ML]/g)?.join("")).toBe("MLML");
  expect(container.textContent).toContain("step");
});

test("marks of a time axis stand at whole minutes, evenly", () => {
  const begun = new Date(2026, 10, 27, 17, 28).getTime();
  const { container } = render(
    <LineChart
      label="a minute"
      time
      formatX={(x) => new Date(x).toTimeString().slice(0, 8)}
      series={[
        {
          name: "one",
          points: [
            [begun, 0],
            [begun + 6 * 60_000, 5],
          ],
        },
      ]}
    />,
  );
  const marks = [...container.querySelectorAll("span")].map((each) => each.textContent ?? "");
  expect(marks.filter((each) => each.includes(":"))).toEqual(
    [28, 29, 30, 31, 32, 33, 34].map((minute) => `17:${minute}:00`),
  );
});

test("a long figure does not run into the axis' name in the corner", () => {
  const points = [
    [1000, 1],
    [1080, 2],
  ] as const;
  const { container } = render(
    <LineChart label="reward" xName="step" series={[{ name: "one", points }]} formatX={String} />,
  );
  expect(container.textContent).toContain("step");
  expect(container.textContent).not.toContain("1000");
  expect(container.textContent).toContain("1020");
});
