"""Shaded products: bodies of revolution with a label and small parts, drawn once and coloured.

Coordinates: a body fills a square sprite of `side` pixels; its foot touches the sprite's last row.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image

Array = npt.NDArray[np.floating]
Profile = Callable[[Array], Array]


def _bottle(t: Array) -> Array:
    neck = 0.085 + 0.012 * (t < 0.06)
    shoulder = np.clip((t - 0.24) / 0.14, 0, 1)
    return np.asarray(neck + (0.215 - neck) * (shoulder * shoulder * (3 - 2 * shoulder)))


def _vase(t: Array) -> Array:
    return np.asarray(0.10 + 0.16 * np.sin(np.pi * np.clip(t * 0.92 + 0.04, 0, 1)) ** 1.6 + 0.035 * (t < 0.05))


def _can(t: Array) -> Array:
    return np.asarray(0.21 - 0.03 * np.clip((0.06 - t) / 0.06, 0, 1) - 0.02 * np.clip((t - 0.95) / 0.05, 0, 1))


def _mug(t: Array) -> Array:
    return np.asarray(0.25 - 0.035 * np.clip((t - 0.75) / 0.25, 0, 1) ** 2)


def _teapot(t: Array) -> Array:
    knob = 0.05 * np.sqrt(np.clip(1 - ((t - 0.05) / 0.05) ** 2, 0, 1))
    lid = 0.13 * np.clip((t - 0.1) / 0.08, 0, 1) ** 0.5 * (t >= 0.1)
    body = (0.145 + 0.14 * np.clip((t - 0.2) / 0.8, 0, 1) ** 0.9) * (t >= 0.2)
    return np.asarray(np.maximum(np.maximum(knob, lid), body))


def _lamp(t: Array) -> Array:
    shade = (0.12 + 0.17 * np.clip(t / 0.42, 0, 1)) * (t < 0.42)
    stem = 0.025 * ((t >= 0.42) & (t < 0.9))
    foot = (0.06 + 0.12 * np.clip((t - 0.9) / 0.1, 0, 1)) * (t >= 0.9)
    return (shade + stem + foot).astype(np.float32)


def _jar(t: Array) -> Array:
    lid = 0.19 * (t < 0.16)
    body = (0.23 - 0.05 * np.clip((0.24 - t) / 0.08, 0, 1)) * (t >= 0.16)
    return (lid + body).astype(np.float32)


def _cone(t: Array) -> Array:
    return np.asarray(0.06 + 0.19 * t)


PROFILES: dict[str, tuple[Profile, float]] = {
    # name: (half width by height, height as a share of the sprite)
    "bottle": (_bottle, 0.96),
    "vase": (_vase, 0.88),
    "can": (_can, 0.72),
    "mug": (_mug, 0.58),
    "teapot": (_teapot, 0.70),
    "lamp": (_lamp, 0.96),
    "jar": (_jar, 0.68),
    "speaker": (_cone, 0.74),
}
KINDS = tuple(PROFILES)
COLOURS = (
    (38, 140, 140), (188, 74, 60), (66, 92, 156), (222, 168, 62), (96, 128, 78),
    (140, 82, 130), (210, 204, 192), (62, 64, 72), (196, 116, 74), (84, 148, 190),
)  # fmt: skip


@lru_cache(maxsize=64)
def _shading(kind: str, side: int, light: int) -> tuple[Array, Array, Array]:
    """Coverage, diffuse light and gloss of a body lit from the left (-1) or right (1), each `side` × `side` in 0…1."""
    profile, tall = PROFILES[kind]
    rows = (np.arange(side, dtype=np.float32) + 0.5) / side
    height = np.clip((rows - (1 - tall)) / tall, 0, 1)
    half = np.where(rows >= 1 - tall, profile(height), 0).astype(np.float32)[:, None]
    # A foot seen from a little above is round: its last rows narrow along an ellipse.
    foot = np.clip((1 - rows) / 0.035, 0, 1)[:, None]
    half = half * np.sqrt(np.clip(1 - (1 - foot) ** 2, 0, 1))
    across = ((np.arange(side, dtype=np.float32) + 0.5) / side - 0.5)[None, :]
    cover = np.clip((half - np.abs(across)) * side + 0.5, 0, 1) * (half > 0)
    normal = np.clip(across / np.maximum(half, 1e-4), -1, 1)
    facing = np.sqrt(np.clip(1 - normal**2, 0, 1))
    diffuse = np.clip(0.34 + 0.5 * facing + 0.38 * normal * light, 0.1, 1.25)
    diffuse = diffuse * (1.04 - 0.16 * height[:, None])
    gloss = np.exp(-(((normal - 0.5 * light) / 0.16) ** 2)) * 0.5 * (height[:, None] < 0.9)
    return cover.astype(np.float32), diffuse.astype(np.float32), gloss.astype(np.float32)


@lru_cache(maxsize=256)
def sprite(kind: str, colour: int, label: int, side: int, light: int) -> Image.Image:
    """The product as RGBA. `label` picks the print: none, a band, two stripes or a badge."""
    cover, diffuse, gloss = _shading(kind, side, light)
    base = np.empty((side, side, 3), dtype=np.float32)
    base[:] = COLOURS[colour]
    _print(base, kind, colour, label, side)
    pixels = base * diffuse[:, :, None] + 255 * gloss[:, :, None]
    out = np.empty((side, side, 4), dtype=np.uint8)
    out[:, :, :3] = np.clip(pixels, 0, 255)
    out[:, :, 3] = cover * 255
    image = Image.fromarray(out, "RGBA")
    if kind in ("mug", "teapot"):
        return _with_handle(image, colour, side)
    return image


def _print(base: Array, kind: str, colour: int, label: int, side: int) -> None:
    tall = PROFILES[kind][1]
    other = np.array(COLOURS[(colour + 3 + label) % len(COLOURS)], dtype=np.float32)

    def row(share: float) -> int:
        return int(side * (1 - tall + tall * share))

    if label == 1:
        base[row(0.55) : row(0.8)] = other * 0.4 + 150
    elif label == 2:
        base[row(0.5) : row(0.56)] = other
        base[row(0.78) : row(0.84)] = other
    elif label == 3:
        yy, xx = np.mgrid[0:side, 0:side].astype(np.float32) / side
        centre = 1 - tall + tall * 0.66
        base[(xx - 0.5) ** 2 + (yy - centre) ** 2 < 0.0081] = other * 0.5 + 120


def _with_handle(image: Image.Image, colour: int, side: int) -> Image.Image:
    ring = handle(colour, int(side * 0.34))
    wide = Image.new("RGBA", image.size)
    wide.alpha_composite(ring, (int(side * 0.06), int(side * 0.52)))
    wide.alpha_composite(image)
    return wide


@lru_cache(maxsize=64)
def handle(colour: int, side: int) -> Image.Image:
    """A ring of the product's colour: a mug's handle, and, where none belongs, an implausible extra part."""
    side = max(side, 6)
    yy, xx = (np.mgrid[0:side, 0:side].astype(np.float32) + 0.5) / side - 0.5
    distance = np.sqrt(xx**2 + yy**2)
    cover = np.clip((0.09 - np.abs(distance - 0.38)) * side, 0, 1)
    shade = 0.75 + 0.5 * (0.38 - distance) - 0.35 * yy
    out = np.zeros((side, side, 4), dtype=np.uint8)
    out[:, :, :3] = np.clip(np.array(COLOURS[colour], dtype=np.float32) * shade[:, :, None], 0, 255)
    out[:, :, 3] = cover * 255
    return Image.fromarray(out, "RGBA")


@lru_cache(maxsize=64)
def prop(kind: int, colour: int, side: int, light: int) -> Image.Image:
    """A quiet thing beside the product: a ball, a block, a stack of books."""
    side = max(side, 8)
    tint = np.array(COLOURS[colour], dtype=np.float32) * 0.5 + 105
    yy, xx = (np.mgrid[0:side, 0:side].astype(np.float32) + 0.5) / side - 0.5
    out = np.zeros((side, side, 4), dtype=np.float32)
    if kind == 0:
        radius = np.sqrt(xx**2 + yy**2)
        shade = 0.75 + 0.5 * np.sqrt(np.clip(0.25 - radius**2, 0, 1)) + 0.5 * xx * light - 0.25 * yy
        out[:, :, :3] = tint * shade[:, :, None]
        out[:, :, 3] = np.clip((0.49 - radius) * side, 0, 1) * 255
    elif kind == 1:
        front = np.abs(xx) < 0.3
        shade = np.where(xx * light > 0.12, 1.05, 0.86)
        out[:, :, :3] = tint * shade[:, :, None]
        out[:, :, 3] = np.where(front, 255, 0)
    else:
        step = np.floor((yy + 0.5) * 4)
        inside = (np.abs(xx + 0.04 * np.sin(step * 2.1)) < 0.42 - 0.03 * step % 0.07) & (yy > -0.25)
        out[:, :, :3] = tint * (0.8 + 0.09 * step[:, :, None])
        out[:, :, 3] = np.where(inside, 255, 0)
    return Image.fromarray(np.clip(out, 0, 255).astype(np.uint8), "RGBA")
