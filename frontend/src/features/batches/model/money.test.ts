import { describe, expect, it } from "vitest";
import { excessOf, standingOf } from "./money";

const money = {
  hourly_usd: "18",
  rate_since: null,
  spent_usd: "0",
  expected_usd: null,
  budget_usd: "100.00",
};

describe("a batch against its budget", () => {
  it("is near from four fifths on, and over when nothing is left", () => {
    const stateAt = (spent: string) => standingOf({ ...money, spent_usd: spent })?.state;
    expect(["79.99", "80.00", "99.99", "100.00"].map(stateAt)).toEqual(["within", "near", "near", "over"]);
  });

  it("is near as soon as all its places will cost more", () => {
    expect(standingOf({ ...money, spent_usd: "5.00", expected_usd: "100.01" })?.state).toBe("near");
    expect(standingOf({ ...money, spent_usd: "5.00", expected_usd: "100.00" })?.state).toBe("within");
  });

  it("stands nowhere without one", () => {
    expect(standingOf({ ...money, budget_usd: null })).toBeNull();
  });
});

describe("a batch that is not started", () => {
  it("says how much too much it is and how many samples would fit", () => {
    expect(excessOf({ usd: "150.00", samples: 100 }, 100)).toEqual({ usd: 50, samples: 66 });
  });

  it("is the whole of it too much where nothing is left, and no sample fits", () => {
    expect(excessOf({ usd: "2690.00", samples: 3104 }, 2158)).toEqual({ usd: 532, samples: 2490 });
    expect(excessOf({ usd: "150.00", samples: 100 }, -20)).toEqual({ usd: 170, samples: 0 });
  });

  it("fits where it costs no more, and where nothing is known", () => {
    expect(excessOf({ usd: "100.00", samples: 100 }, 100)).toBeNull();
    expect(excessOf({ usd: null, samples: 100 }, 100)).toBeNull();
  });
});
