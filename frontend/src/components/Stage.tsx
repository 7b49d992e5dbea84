import { useElementSize, useMergedRef } from "@mantine/hooks";
import { type PointerEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import {
  type Box,
  type ImagePoint,
  panBy,
  type ScreenPoint,
  type Size,
  scaleOf,
  screenPoint,
  toImage,
  toScreen,
  type Viewport,
  visibleBox,
  zoomAt,
} from "../canvas/geometry";
import { boundsOf, type Corner, cornersOf, pointRadius, type Shape } from "../canvas/shapes";
import { idle, press } from "../canvas/tools/idle";
import type { Gesture, Hit, Surface, ToolState } from "../canvas/tools/tool";
import type { Mark } from "../lib/severity";
import { defineTexts, useTexts } from "../lib/texts";
import { Keycap } from "./Keycap";
import { SeverityGlyph } from "./SeverityGlyph";
import classes from "./Stage.module.css";
import { besideEachOther } from "./tagPlaces";

const texts = defineTexts({ broken: "This picture cannot be loaded." }, { broken: "无法加载此图片。" });

export interface StagePicture extends Size {
  readonly url: string;
}
export interface StageRegion {
  readonly id: string;
  readonly tag: string;
  readonly mark: Mark;
  readonly shape: Shape;
}
export type ViewChange = (view: Viewport) => Viewport;

interface Props {
  readonly picture: StagePicture;
  readonly label: string;
  readonly name?: ReactNode;
  readonly chord?: string;
  readonly view: Viewport;
  readonly onView?: (change: ViewChange, alone: boolean) => void;
  readonly regions?: readonly StageRegion[];
  readonly selected?: string | null;
  readonly armed?: boolean;
  /** The picture that `blink` puts in this one's place, at the same pixels. */
  readonly other?: StagePicture | undefined;
  readonly blink?: boolean;
  /** A circle at the pointer in which shadows are lifted and colour is taken away. */
  readonly lens?: boolean;
  readonly onDraw?: (shape: Shape) => void;
  readonly onPick?: (id: string | null) => void;
  readonly onChange?: (id: string, shape: Shape) => void;
  readonly onPointer?: (at: { point: ScreenPoint; stage: Size } | null) => void;
  readonly onPress?: () => void;
}

const LENS_RADIUS = 62; // CSS pixels
const FULL_FROM = 1.15; // CSS pixels a picture pixel of the fitted derivative, above which the full picture is fetched
const FITTED_SIDE = 768;
const INSET_FROM = 480; // CSS pixels of the stage's width, below which the inset would hide too much

/** The fitted derivative until somebody zooms in far enough to see its pixels. */
function useAddress(picture: StagePicture, scale: number): string {
  const shrunk = Math.min(1, FITTED_SIDE / Math.max(picture.width, picture.height));
  const wantsFull = shrunk < 1 && scale / shrunk > FULL_FROM * (globalThis.devicePixelRatio || 1);
  const [ready, setReady] = useState<string | null>(null);
  const full = `${picture.url}?fit=full`;
  useEffect(() => {
    if (!wantsFull) return;
    const image = new Image();
    image.src = full;
    let wanted = true;
    image.decode().then(
      () => wanted && setReady(full),
      () => undefined, // the fitted picture stays; a missing one is said by onError of the shown image
    );
    return () => {
      wanted = false;
    };
  }, [wantsFull, full]);
  return wantsFull && ready === full ? full : fittedUrl(picture.url);
}
export const fittedUrl = (url: string): string => `${url}?fit=${FITTED_SIDE}`;

function Outline({ shape, radius }: { shape: Shape; radius: number }) {
  if (shape.kind === "box") {
    const { x, y, width, height } = shape.box;
    return (
      <>
        <rect className={classes.halo} x={x} y={y} width={width} height={height} />
        <rect className={classes.line} x={x} y={y} width={width} height={height} />
        <rect className={classes.hit} x={x} y={y} width={width} height={height} />
      </>
    );
  }
  if (shape.kind === "point") {
    const [cx, cy] = shape.at;
    return (
      <>
        <circle className={classes.halo} cx={cx} cy={cy} r={radius} />
        <circle className={classes.line} cx={cx} cy={cy} r={radius} />
        <circle className={classes.line} cx={cx} cy={cy} r={radius / 12} />
        <circle className={classes.hit} cx={cx} cy={cy} r={radius} />
      </>
    );
  }
  const points = shape.corners.map((corner) => corner.join(",")).join(" ");
  return (
    <>
      <polygon className={classes.halo} points={points} />
      <polygon className={classes.line} points={points} />
      <polygon className={classes.hit} points={points} />
    </>
  );
}

const hitOf = (target: EventTarget): Hit => {
  const element = target instanceof Element ? target.closest<SVGElement>("[data-region]") : null;
  const id = element?.dataset.region;
  if (!element || !id) return { kind: "picture" };
  const corner = element.dataset.corner;
  return corner === undefined
    ? { kind: "region", id }
    : { kind: "corner", id, corner: Number(corner) as Corner };
};

/** The whole picture in small, and which part of it is seen. */
function Inset({ picture, visible }: { picture: StagePicture; visible: Box }) {
  const { width, height } = picture;
  return (
    <svg className={classes.inset} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <image href={fittedUrl(picture.url)} width={width} height={height} preserveAspectRatio="none" />
      <rect className={classes.halo} {...visible} />
      <rect className={classes.seen} {...visible} />
    </svg>
  );
}

/** One picture under the shared viewport, with the regions on it. Wheel zooms at the pointer, drag pans. */
export function Stage(props: Props) {
  const { picture, view, onView, regions = [], selected = null } = props;
  const t = useTexts(texts);
  const { ref: sized, width, height } = useElementSize<HTMLDivElement>();
  const box = useRef<HTMLDivElement>(null);
  const merged = useMergedRef(sized, box);
  const stage: Size = { width: width || 1, height: height || 1 };
  const tool = useRef<ToolState>(idle);
  const [preview, setPreview] = useState<{ shape: Shape; id: string | null } | null>(null);
  const [pointer, setPointer] = useState<ScreenPoint | null>(null);
  const [broken, setBroken] = useState<string | null>(null);
  const lensId = useId();
  const visible = visibleBox(view, picture, stage);
  const scale = scaleOf(view, picture, stage);
  const address = useAddress(picture, scale);

  // React's own wheel listener is passive and could not keep the page from scrolling.
  const zoom = useRef<(event: WheelEvent) => void>(() => undefined);
  zoom.current = (event) => {
    if (!onView) return;
    event.preventDefault();
    const at = pointOf(event);
    const factor = 1.0018 ** -event.deltaY;
    onView((now) => zoomAt(now, at, factor, picture, stage), event.shiftKey);
  };
  useEffect(() => {
    const element = box.current;
    const onWheel = (event: WheelEvent) => zoom.current(event);
    element?.addEventListener("wheel", onWheel, { passive: false });
    return () => element?.removeEventListener("wheel", onWheel);
  }, []);

  function pointOf(event: { clientX: number; clientY: number }): ScreenPoint {
    const rect = box.current?.getBoundingClientRect();
    return screenPoint(event.clientX - (rect?.left ?? 0), event.clientY - (rect?.top ?? 0));
  }
  const gestureOf = (event: PointerEvent): Gesture => {
    const at = pointOf(event);
    return { at, image: toImage(at, view, picture, stage), shift: event.shiftKey };
  };
  const surface = (id: string | null): Surface => ({
    picture,
    armed: props.armed === true && props.onDraw !== undefined,
    editable: props.onChange !== undefined,
    pan: (dx, dy, alone) => onView?.((now) => panBy(now, dx, dy, picture, stage), alone),
    preview: (shape) => setPreview(shape && { shape, id }),
    draw: (shape) => props.onDraw?.(shape),
    pick: (each) => props.onPick?.(each),
    shapeOf(each) {
      const found = regions.find((region) => region.id === each);
      if (!found) throw new Error(`region ${each} is not on this picture`);
      return found.shape;
    },
    change: (each, shape) => props.onChange?.(each, shape),
  });
  const held = useRef<string | null>(null);
  const down = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const hit = hitOf(event.target);
    held.current = hit.kind === "picture" ? null : hit.id;
    tool.current = press(hit, gestureOf(event), surface(held.current));
    props.onPress?.();
  };
  const move = (event: PointerEvent<SVGSVGElement>) => {
    const gesture = gestureOf(event);
    if (props.lens) setPointer(gesture.at);
    props.onPointer?.({ point: gesture.at, stage });
    tool.current = tool.current.move(gesture, surface(held.current));
  };
  const up = (event: PointerEvent<SVGSVGElement>) => {
    tool.current = tool.current.up(gestureOf(event), surface(held.current));
  };
  const cancel = () => {
    tool.current = tool.current.cancel(surface(held.current));
  };
  const leave = () => {
    setPointer(null);
    props.onPointer?.(null);
  };

  const shapeShown = (region: StageRegion): Shape =>
    preview?.id === region.id ? preview.shape : region.shape;
  /** Where a region's tag stands: above it, below one that touches the top; none outside the picture. */
  const tagOf = (region: StageRegion) => {
    const bounds = boundsOf(shapeShown(region), picture);
    const [x, y] = toScreen([bounds.x, bounds.y] as unknown as ImagePoint, view, picture, stage);
    const below = y < 24;
    const top = below ? y + bounds.height * scale : y;
    if (x > stage.width || x < -80 || top < 0 || top > stage.height + 20) return [];
    return [{ ...region, below, left: Math.min(Math.max(0, x - 1), stage.width - 60), top }];
  };
  const lensAt: ImagePoint | null = props.lens && pointer ? toImage(pointer, view, picture, stage) : null;
  const shown = props.blink && props.other ? props.other : picture;
  return (
    <div
      ref={merged}
      className={classes.stage}
      data-armed={(props.armed && props.onDraw !== undefined) || undefined}
    >
      <svg
        role="img"
        aria-label={props.label}
        viewBox={`${visible.x} ${visible.y} ${visible.width} ${visible.height}`}
        preserveAspectRatio="none"
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={cancel}
        onPointerLeave={leave}
      >
        <image
          href={address}
          width={picture.width}
          height={picture.height}
          preserveAspectRatio="none"
          style={{ imageRendering: scale > 4 ? "pixelated" : "auto" }}
          onError={() => setBroken(address)}
        />
        {props.other && (
          <image
            href={fittedUrl(props.other.url)}
            width={picture.width}
            height={picture.height}
            preserveAspectRatio="none"
            visibility={shown === props.other ? "visible" : "hidden"}
          />
        )}
        {lensAt && (
          <>
            <filter id={`${lensId}f`} colorInterpolationFilters="sRGB">
              <feColorMatrix type="saturate" values="0" />
              <feComponentTransfer>
                <feFuncR type="gamma" exponent="0.55" />
                <feFuncG type="gamma" exponent="0.55" />
                <feFuncB type="gamma" exponent="0.55" />
              </feComponentTransfer>
              <feComponentTransfer>
                <feFuncR type="linear" slope="2.2" intercept="-0.6" />
                <feFuncG type="linear" slope="2.2" intercept="-0.6" />
                <feFuncB type="linear" slope="2.2" intercept="-0.6" />
              </feComponentTransfer>
            </filter>
            <clipPath id={`${lensId}c`}>
              <circle cx={lensAt[0]} cy={lensAt[1]} r={LENS_RADIUS / scale} />
            </clipPath>
            <g clipPath={`url(#${lensId}c)`} pointerEvents="none">
              <image
                href={address}
                width={picture.width}
                height={picture.height}
                preserveAspectRatio="none"
                filter={`url(#${lensId}f)`}
              />
            </g>
            <circle
              className={classes.ringDark}
              cx={lensAt[0]}
              cy={lensAt[1]}
              r={LENS_RADIUS / scale}
              pointerEvents="none"
            />
            <circle
              className={classes.ring}
              cx={lensAt[0]}
              cy={lensAt[1]}
              r={LENS_RADIUS / scale}
              pointerEvents="none"
            />
          </>
        )}
        {!props.blink &&
          regions.map((region) => (
            <g
              key={region.id}
              data-region={region.id}
              className={`${classes[region.mark]} ${region.id === selected ? classes.on : ""}`}
            >
              <Outline shape={shapeShown(region)} radius={pointRadius(picture)} />
            </g>
          ))}
        {!props.blink && preview && preview.id === null && (
          <g className={classes.todo} pointerEvents="none">
            <Outline shape={preview.shape} radius={pointRadius(picture)} />
          </g>
        )}
        {regions.map((region) => {
          const shape = shapeShown(region);
          if (region.id !== selected || shape.kind !== "box" || !props.onChange || props.blink) return null;
          const side = 8 / scale;
          return cornersOf(shape.box).map(([x, y], corner) => (
            <rect
              key={`${x},${y}`}
              data-region={region.id}
              data-corner={corner}
              className={classes.corner}
              x={x - side / 2}
              y={y - side / 2}
              width={side}
              height={side}
            />
          ));
        })}
      </svg>
      {!props.blink &&
        besideEachOther(regions.flatMap(tagOf)).map(({ id, mark, tag, below, left, top }) => (
          <span
            key={id}
            className={`${classes.tag} ${classes[mark]}`}
            data-below={below || undefined}
            style={{ left, top }}
          >
            <SeverityGlyph mark={mark} size={10} />
            {tag}
          </span>
        ))}
      {view.zoom > 1 && stage.width >= INSET_FROM && <Inset picture={picture} visible={visible} />}
      {broken === address && <span className={classes.broken}>{t.broken}</span>}
      {props.name && (
        <span className={classes.name}>
          {props.chord && <Keycap chord={props.chord} onPicture />}
          {props.name}
        </span>
      )}
    </div>
  );
}
