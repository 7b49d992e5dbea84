"""A Label Studio export (JSON), task by task.

Belongs here: one task to one manifest row, and reading the export's array without holding it.
Does not: talking to a server (label_studio_live.py).

How names are read, in `data` and in controls, case aside: `original`; a slot is `a`, `A`, `cand_a`, `candidate_a`,
`img_a`, `image_a` or `picture_a`. Controls by what they do:

- choices named like an aspect (or `overall`), with slots (or `none`) as values: the answer;
- choices named like an aspect on a candidate's picture, with severities as values: a verdict;
- rectangles, polygons and key points on a candidate's picture: a region, of the aspect among its labels or, where the
  labels name none, of the one aspect whose answer has this slot;
- text areas whose name holds an aspect: a rationale.

What fits none of these is kept in `metadata.label_studio`, so nothing is lost and nothing is guessed.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from catalog.choices import OVERALL
from catalog.errors import ManifestUnreadable
from catalog.imports.manifest import Refusal
from catalog.imports.sources.base import Line, beside, encode
from config.base.words import noted

SLOT = re.compile(r"(?:(?:cand|candidate|img|image|picture)_?)?([a-h])", re.IGNORECASE)
ORIGINAL = ("original", "img_original", "image_original", "img_o")
SEVERITIES = ("none", "minor", "major", "unsure")
BLOCK = 1 << 20
MAX_TASK = 64_000_000


def slot_of(name: str) -> str | None:
    """The slot that a key of `data` or a picture's control names."""
    found = SLOT.fullmatch(name)
    return found.group(1).upper() if found else None


def row_of(number: int, task: object, aspects: Collection[str]) -> bytes | Refusal:
    """A task's row."""
    if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
        return Refusal(number, "", "line", noted("is no Label Studio task: it has no `data`"))
    data: dict[str, Any] = dict(task["data"])
    row: dict[str, Any] = {"id": str(_first(data, "id", "sample_id") or task.get("id") or ""), "candidates": {}}
    rest: dict[str, Any] = {"task": task.get("id")}
    for key, value in data.items():
        if key in ("id", "sample_id"):
            continue
        if key == "original":
            row["original"] = path_of(value)
        elif (slot := slot_of(key)) is not None:
            row["candidates"][slot] = path_of(value)
        elif key == "group":
            row["group"] = str(value)
        else:
            rest.setdefault("data", {})[key] = value
    try:
        annotation, count = _newest(task)
        if annotation is not None:
            rest["annotations"] = count
            _read(annotation, row, rest, aspects)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return Refusal(
            number,
            row["id"],
            "annotations",
            noted("cannot be understood ({why})", why=f"{type(error).__name__}: {error}"[:370]),
        )
    row["metadata"] = {"label_studio": rest}
    return encode(row)


def path_of(value: object) -> object:
    """Label Studio's address of a picture as a manifest's path. Local files and uploads become relative paths."""
    if not isinstance(value, str):
        return value  # refused with its place when the row is read
    address = urlsplit(value)
    if address.scheme and address.scheme != "file":
        return value
    if address.path.startswith("/data/local-files"):
        return unquote(parse_qs(address.query).get("d", [""])[0]).lstrip("/")
    return unquote(address.path.removeprefix("/data/")) if address.path.startswith("/data/") else value


def _first(data: Mapping[str, Any], *names: str) -> object:
    return next((data[name] for name in names if data.get(name)), None)


def _newest(task: Mapping[str, Any]) -> tuple[dict[str, Any] | None, int]:
    """The ground truth if one is marked, else the newest annotation that was not cancelled."""
    kept = [each for each in task.get("annotations") or task.get("completions") or [] if not each.get("was_cancelled")]
    if not kept:
        return None, 0
    by_age = sorted(
        kept, key=lambda each: (bool(each.get("ground_truth")), str(each.get("updated_at") or ""), each.get("id") or 0)
    )
    return by_age[-1], len(kept)


def _read(annotation: Mapping[str, Any], row: dict[str, Any], rest: dict[str, Any], aspects: Collection[str]) -> None:
    results = annotation.get("result") or []
    places: list[Mapping[str, Any]] = []
    for result in results:
        kind, name, value = result["type"], str(result["from_name"]), result["value"]
        aspect = next((each for each in sorted(aspects, key=len, reverse=True) if each in name), None)
        if aspect is None and name == OVERALL:
            aspect = OVERALL
        slot = slot_of(str(result.get("to_name", "")))
        if kind == "choices" and aspect not in (None, OVERALL) and _is_verdict(value["choices"], slot):
            row.setdefault("verdicts", {}).setdefault(slot, {})[aspect] = value["choices"][0].lower()
        elif kind == "choices" and aspect is not None and _is_answer(value["choices"]):
            chosen = [slot_of(each) for each in value["choices"] if each.lower() != "none"]
            row.setdefault("answers", {})[aspect] = sorted({each for each in chosen if each is not None})
        elif kind == "textarea" and aspect not in (None, OVERALL):
            texts = value["text"] if isinstance(value["text"], list) else [value["text"]]
            row.setdefault("rationales", []).extend({"aspect": aspect, "text": text} for text in texts if text.strip())
        elif slot is not None and kind.startswith(("rectangle", "polygon", "keypoint")):
            places.append(result)
        else:
            rest.setdefault("results", []).append(result)
    for result in places:
        _region(result, row, rest, aspects)


