"""Whatever a picture file is, it is stored upright, plain and whole, or refused with its reason."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

import pytest
from PIL import Image

from catalog.errors import PictureRefused
from catalog.ingestion.children import Decoded, Decoder

RED, BLUE = (200, 30, 30), (30, 30, 200)


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    made = Decoder()
    yield made
    made.close()


def two_tone(mode: str = "RGB", size: tuple[int, int] = (64, 32)) -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, size[0], size[1]))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(decoded: Decoded) -> Image.Image:
    return Image.open(io.BytesIO(decoded.raster))


def near(pixel: object, colour: tuple[int, int, int]) -> bool:
    return isinstance(pixel, tuple) and all(abs(a - b) < 24 for a, b in zip(pixel, colour, strict=True))


def test_a_plain_jpeg_is_kept_byte_for_byte(decoder: Decoder) -> None:
    source = encoded(two_tone(), "JPEG")

    decoded = decoder.decode(source)

    assert decoded.raster == source
    assert decoded.sha256 == decoded.source_sha256
    assert (decoded.width, decoded.height, decoded.media_type) == (64, 32, "image/jpeg")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation_is_applied_once(decoder: Decoder, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    upright = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}[orientation]
    back = {None: None, 0: 0, 3: 3, 1: 1, 5: 5, 4: 2, 6: 6, 2: 4}[upright]
    lying = two_tone() if back is None else two_tone().transpose(Image.Transpose(back))

    decoded = decoder.decode(encoded(lying, "JPEG", exif=exif, quality=95))

    assert (decoded.width, decoded.height) == (64, 32)
    image = opened(decoded)
    assert near(image.getpixel((8, 16)), RED)
    assert near(image.getpixel((56, 16)), BLUE)
    assert image.getexif().get(0x0112, 1) == 1


@pytest.mark.parametrize(
    ("mode", "kind"), [("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("RGBA", "PNG"), ("1", "PNG"), ("RGB", "WEBP")]
)
def test_other_modes_become_plain_colour_or_grey(decoder: Decoder, mode: str, kind: str) -> None:
    decoded = decoder.decode(encoded(two_tone(mode), kind))

    image = opened(decoded)
    assert image.mode in {"RGB", "L"}
    assert image.size == (64, 32)
    if mode in {"CMYK", "RGBA", "RGB"}:
        assert near(image.getpixel((8, 16)), RED)


def test_sixteen_bits_are_scaled_not_clipped(decoder: Decoder) -> None:
    grey = Image.new("I;16", (32, 32), 32896)

    image = opened(decoder.decode(encoded(grey, "PNG")))

    assert image.mode == "L"
    assert image.getpixel((5, 5)) == 128


def test_transparency_is_laid_on_white(decoder: Decoder) -> None:
    image = opened(decoder.decode(encoded(Image.new("RGBA", (32, 32), (0, 0, 0, 0)), "PNG")))

    assert image.getpixel((5, 5)) == (255, 255, 255)


def test_metadata_and_bytes_behind_the_end_are_dropped(decoder: Decoder) -> None:
    script = b"<script>alert(1)</script>"
    for source in (
        encoded(two_tone(), "JPEG", comment=script),
        encoded(two_tone(), "JPEG") + script,
        encoded(two_tone(), "JPEG", icc_profile=script * 20),
        encoded(two_tone(), "PNG") + script,
    ):
        decoded = decoder.decode(source)

        assert script not in decoded.raster
        assert decoded.sha256 != decoded.source_sha256


def bomb() -> bytes:
    """A PNG that claims 40,000 × 40,000 pixels."""
    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


JPEG = encoded(two_tone(size=(256, 256)), "JPEG")
FRAMES = [two_tone(), two_tone().rotate(180)]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (b"", "empty"),
        (b"GIF89a" + b"\0" * 50, "is not a JPEG, PNG or WebP"),
        (encoded(two_tone(), "GIF"), "is not a JPEG, PNG or WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is not a JPEG, PNG or WebP"),
        (b"%PDF-1.4", "is not a JPEG, PNG or WebP"),
        (JPEG[: len(JPEG) // 2], "damaged or cut off"),
        (encoded(two_tone(), "PNG")[:-30], "damaged or cut off"),
        (bomb(), "million pixels"),
        (encoded(Image.new("RGB", (4, 4)), "PNG"), "is only 4 × 4"),
        (encoded(FRAMES[0], "WEBP", save_all=True, append_images=FRAMES[1:], lossless=True), "animated"),
        (encoded(FRAMES[0], "PNG", save_all=True, append_images=FRAMES[1:]), "animated"),
    ],
)
def test_what_is_no_usable_picture_is_refused_with_its_reason(decoder: Decoder, source: bytes, reason: str) -> None:
    with pytest.raises(PictureRefused, match=reason):
        decoder.decode(source)


def test_a_killed_child_costs_one_picture_only(decoder: Decoder) -> None:
    decoder.decode(JPEG)
    child = decoder._child
    assert child is not None
    child.kill()
    child.wait()

    assert decoder.decode(JPEG).width == 256


def test_near_pictures_have_near_hashes(decoder: Decoder) -> None:
    picture = two_tone(size=(300, 200)).rotate(12)
    hashes = [decoder.decode(encoded(picture, "JPEG", quality=quality)).phash for quality in (95, 60)]
    other = decoder.decode(encoded(picture.rotate(180), "JPEG")).phash

    assert (hashes[0] ^ hashes[1]).bit_count() <= 4
    assert ((hashes[0] ^ other) & 0xFFFF_FFFF_FFFF_FFFF).bit_count() > 8
