"""Rooms to stand in: a wall with light on it and a floor, drawn once a process and size."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image

Array = npt.NDArray[np.floating]
WALLS = ((226, 222, 214), (168, 186, 186), (206, 188, 172), (186, 194, 206), (214, 206, 186), (150, 160, 150))
FLOORS = ("plain", "wood", "tiles", "cloth")
FLOOR_COLOURS = ((196, 190, 180), (166, 124, 84), (176, 178, 182), (150, 138, 130))
HORIZON = 0.58
STUDIO = -1


@lru_cache(maxsize=96)
def ground(wall: int, floor: int, light: int, side: int) -> Image.Image:
    """RGB, `side` × `side`. `wall` STUDIO is the seamless backdrop of an original."""
    yy, xx = (np.mgrid[0:side, 0:side].astype(np.float32) + 0.5) / side
    pixels = _studio(xx, yy, light) if wall == STUDIO else _room(xx, yy, wall, floor, light)
    grain = np.random.default_rng((wall + 2) * 31 + floor * 7).normal(0, 1.3, (side, side, 1)).astype(np.float32)
    return Image.fromarray(np.clip(pixels + grain, 0, 255).astype(np.uint8), "RGB")


def _studio(xx: Array, yy: Array, light: int) -> Array:
    bright = 232 - 22 * np.clip((yy - HORIZON) / 0.4, 0, 1) + 10 * (0.5 - xx) * -light
    bright = bright - 10 * np.exp(-(((yy - HORIZON) / 0.05) ** 2))
    return np.repeat(bright[:, :, None], 3, axis=2)


def _room(xx: Array, yy: Array, wall: int, floor: int, light: int) -> Array:
    away = xx if light < 0 else 1 - xx
    wall_light = 1.06 - 0.26 * away - 0.1 * yy
    # A window's panes on the wall, slanting away from the light.
    slant = away - 0.35 * yy
    pane = ((slant % 0.22) < 0.15) & (slant > 0.05) & (slant < 0.66) & (yy < 0.42)
    wall_light = wall_light + 0.1 * pane
    pixels = np.array(WALLS[wall], dtype=np.float32) * wall_light[:, :, None]
    depth = np.clip((yy - HORIZON) / (1 - HORIZON), 0, 1)
    floor_light = (0.78 + 0.3 * depth - 0.16 * away)[:, :, None]
    planks = _floor(xx, yy, depth, FLOORS[floor])[:, :, None]
    below = np.array(FLOOR_COLOURS[floor], dtype=np.float32) * floor_light * planks
    edge = np.clip((yy - HORIZON) * 220, 0, 1)[:, :, None]
    skirt = 1 - 0.16 * np.exp(-(((yy - HORIZON) / 0.012) ** 2))[:, :, None]
    mixed: Array = (pixels * (1 - edge) + below * edge) * skirt
    return mixed


def _floor(xx: Array, yy: Array, depth: Array, kind: str) -> Array:
    # Rows come closer towards the horizon, and lines run to a point above it: enough perspective to read as a floor.
    along = (xx - 0.5) / (0.25 + depth)
    across = 1 / (0.16 + depth)
    if kind == "wood":
        line = np.abs((along * 5) % 1 - 0.5) > 0.47
        return np.asarray(1 - 0.22 * line + 0.05 * np.sin(across * 9 + np.floor(along * 5) * 2.3))
    if kind == "tiles":
        line = (np.abs((along * 4) % 1 - 0.5) > 0.465) | (np.abs((across * 1.6) % 1 - 0.5) > 0.46)
        return np.asarray(1 - 0.2 * line)
    if kind == "cloth":
        return np.asarray(1 + 0.05 * np.sin(xx * 21 + yy * 9) * np.sin(yy * 17 - xx * 5))
    return np.ones_like(xx)
