/** Pure geometry. A point names its space; nothing here knows the page or React. */
type Pair = readonly [x: number, y: number];
/** Pixels of the stored raster. */
export type ImagePoint = Pair & { readonly space: "image" };
/** CSS pixels inside one stage. */
export type ScreenPoint = Pair & { readonly space: "screen" };

// The brand exists for the compiler alone: at run time a point is its pair.
export const imagePoint = (x: number, y: number): ImagePoint => [x, y] as unknown as ImagePoint;
export const screenPoint = (x: number, y: number): ScreenPoint => [x, y] as unknown as ScreenPoint;

export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/**
 * What every picture of a sample shows: a centre and a magnification relative to "the whole picture fits".
 * Relative, so that one viewport serves pictures of different rasters: (0.5, 0.5) is the middle of each.
 */
export interface Viewport {
  readonly centerX: number;
  readonly centerY: number;
  /** 1 = fits; 4 = a quarter of the width fills the stage. */
  readonly zoom: number;
}
export const FIT: Viewport = { centerX: 0.5, centerY: 0.5, zoom: 1 };
export const MAX_ZOOM = 24;

const bounded = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** CSS pixels per picture pixel when the picture just fits its stage. */
export const fitScale = (picture: Size, stage: Size): number =>
  Math.min(stage.width / picture.width, stage.height / picture.height);

export const scaleOf = (view: Viewport, picture: Size, stage: Size): number =>
  view.zoom * fitScale(picture, stage);

/** The part of a picture that its stage shows, in picture pixels: the SVG's viewBox. */
export function visibleBox(view: Viewport, picture: Size, stage: Size): Box {
  const scale = scaleOf(view, picture, stage);
  const width = stage.width / scale;
  const height = stage.height / scale;
  return {
    x: view.centerX * picture.width - width / 2,
    y: view.centerY * picture.height - height / 2,
    width,
    height,
  };
}

export function toImage(point: ScreenPoint, view: Viewport, picture: Size, stage: Size): ImagePoint {
  const box = visibleBox(view, picture, stage);
  const scale = scaleOf(view, picture, stage);
  return imagePoint(box.x + point[0] / scale, box.y + point[1] / scale);
}

export function toScreen(point: ImagePoint, view: Viewport, picture: Size, stage: Size): ScreenPoint {
  const box = visibleBox(view, picture, stage);
  const scale = scaleOf(view, picture, stage);
  return screenPoint((point[0] - box.x) * scale, (point[1] - box.y) * scale);
}

/** No further out than "fits", no further than the picture's edges. */
export function clampView(view: Viewport): Viewport {
  const zoom = bounded(view.zoom, 1, MAX_ZOOM);
  const half = 0.5 / zoom;
  return {
    zoom,
    centerX: bounded(view.centerX, half, 1 - half),
    centerY: bounded(view.centerY, half, 1 - half),
  };
}

/** Zoom so that the picture's pixel under the pointer stays under the pointer. */
export function zoomAt(
  view: Viewport,
  at: ScreenPoint,
  factor: number,
  picture: Size,
  stage: Size,
): Viewport {
  const zoom = bounded(view.zoom * factor, 1, MAX_ZOOM);
  const [x, y] = toImage(at, view, picture, stage);
  const scale = zoom * fitScale(picture, stage);
  return clampView({
    zoom,
    centerX: (x - (at[0] - stage.width / 2) / scale) / picture.width,
    centerY: (y - (at[1] - stage.height / 2) / scale) / picture.height,
  });
}

/** Drag the pictures by CSS pixels. */
export function panBy(view: Viewport, dx: number, dy: number, picture: Size, stage: Size): Viewport {
  const scale = scaleOf(view, picture, stage);
  return clampView({
    ...view,
    centerX: view.centerX - dx / scale / picture.width,
    centerY: view.centerY - dy / scale / picture.height,
  });
}

/** Bring a box into view with air round it. */
export function showBox(box: Box, picture: Size, stage: Size): Viewport {
  const fit = fitScale(picture, stage);
  const wanted = Math.min(stage.width / (box.width * 2.4), stage.height / (box.height * 2.4)) / fit;
  return clampView({
    zoom: bounded(wanted, 1, 6),
    centerX: (box.x + box.width / 2) / picture.width,
    centerY: (box.y + box.height / 2) / picture.height,
  });
}

/** From two corners in any order, inside the picture, in whole pixels. */
export function boxBetween(a: ImagePoint, b: ImagePoint, picture: Size): Box {
  const left = bounded(Math.min(a[0], b[0]), 0, picture.width);
  const top = bounded(Math.min(a[1], b[1]), 0, picture.height);
  const right = bounded(Math.max(a[0], b[0]), 0, picture.width);
  const bottom = bounded(Math.max(a[1], b[1]), 0, picture.height);
  const [x, y] = [Math.round(left), Math.round(top)];
  return { x, y, width: Math.round(right) - x, height: Math.round(bottom) - y };
}

export const inside = (point: ImagePoint, picture: Size): boolean =>
  point[0] >= 0 && point[1] >= 0 && point[0] <= picture.width && point[1] <= picture.height;

export const clampPoint = (point: ImagePoint, picture: Size): ImagePoint =>
  imagePoint(
    bounded(Math.round(point[0]), 0, picture.width),
    bounded(Math.round(point[1]), 0, picture.height),
  );

export const distance = (a: ScreenPoint, b: ScreenPoint): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
