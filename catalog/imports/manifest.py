"""The manifest contract: one JSON object a line, and every reason for which a line is refused.

Belongs here: shapes and checks that need no database.
Does not: whether the pictures exist (catalog.ingestion).
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from catalog.choices import MAX_CANDIDATES, OVERALL, SLOTS
from config.base.words import noted

SeverityWord = Literal["none", "minor", "major", "unsure"]
Way = Literal["manual", "automated", "answer_driven"]


class ManifestRegion(msgspec.Struct, frozen=True):
    """A box (x, y, width, height), a point (x, y) or a polygon, in pixels of the stored raster."""

    slot: str
    aspect: str
    box: tuple[float, float, float, float] | None = None
    point: tuple[float, float] | None = None
    polygon: list[tuple[float, float]] | None = None
    note: str = ""


class ManifestRationale(msgspec.Struct, frozen=True):
    """A rationale that comes along."""

    aspect: str
    text: str
    way: Way = "manual"


class ManifestRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sample as it is handed in. Keys the contract does not know are kept in `metadata`."""

    id: str
    original: str
    candidates: dict[str, str]
    group: str = ""
    answers: dict[str, list[str]] = {}
    verdicts: dict[str, dict[str, SeverityWord]] = {}
    regions: list[ManifestRegion] = []
    rationales: list[ManifestRationale] = []
    generator: dict[str, str] = {}
    metadata: dict[str, Any] = {}


@dataclass(frozen=True)
class Refusal:
    """Why a line, or a picture of it, was not taken. Written to the report as `line id field reason`."""

    line: int
    id: str
    field: str
    reason: str


@dataclass(frozen=True)
class Parsed:
    """A line that was understood, with the hash by which a re-import knows it."""

    line: int
    row: ManifestRow
    content_hash: bytes


@dataclass(frozen=True)
class Rules:
    """What a project and this instance allow."""

    aspects: AbstractSet[str]
    hosts: Collection[str] = field(default_factory=tuple)
    buckets: Collection[str] = field(default_factory=tuple)


LETTERS = frozenset(SLOTS)
KNOWN = frozenset(ManifestRow.__struct_fields__)
MAX_ID = 200
MAX_PATH = 1000
CONTROL = re.compile(r"[\x00-\x1f]")
# Folders and a file in letters that no file system, address or shell treats apart: nearly every path, in one look.
SIMPLE_PATH = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*", re.ASCII)

_decode = msgspec.json.Decoder(ManifestRow).decode
_encode = msgspec.json.Encoder(order="deterministic").encode


def parse(line: int, raw: bytes, rules: Rules) -> Parsed | list[Refusal]:
    """One line to a row, or every reason against it."""
    try:
        row = _decode(raw)
    except (msgspec.ValidationError, msgspec.DecodeError, RecursionError):
        found = _patiently(line, raw)  # it has other keys, which is allowed, or it says what is wrong with it
        if isinstance(found, Refusal):
            return [found]
        row = found
    refusals = [Refusal(line, row.id[:MAX_ID], place, reason) for place, reason in _problems(row, raw, rules)]
    return refusals or Parsed(line, row, hashlib.blake2b(_encode(row), digest_size=16).digest())


def _patiently(line: int, raw: bytes) -> ManifestRow | Refusal:
    """Step by step: JSON, an object, other keys moved into `metadata`, then the contract."""
    try:
        content = msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError) as error:
        return Refusal(line, "", "line", noted("is not valid JSON: {why}", why=str(error)))
    if not isinstance(content, dict):
        return Refusal(line, "", "line", noted("must be one JSON object"))
    shown = content["id"] if isinstance(content.get("id"), str) else ""
    if extra := {key: content.pop(key) for key in list(content) if key not in KNOWN}:
        present = content.get("metadata")
        content["metadata"] = {**extra, **present} if isinstance(present, dict) else extra
    try:
        return msgspec.convert(content, ManifestRow)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `")
        return Refusal(line, shown[:MAX_ID], place.rstrip("`").removeprefix("$.") or "line", reason)


def _problems(row: ManifestRow, raw: bytes, rules: Rules) -> Iterator[tuple[str, str]]:
    if not row.id.strip() or len(row.id) > MAX_ID:
        yield "id", noted("must have 1 to {most} characters", most=MAX_ID)
    if CONTROL.search(row.id) or "/" in row.id:
        yield "id", noted("must have no control characters and no slash (a question is written id/aspect)")
    if b"\\u0000" in raw:
        yield "line", noted("holds a zero character, which no text column can keep")
    if len(row.group) > MAX_ID:
        yield "group", noted("must have at most {most} characters", most=MAX_ID)
    yield from _pictures(row, rules)
    yield from _judgements(row, rules)


