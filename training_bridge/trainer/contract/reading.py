"""Reading JSON that others wrote: each value is asked for by name and type, and a wrong one names its file and line.

Belongs here: typed access with clear errors. Does not: what a row means.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from training_bridge.trainer.errors import BadInput


class Reader:
    """One JSON object and where it came from."""

    def __init__(self, value: object, where: str) -> None:
        if not isinstance(value, dict):
            raise BadInput(f"{where}: a JSON object was expected, found {type(value).__name__}.")
        self.value: dict[str, Any] = value
        self.where = where

    def text(self, key: str, default: str | None = None) -> str:
        found = self.value.get(key, default)
        if not isinstance(found, str) or (found == "" and default is None):
            raise self._wrong(key, "a text", found)
        return found

    def integer(self, key: str, default: int | None = None) -> int:
        found = self.value.get(key, default)
        if not isinstance(found, int) or isinstance(found, bool):
            raise self._wrong(key, "a whole number", found)
        return found

    def number(self, key: str, default: float | None = None) -> float:
        found = self.value.get(key, default)
        if not isinstance(found, int | float) or isinstance(found, bool):
            raise self._wrong(key, "a number", found)
        return float(found)

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        found = self.value.get(key, default)
        if not isinstance(found, bool):
            raise self._wrong(key, "true or false", found)
        return found

    def mapping(self, key: str, *, optional: bool = False) -> dict[str, Any]:
        found = self.value.get(key, {} if optional else None)
        if not isinstance(found, dict):
            raise self._wrong(key, "an object", found)
        return found

    def sequence(self, key: str, *, optional: bool = False) -> list[Any]:
        found = self.value.get(key, [] if optional else None)
        if not isinstance(found, list):
            raise self._wrong(key, "a list", found)
        return found

    def schema(self, known: int) -> None:
        found = self.integer("schema")
        if found != known:
            raise BadInput(f"{self.where}: schema {found} is not the schema {known} that this trainer reads.")

    def _wrong(self, key: str, wanted: str, found: object) -> BadInput:
        shown = "nothing" if found is None else repr(found)[:60]
        return BadInput(f"{self.where}: `{key}` should be {wanted}, found {shown}.")


def read_object(path: Path) -> Reader:
    """The one JSON object that a file holds."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInput(f"{path.name} is missing from {path.parent}; it must be there before the run starts.") from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path.name}: not readable as JSON ({error}).") from None
    return Reader(value, path.name)


def read_lines(path: Path) -> Iterator[Reader]:
    """The JSON objects of a file, one a line. Empty lines are passed over."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except json.JSONDecodeError as error:
                raise BadInput(f"{path.name}:{number}: not readable as JSON ({error.msg}).") from None
            yield Reader(value, f"{path.name}:{number}")


def compact(row: Mapping[str, object]) -> str:
    """One line of JSON, keys in the order given, no spaces, NaN refused."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
