"""One picture from its parts: ground, shadow, props, product, and whatever defects were planted.

Belongs here: where things go and what each defect does to them. Lengths are shares of the picture's side.
Does not: which defects a candidate gets (dataset.py).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from catalog.scenes import grounds, products

Box = tuple[float, float, float, float]
BASE = 0.80  # where feet stand
SPRITE = 0.62  # a product sprite's side
REFERENCE = 512


@dataclass(frozen=True)
class Product:
    """What the shop sells: the same in all five pictures."""

    kind: str
    colour: int
    label: int


@dataclass(frozen=True)
class Setting:
    """Where it stands in one picture; `light` -1 comes from the left."""

    wall: int
    floor: int
    light: int
    x: float
    scale: float
    props: tuple[tuple[int, int, float, float], ...] = ()  # kind, colour, x, size


@dataclass(frozen=True)
class Defect:
    """One planted defect. `strength` is 0…1 within its severity, `variant` picks the way it shows."""

    aspect: str
    severity: str
    variant: int
    strength: float

    @property
    def amount(self) -> float:
        """Minor defects reach 0.30–0.42 of the strongest, major ones 0.75–1."""
        return 0.30 + 0.12 * self.strength if self.severity == "minor" else 0.75 + 0.25 * self.strength


@dataclass
class Drawing:
    """A picture under way, and where each defect is to be seen (x, y, width, height in pixels)."""

    image: Image.Image
    side: int
    regions: dict[str, Box] = field(default_factory=dict)


def compose(product: Product, setting: Setting, defects: tuple[Defect, ...], side: int) -> Drawing:
    """The picture, `side` × `side` RGB."""
    by_aspect = {defect.aspect: defect for defect in defects}
    placement = by_aspect.get("placement_layout")
    extension = by_aspect.get("extension_rationality")
    drawing = Drawing(grounds.ground(setting.wall, setting.floor, setting.light, side).copy(), side)
    if extension is not None and extension.variant == 1:
        _break_floor(drawing, extension, setting)
    setting = _scaled(setting, placement)
    body = products.sprite(
        product.kind, product.colour, product.label, _pixels(SPRITE * setting.scale, side), setting.light
    )
    body = _deformed(body, by_aspect.get("appearance_deformation"))
    body = _tilted(body, placement)
    _props(drawing, setting, extension)
    left, top = _place(body, setting, placement, side)
    _shadow(drawing, body, setting, by_aspect.get("physical_shadow"), left)
    drawing.image.paste(body, (left, top), body)
    seen = _seen(body, left, top)
    if "appearance_deformation" in by_aspect:
        drawing.regions["appearance_deformation"] = seen
    if placement is not None:
        # A floating product and the gap below it; else the product as it stands.
        height = max(_pixels(BASE, side) - seen[1], seen[3]) if placement.variant == 0 else seen[3]
        drawing.regions["placement_layout"] = (seen[0], seen[1], seen[2], height)
    if extension is not None and extension.variant == 0:
        _extra_part(drawing, product, extension, seen)
    return drawing


def _pixels(share: float, side: int) -> int:
    return max(1, round(share * side))


# --- the product ------------------------------------------------------------------------------------------------------
def _deformed(body: Image.Image, defect: Defect | None) -> Image.Image:
    """Bent to a side, or squeezed in the middle. Rows move; nothing else changes."""
    if defect is None:
        return body
    width, height = body.size
    wide = Image.new("RGBA", (width * 2, height))
    wide.paste(body, (width // 2, 0))
    bands = min(height, max(12, height // 8))
    mesh = []
    for band in range(bands):
        y0, y1 = height * band // bands, height * (band + 1) // bands
        quad: list[float] = []
        for y, xs in ((y0, (0, 0)), (y1, (0, 0)), (y1, (1, 1)), (y0, (1, 1))):
            quad += [_source_x(xs[0] * width * 2, y / height, width, defect), y]
        mesh.append(((0, y0, width * 2, y1), tuple(quad)))
    return wide.transform(wide.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)


def _source_x(x: float, t: float, width: int, defect: Defect) -> float:
    if defect.variant == 0:
        direction = 1 if defect.strength > 0.5 else -1
        return float(x - direction * 0.42 * defect.amount * width * (1 - t) ** 1.6)
    waist = 1 - 0.55 * defect.amount * math.exp(-(((t - 0.5) / 0.18) ** 2))
    return width + (x - width) / waist


def _scaled(setting: Setting, defect: Defect | None) -> Setting:
    if defect is None or defect.variant != 2:
        return setting
    return replace(setting, scale=setting.scale * (1 - 0.5 * defect.amount))


def _tilted(body: Image.Image, defect: Defect | None) -> Image.Image:
    if defect is None or defect.variant != 1:
        return body
    angle = (26 if defect.strength > 0.5 else -26) * defect.amount
    width, height = body.size
    tall = Image.new("RGBA", (width, height + height // 8))
    tall.paste(body, (0, 0))
    return tall.rotate(angle, Image.Resampling.BILINEAR, center=(width / 2, height))


def _place(body: Image.Image, setting: Setting, defect: Defect | None, side: int) -> tuple[int, int]:
    """Left and top of the sprite; a floating product hangs above its base."""
    sprite_height = _pixels(SPRITE * setting.scale, side)
    top = _pixels(BASE, side) - sprite_height
    if defect is not None and defect.variant == 0:
        top -= _pixels(0.24 * defect.amount, side)
    return _pixels(setting.x, side) - body.width // 2, top


def _seen(body: Image.Image, left: int, top: int) -> Box:
    x0, y0, x1, y1 = body.getchannel("A").getbbox() or (0, 0, *body.size)
    return (float(max(left + x0, 0)), float(max(top + y0, 0)), float(x1 - x0), float(y1 - y0))


# --- its shadow -------------------------------------------------------------------------------------------------------
def _shadow(drawing: Drawing, body: Image.Image, setting: Setting, defect: Defect | None, left: int) -> None:
    """The body's outline, laid on the floor away from the light and softened. Drawn small: it is blurred anyway."""
    side, light = drawing.side, setting.light
    lean, weight, apart = 0.85 * -light, 0.62, 0.0
    if defect is not None:
        if defect.variant == 0:  # falls towards the light
            lean = lean * (1 - 2 * defect.amount) if defect.severity == "minor" else -lean * defect.amount
        elif defect.variant == 1:  # hardly there, or not at all
            weight *= max(0.0, 0.78 - defect.amount)
        else:  # does not touch the foot
            apart = 0.30 * defect.amount * -light
    small = max(32, side // 4)
    scale = small / side
    outline = body.getchannel("A").resize((max(2, round(body.width * scale)), max(2, round(body.height * scale))))
    flat = 0.30
    foot_y, foot_x = BASE * small, (left + body.width / 2 + apart * side) * scale
    mask = Image.new("L", (small, small))
    mask.paste(outline, (round(foot_x - outline.width / 2), round(foot_y - outline.height)))
    # Output (x, y) below the foot line looks up the outline at height (foot - y) / flat, moved back by the lean.
    laid = mask.transform(
        (small, small),
        Image.Transform.AFFINE,
        (1, lean / flat, -lean / flat * foot_y, 0, 1 / flat, foot_y - foot_y / flat),
        Image.Resampling.BILINEAR,
    )
    laid = laid.filter(ImageFilter.GaussianBlur(small / 90))
    contact = Image.new("L", (small, small))
    half = outline.width * 0.2
    contact.paste(
        255, (round(foot_x - half), round(foot_y - small * 0.012), round(foot_x + half), round(foot_y + small * 0.014))
    )
    mask = ImageChops.lighter(laid, contact.filter(ImageFilter.GaussianBlur(small / 70)))
    mask = mask.point(lambda value: value * weight)
    full = mask.resize((side, side), Image.Resampling.BILINEAR)
    drawing.image.paste((28, 26, 30), (0, 0), full)
    if defect is not None:
        drawing.regions["physical_shadow"] = _shadow_region(mask, side, foot_x / small, light)


def _shadow_region(mask: Image.Image, side: int, foot: float, light: int) -> Box:
    found = mask.point(lambda value: 255 if value > 24 else 0).getbbox()
    if found is None:  # a missing shadow is seen where it ought to lie
        x = foot if light < 0 else foot - 0.3
        return (max(0.0, x * side), (BASE - 0.12) * side, 0.3 * side, 0.16 * side)
    unit = side / mask.width
    x0, y0, x1, y1 = found
    return (x0 * unit, y0 * unit, (x1 - x0) * unit, (y1 - y0) * unit)


# --- what was added round it ------------------------------------------------------------------------------------------
def _props(drawing: Drawing, setting: Setting, defect: Defect | None) -> None:
    side = drawing.side
    for number, (kind, colour, x, size) in enumerate(setting.props):
        thing = products.prop(kind, colour, _pixels(size, side), setting.light)
        left, top = _pixels(x, side) - thing.width // 2, _pixels(BASE - 0.07, side) - thing.height
        soft = _prop_shadow(thing.width)
        drawing.image.paste((40, 38, 42), (left - thing.width // 4, top + thing.height - soft.height // 2), soft)
        if defect is not None and defect.variant == 2 and number == 0:
            cut = max(2, round(thing.width * (1 - 0.55 * defect.amount)))
            thing = thing.crop((0, 0, cut, thing.height))  # sliced by nothing
            thing = thing.crop((0, 0, cut, round(thing.height * (1 - 0.3 * defect.amount))))
            drawing.regions["extension_rationality"] = (
                float(left),
                float(top),
                float(thing.width),
                float(thing.height),
            )
        drawing.image.paste(thing, (left, top), thing)


@lru_cache(maxsize=64)
def _prop_shadow(width: int) -> Image.Image:
    """A soft ellipse half as wide again as the prop."""
    soft = Image.new("L", (width * 3 // 2, max(4, width // 4)))
    ImageDraw.Draw(soft).ellipse((width // 5, soft.height // 4, width * 13 // 10, soft.height * 3 // 4), fill=110)
    return soft.filter(ImageFilter.GaussianBlur(max(1, width / 22)))


def _extra_part(drawing: Drawing, product: Product, defect: Defect, seen: Box) -> None:
    """A ring grows out of the body where nothing belongs."""
    side = drawing.side
    ring = products.handle(product.colour, _pixels(0.10 + 0.17 * defect.amount, side))
    right = defect.strength > 0.5
    x = seen[0] + seen[2] * (0.86 if right else 0.14) - ring.width / 2
    y = seen[1] + seen[3] * (0.12 + 0.25 * defect.strength)
    drawing.image.paste(ring, (round(x), round(y)), ring)
    drawing.regions["extension_rationality"] = (max(x, 0.0), max(y, 0.0), float(ring.width), float(ring.height))


def _break_floor(drawing: Drawing, defect: Defect, setting: Setting) -> None:
    """A strip of the floor is shifted up: the ground does not go on."""
    side = drawing.side
    left = _pixels(0.68 if setting.x < 0.5 else 0.06, side)
    width, top = _pixels(0.16 + 0.12 * defect.amount, side), _pixels(grounds.HORIZON - 0.02, side)
    lift = _pixels(0.05 + 0.13 * defect.amount, side)
    strip = drawing.image.crop((left, top, left + width, side))
    strip = strip.point(lambda value: value * (1 - 0.25 * defect.amount))
    drawing.image.paste(strip, (left, top - lift))
    drawing.regions["extension_rationality"] = (float(left), float(top - lift), float(width), float(side - top))
