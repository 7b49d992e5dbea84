"""Decoding one picture, in a process of its own with limits on memory, time and formats.

Run as `python -m catalog.ingestion.decoder`: it reads framed source bytes from standard input and writes framed
replies, and imports neither Django nor anything that holds a credential. A picture that makes it crash, hang or eat
memory costs that picture and a new child, nothing else.
"""

from __future__ import annotations

import hashlib
import io
import json
import resource
import struct
import sys
import warnings
from typing import Any, BinaryIO

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

MEMORY_BYTES = 768 * 1024 * 1024
CPU_SECONDS = 8
MAX_PIXELS = 50_000_000
THUMBNAIL = 320
PHASH_VERSION = 1
FORMATS = ("JPEG", "PNG", "WEBP")
SUFFIX = {"image/jpeg": "jpg", "image/png": "png"}
HEADER = struct.Struct(">I")

# Markers a JPEG may have and still be stored as it came: tables, frames, scans, JFIF and Adobe's colour marker.
JPEG_KEPT = {0xC0, 0xC1, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD, 0xE0, 0xEE}
PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"gAMA", b"sRGB", b"cHRM", b"pHYs"}


class Refused(Exception):
    """A reason, as people read it: a template of config.base.words, filled here, where no Django is."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))


def decode(source: bytes) -> tuple[dict[str, Any], bytes, bytes]:
    """Facts, the raster to store, and its thumbnail. Raises Refused.

    A source that is stored as it came (`kept`) is not sent back: the caller has it.
    """
    if not source:
        raise Refused("the file is empty")
    try:
        return _decode(source)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("has more than {most} million pixels", most=MAX_PIXELS // 1_000_000) from None
    except (OSError, ValueError, SyntaxError, struct.error, EOFError, IndexError, KeyError) as error:
        raise Refused("is damaged or cut off ({why})", why=str(error)[:80]) from None


def _decode(source: bytes) -> tuple[dict[str, Any], bytes, bytes]:
    with _open(source) as probe:
        kind, mode = probe.format or "", probe.mode
        _check(probe)
        orientation = probe.getexif().get(0x0112, 1)
    kept = orientation in (0, 1) and mode in ("RGB", "L") and kind != "WEBP" and _is_bare(source, kind)
    raster = source if kept else _rewrite(source, kind)
    media_type = "image/jpeg" if kind == "JPEG" else "image/png"
    with _open(raster) as image:
        width, height = image.size
        if media_type == "image/jpeg":
            image.draft("RGB", (THUMBNAIL, THUMBNAIL))  # decodes at ½, ¼ or ⅛: most of the time a picture costs
        small = _load(image).convert("RGB")
    thumbnail = small.copy()
    thumbnail.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    thumbnail.save(out, "JPEG", quality=80)
    source_sha256 = hashlib.sha256(source).hexdigest()
    facts = {
        "sha256": source_sha256 if kept else hashlib.sha256(raster).hexdigest(),
        "source_sha256": source_sha256,
        "media_type": media_type,
        "suffix": SUFFIX[media_type],
        "width": width,
        "height": height,
        "phash": dhash(thumbnail),
        "phash_version": PHASH_VERSION,
        "kept": kept,
    }
    return facts, b"" if kept else raster, out.getvalue()


def dhash(image: Image.Image) -> int:
    """64 bits, signed: whether each of 8 × 8 grey cells is brighter than its right neighbour. Always of the thumbnail,

    since another way of decoding moves up to ten bits (measured).
    """
    grey = image.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            bits = bits << 1 | (grey[row * 9 + column] > grey[row * 9 + column + 1])
    return bits - (1 << 64) if bits >> 63 else bits


def _open(source: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(source), formats=FORMATS)
    except UnidentifiedImageError:
        raise Refused("is not a JPEG, PNG or WebP picture") from None


def _check(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise Refused("has more than {most} million pixels", most=MAX_PIXELS // 1_000_000)
    if min(width, height) < 8:
        raise Refused("is only {width} × {height} pixels", width=width, height=height)
    if getattr(image, "n_frames", 1) > 1:
        raise Refused("is animated; save the one frame that shall be judged")


def _load(image: Image.Image) -> Image.Image:
    image.load()
    return image


def _rewrite(source: bytes, kind: str) -> bytes:
    """The picture once more: upright, RGB or grey, without metadata. JPEG stays JPEG, everything else becomes PNG."""
    with _open(source) as opened:
        image = _plain(ImageOps.exif_transpose(_load(opened)))
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    out = io.BytesIO()
    if kind == "JPEG":
        clean.save(out, "JPEG", quality=95, subsampling=0)
    else:
        clean.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _plain(image: Image.Image) -> Image.Image:
    """Any mode to RGB or L. 16 bits keep their upper eight; transparency is laid on white."""
    if image.mode in ("RGB", "L"):
        return image
    if image.mode.startswith("I"):
        # Pillow's own conversion clips at 255 instead of scaling; these are the upper bytes.
        wide = image if image.mode == "I;16" else image.convert("I;16")
        return Image.frombytes("L", wide.size, wide.tobytes()[1::2])
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("LA", "PA", "RGBA", "RGBa", "La") or "transparency" in image.info:
        with_alpha = image.convert("RGBA")
        ground = Image.new("RGBA", with_alpha.size, "white")
        return Image.alpha_composite(ground, with_alpha).convert("RGB")
    return image.convert("RGB")


def _is_bare(source: bytes, kind: str) -> bool:
    """Whether the file holds the raster and nothing else: no EXIF, comment, profile or bytes behind the end."""
    return _jpeg_is_bare(source) if kind == "JPEG" else _png_is_bare(source)


def _jpeg_is_bare(source: bytes) -> bool:
    place = 2
    while place + 4 <= len(source) and source[place] == 0xFF:
        marker = source[place + 1]
        if marker not in JPEG_KEPT:
            return False
        place += 2 + int.from_bytes(source[place + 2 : place + 4], "big")
        if marker == 0xDA:
            return source.endswith(b"\xff\xd9") and source.find(b"\xff\xd9", place) == len(source) - 2
    return False


def _png_is_bare(source: bytes) -> bool:
    place = 8
    while place + 12 <= len(source):
        length, name = int.from_bytes(source[place : place + 4], "big"), source[place + 4 : place + 8]
        if name not in PNG_KEPT:
            return False
        place += 12 + length
        if name == b"IEND":
            return place == len(source)
    return False


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _allow_cpu() -> None:
    """Some more seconds from now: the limit counts a process's whole life, and this one serves many pictures."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def serve(stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Frames in, frames out, until the input ends."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    _limit()
    while len(head := stdin.read(HEADER.size)) == HEADER.size:
        _allow_cpu()
        try:
            facts, raster, thumbnail = decode(stdin.read(HEADER.unpack(head)[0]))
        except Refused as refused:
            facts, raster, thumbnail = {"refused": str(refused)}, b"", b""
        except MemoryError:
            facts, raster, thumbnail = {"refused": str(Refused("needs too much memory to decode"))}, b"", b""
        for part in (json.dumps(facts).encode(), raster, thumbnail):
            stdout.write(HEADER.pack(len(part)) + part)
        stdout.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
