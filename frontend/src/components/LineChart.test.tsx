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
