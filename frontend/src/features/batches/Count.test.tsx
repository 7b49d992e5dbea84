import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { Count } from "./Count";

function Field() {
  const [value, set] = useState(2);
  return (
    <MantineProvider>
      <Count label="Opinions" min={1} max={20} value={value} set={set} />
      <output>{value}</output>
    </MantineProvider>
  );
}

it("may be emptied and typed anew, keeps its number until then, and shows it again when left empty", async () => {
  render(<Field />);
  const field = screen.getByLabelText<HTMLInputElement>("Opinions");
  await userEvent.click(field);
  await userEvent.keyboard("{Backspace}");
  expect([field.value, screen.getByRole("status").textContent]).toEqual(["", "2"]);
  await userEvent.keyboard("13");
  expect([field.value, screen.getByRole("status").textContent]).toEqual(["13", "13"]);

  await userEvent.keyboard("{Backspace}{Backspace}{Tab}");
  expect([field.value, screen.getByRole("status").textContent]).toEqual(["1", "1"]);
});
