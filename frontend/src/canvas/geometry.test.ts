import { describe, expect, it } from "vitest";
import {
  boxBetween,
  clampView,
  FIT,
  imagePoint,
  panBy,
  screenPoint,
  showBox,
  toImage,
  toScreen,
  type Viewport,
  visibleBox,
  zoomAt,
} from "./geometry";

const picture = { width: 1024, height: 768 };
const stage = { width: 290, height: 290 };
const close = (a: readonly number[], b: readonly number[]) => {
  expect(a[0]).toBeCloseTo(b[0] ?? Number.NaN, 6);
  expect(a[1]).toBeCloseTo(b[1] ?? Number.NaN, 6);
};

describe("a viewport", () => {
  it("shows the whole picture in the middle of its stage when it fits", () => {
    const box = visibleBox(FIT, picture, stage);
    expect(box.x).toBeCloseTo(0);
    expect(box.width).toBeCloseTo(1024);
    expect(box.y).toBeCloseTo(-128); // air above and below a wide picture
  });

  it("maps to the screen and back without moving a point", () => {
    const view: Viewport = { centerX: 0.3, centerY: 0.7, zoom: 3.7 };
    const at = imagePoint(311, 640);
    close(toImage(toScreen(at, view, picture, stage), view, picture, stage), at);
  });

  it("keeps the pixel under the pointer while zooming", () => {
    const at = screenPoint(200, 140);
    const before = toImage(at, FIT, picture, stage);
    const view = zoomAt(FIT, at, 2.5, picture, stage);
    close(toImage(at, view, picture, stage), before);
    expect(view.zoom).toBe(2.5);
  });

  it("serves pictures of different rasters: the same share of each is shown", () => {
    const view = zoomAt(FIT, screenPoint(145, 145), 4, picture, stage);
    const small = visibleBox(view, { width: 512, height: 384 }, stage);
    const large = visibleBox(view, picture, stage);
    expect(small.x * 2).toBeCloseTo(large.x);
    expect(small.width * 2).toBeCloseTo(large.width);
  });

  it("never goes further out than the picture, nor over its edges", () => {
    expect(clampView({ centerX: 0.9, centerY: 0.1, zoom: 0.2 })).toEqual({
      centerX: 0.5,
      centerY: 0.5,
      zoom: 1,
    });
    const far = panBy({ centerX: 0.5, centerY: 0.5, zoom: 2 }, -9999, 0, picture, stage);
    expect(far.centerX).toBe(0.75);
  });

  it("brings a box into view with air round it", () => {
    const box = { x: 600, y: 100, width: 80, height: 60 };
    const visible = visibleBox(showBox(box, picture, stage), picture, stage);
    expect(visible.x).toBeLessThan(600);
    expect(visible.x + visible.width).toBeGreaterThan(680);
  });
});

describe("a box between two corners", () => {
  it("does not care which corner came first, and stays on the picture in whole pixels", () => {
    const box = { x: 10, y: 20, width: 90, height: 30 };
    expect(boxBetween(imagePoint(100.2, 50.1), imagePoint(9.8, 19.9), picture)).toEqual(box);
    expect(boxBetween(imagePoint(-40, 700), imagePoint(60, 9000), picture)).toEqual({
      x: 0,
      y: 700,
      width: 60,
      height: 68,
    });
  });
});
