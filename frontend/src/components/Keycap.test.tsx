import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { Keycap, Modifiers } from "./Keycap";

const caps = (container: HTMLElement) =>
  [...container.querySelectorAll("kbd")].map((each) => each.textContent);

it("prints what a row of keys has in common once", () => {
  const { container } = render(
    <>
      <Modifiers of="Alt+Shift+Digit0" />
      {["Alt+Shift+Digit0", "Alt+Shift+Digit1", "Alt+KeyN"].map((chord) => (
        <Keycap key={chord} chord={chord} inRowOf="Alt+Shift+Digit0" />
      ))}
    </>,
  );
  expect(caps(container)).toEqual(["Alt", "⇧", "0", "1", "Alt", "N"]);
});

it("prints the whole chord where a key stands alone", () => {
  const { container } = render(<Keycap chord="Alt+Shift+Digit1" />);
  expect(caps(container)).toEqual(["Alt", "⇧", "1"]);
});