def _pictures(row: ManifestRow, rules: Rules) -> Iterator[tuple[str, str]]:
    if not 1 <= len(row.candidates) <= MAX_CANDIDATES:
        yield "candidates", noted("must name 1 to {most} pictures", most=MAX_CANDIDATES)
    for slot in row.candidates:
        if slot not in LETTERS:
            yield (
                f"candidates.{slot[:20]}",
                noted("a slot is one letter from {first} to {last}", first=SLOTS[0], last=SLOTS[-1]),
            )
    if reason := path_problem(row.original, rules.hosts, rules.buckets):
        yield "original", reason
    for slot, path in row.candidates.items():
        if reason := path_problem(path, rules.hosts, rules.buckets):
            yield f"candidates.{slot}"[:40], reason
    for slot in row.generator:
        if slot not in row.candidates:
            yield f"generator.{slot[:20]}", noted("names a slot that has no candidate")


def path_problem(path: str, hosts: Collection[str], buckets: Collection[str] = ()) -> str | None:
    """Why a picture's path is refused, or None. Paths stay below the manifest's folder, addresses on listed hosts."""
    if len(path) <= MAX_PATH and SIMPLE_PATH.fullmatch(path):
        return None
    if not path or len(path) > MAX_PATH:
        return noted("a path has 1 to {most} characters", most=MAX_PATH)
    if CONTROL.search(path):
        return noted("a path has no control characters")
    scheme = urlsplit(path).scheme if "://" in path else ""
    if scheme in {"http", "https"}:
        host = urlsplit(path).hostname or ""
        return (
            None
            if host in hosts
            else noted("the host {host!r} is not among those an administrator listed (IMPORT_HOSTS)", host=host)
        )
    if scheme == "s3":
        bucket, _, key = path.removeprefix("s3://").partition("/")
        if bucket not in buckets:
            return noted(
                "the bucket {bucket!r} is not among those an administrator listed (IMPORT_BUCKETS)", bucket=bucket
            )
        return None if key else noted("an s3 address has a key behind the bucket")
    if scheme:
        return noted(
            "{scheme}:// is not read; use a path relative to the manifest, or copy the pictures beside it",
            scheme=scheme,
        )
    if path.startswith(("/", "~")) or "\\" in path or (len(path) > 1 and path[1] == ":"):
        return noted("a path is relative to the manifest, with forward slashes")
    if ".." in path.split("/"):
        return noted("a path stays below the manifest's folder; '..' is refused")
    return None


def _judgements(row: ManifestRow, rules: Rules) -> Iterator[tuple[str, str]]:
    slots = row.candidates.keys()
    for aspect, chosen in row.answers.items():
        if aspect not in rules.aspects and aspect != OVERALL:
            yield _no_aspect(f"answers.{aspect}", aspect, rules)
        if not slots >= set(chosen):
            yield f"answers.{aspect}"[:120], noted("names a slot that has no candidate")
    for slot, cells in row.verdicts.items():
        if slot not in slots:
            yield f"verdicts.{slot}"[:120], noted("names a slot that has no candidate")
        if not cells.keys() <= rules.aspects:
            for aspect in cells.keys() - rules.aspects:
                yield _no_aspect(f"verdicts.{slot}.{aspect}", aspect, rules)
    for number, region in enumerate(row.regions):
        place = f"regions[{number}]"
        if region.aspect not in rules.aspects:
            yield _no_aspect(f"{place}.aspect", region.aspect, rules)
        if region.slot not in slots:
            yield f"{place}.slot", noted("names a slot that has no candidate")
        yield from _geometry(place, region)
    for number, rationale in enumerate(row.rationales):
        if rationale.aspect not in rules.aspects:
            yield _no_aspect(f"rationales[{number}].aspect", rationale.aspect, rules)
        if not rationale.text.strip():
            yield f"rationales[{number}].text", noted("is empty")


def _no_aspect(place: str, aspect: str, rules: Rules) -> tuple[str, str]:
    return place[:120], noted(
        "the project has no aspect {aspect!r}; it has {known}", aspect=aspect[:60], known=sorted(rules.aspects)
    )


def _geometry(place: str, region: ManifestRegion) -> Iterator[tuple[str, str]]:
    shapes = [shape for shape in (region.box, region.point, region.polygon) if shape is not None]
    if len(shapes) != 1:
        yield place, noted("has exactly one of box, point and polygon")
        return
    numbers = [*(region.box or ()), *(region.point or ()), *(value for pair in region.polygon or () for value in pair)]
    if not all(math.isfinite(value) for value in numbers):
        yield place, noted("has a coordinate that is not a finite number")
    elif region.box is not None and (region.box[2] <= 0 or region.box[3] <= 0):
        yield f"{place}.box", noted("has no width or no height; a box is x, y, width, height")
    elif region.polygon is not None and len(region.polygon) < 3:
        yield f"{place}.polygon", noted("has fewer than three corners")