def _is_verdict(choices: list[str], slot: str | None) -> bool:
    return slot is not None and len(choices) == 1 and choices[0].lower() in SEVERITIES


def _is_answer(choices: list[str]) -> bool:
    return all(each.lower() == "none" or slot_of(each) is not None for each in choices)


def _region(result: Mapping[str, Any], row: dict[str, Any], rest: dict[str, Any], aspects: Collection[str]) -> None:
    """After the answers, since one may tell the aspect."""
    slot, value = slot_of(str(result["to_name"])), result["value"]
    labels = [str(each) for key, found in value.items() if key.endswith("labels") for each in found]
    named = [each for each in aspects if each in labels or each in str(result["from_name"])]
    answered = [aspect for aspect, slots in row.get("answers", {}).items() if slot in slots]
    aspect = next(iter(named or (answered if len(answered) == 1 else ())), None)
    shape = _shape(result)
    if aspect is None or shape is None:
        rest.setdefault("results", []).append(result)
        return
    said = (result.get("meta") or {}).get("text") or ()
    note = ", ".join([*(each for each in labels if each not in aspects), *map(str, said)])
    row.setdefault("regions", []).append({"slot": slot, "aspect": aspect, "note": note, **shape})


def _shape(result: Mapping[str, Any]) -> dict[str, Any] | None:
    """Label Studio counts in percent of the picture; we count in its pixels. A turned rectangle becomes a polygon."""
    value, width, height = result["value"], result.get("original_width"), result.get("original_height")
    if not width or not height or result.get("image_rotation"):
        return None
    across, down = width / 100, height / 100
    if "points" in value:
        return {"polygon": [[x * across, y * down] for x, y in value["points"]]}
    x, y = value["x"] * across, value["y"] * down
    if str(result["type"]).startswith("keypoint"):
        return {"point": [x, y]}
    wide, high = value["width"] * across, value["height"] * down
    if not value.get("rotation"):
        return {"box": [x, y, wide, high]}
    sine, cosine = math.sin(math.radians(value["rotation"])), math.cos(math.radians(value["rotation"]))
    corners = ((0, 0), (wide, 0), (wide, high), (0, high))
    return {"polygon": [[x + a * cosine - b * sine, y + a * sine + b * cosine] for a, b in corners]}


class LabelStudioExport:
    """The file that *Export → JSON* gives."""

    def __init__(self, path: Path, aspects: Collection[str]) -> None:
        self.path = path
        self.aspects = frozenset(aspects)

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def folder(self) -> str:
        return beside(self.path)

    def lines(self) -> Iterator[Line]:
        try:
            for number, task in enumerate(self._tasks(), start=1):
                yield number, row_of(number, task, self.aspects)
        except OSError as error:
            raise ManifestUnreadable("{path} cannot be read: {why}.", why=error.strerror, path=str(self.path)) from None
        except UnicodeDecodeError:
            raise ManifestUnreadable("{name} is not UTF-8.", name=self.name, path=str(self.path)) from None

    def _tasks(self) -> Iterator[object]:
        """The members of a JSON array one by one: the text in hand is one block and one task at most."""
        decode = json.JSONDecoder().raw_decode
        with self.path.open(encoding="utf-8-sig") as file:
            held = file.read(BLOCK).lstrip()
            if not held.startswith("["):
                raise ManifestUnreadable(
                    "{name} is no Label Studio export: it must be a JSON list of tasks.", name=self.name
                )
            held = held[1:]
            while True:
                held = held.lstrip(" \t\r\n,")
                if held.startswith("]"):
                    return
                try:
                    task, end = decode(held)
                except ValueError:
                    more = file.read(max(BLOCK, len(held)))  # doubled each time, so a long task costs no square
                    if not more or len(held) > MAX_TASK:
                        raise ManifestUnreadable(
                            "{name} ends in the middle of a task, or is no valid JSON.", name=self.name
                        ) from None
                    held += more
                    continue
                yield task
                held = held[end:]
                if not held.strip(" \t\r\n,"):
                    held = file.read(BLOCK)
                    if not held:
                        raise ManifestUnreadable("{name} ends before its list does.", name=self.name)
