import { type Box, boxBetween, clampPoint, type ImagePoint, imagePoint, type Size } from "./geometry";

/** Where a defect lies, in pixels of the stored raster. */
export type Shape =
  | { readonly kind: "point"; readonly at: ImagePoint }
  | { readonly kind: "box"; readonly box: Box }
  | { readonly kind: "polygon"; readonly corners: readonly ImagePoint[] };

/** The box round a shape; a point gets the disc that the pages draw round it. */
export const POINT_RADIUS_SHARE = 0.045;
export const pointRadius = (picture: Size): number =>
  POINT_RADIUS_SHARE * Math.min(picture.width, picture.height);

export function boundsOf(shape: Shape, picture: Size): Box {
  if (shape.kind === "box") return shape.box;
  if (shape.kind === "point") {
    const radius = pointRadius(picture);
    return { x: shape.at[0] - radius, y: shape.at[1] - radius, width: 2 * radius, height: 2 * radius };
  }
  const xs = shape.corners.map(([x]) => x);
  const ys = shape.corners.map(([, y]) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

const shift = (point: ImagePoint, dx: number, dy: number): ImagePoint =>
  imagePoint(point[0] + dx, point[1] + dy);

/** Moved as a whole, never over an edge of the picture. */
export function moved(shape: Shape, dx: number, dy: number, picture: Size): Shape {
  if (shape.kind === "point") return { kind: "point", at: clampPoint(shift(shape.at, dx, dy), picture) };
  const bounds = boundsOf(shape, picture);
  const across = Math.round(Math.min(picture.width - bounds.width - bounds.x, Math.max(-bounds.x, dx)));
  const down = Math.round(Math.min(picture.height - bounds.height - bounds.y, Math.max(-bounds.y, dy)));
  if (shape.kind === "box")
    return { kind: "box", box: { ...shape.box, x: shape.box.x + across, y: shape.box.y + down } };
  return { kind: "polygon", corners: shape.corners.map((each) => shift(each, across, down)) };
}

export type Corner = 0 | 1 | 2 | 3;
/** Clockwise from the top left. */
export function cornersOf(box: Box): readonly ImagePoint[] {
  const { x, y, width, height } = box;
  return [
    imagePoint(x, y),
    imagePoint(x + width, y),
    imagePoint(x + width, y + height),
    imagePoint(x, y + height),
  ];
}

/** A box with one corner somewhere else. */
export function resized(box: Box, corner: Corner, to: ImagePoint, picture: Size): Box {
  const opposite = cornersOf(box)[(corner + 2) % 4];
  if (!opposite) throw new Error(`a box has no corner ${corner}`);
  const next = boxBetween(opposite, to, picture);
  return next.width > 0 && next.height > 0 ? next : box;
}

/** As requests and replies carry it: exactly one of point, box, polygon. */
export interface WireShape {
  point?: readonly number[] | null;
  box?: readonly number[] | null;
  polygon?: readonly (readonly number[])[] | null;
}

const pair = (numbers: readonly number[]): ImagePoint => imagePoint(numbers[0] ?? 0, numbers[1] ?? 0);

export function shapeFrom(wire: WireShape): Shape {
  if (wire.point) return { kind: "point", at: pair(wire.point) };
  if (wire.box) {
    const [x = 0, y = 0, width = 0, height = 0] = wire.box;
    return { kind: "box", box: { x, y, width, height } };
  }
  if (wire.polygon) return { kind: "polygon", corners: wire.polygon.map(pair) };
  throw new Error("a region has neither point nor box nor polygon");
}

export function shapeTo(
  shape: Shape,
): { point: [number, number] } | { box: [number, number, number, number] } | { polygon: [number, number][] } {
  if (shape.kind === "point") return { point: [shape.at[0], shape.at[1]] };
  if (shape.kind === "box") return { box: [shape.box.x, shape.box.y, shape.box.width, shape.box.height] };
  return { polygon: shape.corners.map(([x, y]) => [x, y]) };
}
