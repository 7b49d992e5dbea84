import { afterEach, describe, expect, it } from "vitest";
import { startActiveClock } from "./activeTime";

/** A page whose visibility and signs a test decides. */
function page() {
  const target = new EventTarget() as EventTarget & { visibilityState: DocumentVisibilityState };
  target.visibilityState = "visible";
  return {
    document: target as unknown as Document,
    show: (visible: boolean) => {
      target.visibilityState = visible ? "visible" : "hidden";
      target.dispatchEvent(new Event("visibilitychange"));
    },
    sign: () => target.dispatchEvent(new Event("keydown")),
  };
}

let stop = () => {};
afterEach(() => stop());

function setUp(quietMs = 60_000) {
  let at = 0;
  const shown = page();
  const clock = startActiveClock(quietMs, () => at, shown.document);
  stop = () => clock.stop();
  const wait = (ms: number) => {
    at += ms;
  };
  return { clock, wait, ...shown };
}

describe("the active clock", () => {
  it("stops while the tab is hidden", () => {
    const { clock, wait, show } = setUp();
    wait(10_000);
    show(false);
    wait(40_000);
    show(true);
    wait(5_000);
    expect(clock.take()).toBe(15_000);
  });

  it("counts so much of a silence as the idle rule says, and goes on with the next sign", () => {
    const { clock, wait, sign } = setUp(30_000);
    wait(300_000);
    expect(clock.peek()).toBe(30_000);
    sign();
    wait(1_000);
    expect(clock.take()).toBe(31_000);
  });

  it("gives each millisecond once", () => {
    const { clock, wait } = setUp();
    wait(2_000);
    expect(clock.take()).toBe(2_000);
    expect(clock.take()).toBe(0);
    wait(500);
    expect(clock.take()).toBe(500);
  });

  it("never gives more than the time in which the tab was visible, whatever happens in it", () => {
    let seed = 7;
    const draw = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (let run = 0; run < 50; run++) {
      const { clock, wait, show, sign } = setUp(20_000);
      let visible = true;
      let most = 0;
      let taken = 0;
      for (let step = 0; step < 40; step++) {
        const ms = draw(50_000);
        wait(ms);
        if (visible) most += ms;
        const what = draw(4);
        if (what === 0) {
          visible = !visible;
          show(visible);
        }
        if (what === 1) sign();
        if (what === 2) taken += clock.take();
      }
      taken += clock.take();
      expect(taken).toBeLessThanOrEqual(most);
      clock.stop();
    }
  });
});
