import { renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { usePace } from "./usePace";

it("counts what was done over the last twenty seconds, and nothing where nothing moved", () => {
  const { result, rerender } = renderHook(({ done, at }) => usePace(done, at), {
    initialProps: { done: 100, at: 1_000 },
  });
  expect(result.current).toBeNull();
  rerender({ done: 300, at: 3_000 });
  expect(result.current).toBe(100);
  rerender({ done: 300, at: 5_000 });
  expect(result.current).toBe(50);
  rerender({ done: 400, at: 60_000 });
  expect(result.current).toBeNull();
});
