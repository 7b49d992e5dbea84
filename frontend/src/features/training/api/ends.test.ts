import { QueryClient } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { api } from "../../../api/client";
import { doubtsQuery } from "./doubts";
import { eventsQuery } from "./events";
import { logQuery } from "./run";

afterEach(() => vi.restoreAllMocks());

test("what a run told last is asked for once more when it has ended", async () => {
  const asked = vi.spyOn(api, "get").mockResolvedValue({ results: [], after: null } as never);
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });

  for (const live of [true, true, false]) {
    await client.fetchQuery(doubtsQuery("p", "r", "all", live));
    await client.fetchQuery(eventsQuery("p", "r", live));
    await client.fetchQuery(logQuery("p", "r", live));
  }

  expect(asked).toHaveBeenCalledTimes(6);
});
