"""Where things lie in a run folder, and how they are written so that a reader never sees half of one.

Belongs here: paths, atomic replacement, numbered segments, the status file, the wish to stop.
Does not: the shape of rows that come in (rows.py).
"""

import itertools
import json
import os
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from training_bridge.trainer.contract import rows
from training_bridge.trainer.contract.reading import compact
from training_bridge.trainer.errors import BadInput


class RunFolder:
    """The paths of one run."""

    def __init__(self, root: Path) -> None:
        if not root.is_dir():
            raise BadInput(f"{root} is not a folder; give the run folder that the platform or `trainer` prepared.")
        self.root = root
        self.request_file = root / "run.json"
        self.release = root / "release"
        self.pool = root / "pool" / "pool.jsonl"
        self.control = root / "control.json"
        self.plan = root / "plan.json"
        self.status = root / "status.json"
        self.checkpoints = root / "checkpoints"
        self.evaluation = root / "evaluation"
        self.mining = root / "mining"
        self.cache = root / "cache"
        self.completions = root / "completions.jsonl"
        self.endpoint_completions = root / "endpoint_completions"

    def request(self) -> rows.RunRequest:
        return rows.run_request(self.request_file)

    def picture(self, path: str) -> Path:
        """A picture named by a row; rows may not reach outside the folder.

        What counts is the name: whoever makes a folder may link its pictures from elsewhere, as an ablation does.
        """
        root = os.path.abspath(self.root)
        full = os.path.abspath(self.root / path)
        if os.path.isabs(path) or not full.startswith(root + os.sep):
            raise BadInput(f"The picture path {path} leads outside the run folder.")
        return Path(full)

    def unfinished(self, stage: str) -> Path:
        """Where a stage keeps its checkpoints until it is done."""
        return self.checkpoints / f"{stage}.steps"

    def cancel_wanted(self) -> bool:
        """Whether control.json asks to stop. A file caught in the middle of being written asks for nothing yet."""
        try:
            return bool(json.loads(self.control.read_text(encoding="utf-8")).get("cancel", False))
        except (FileNotFoundError, json.JSONDecodeError):
            return False


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def replace_text(path: Path, text: str) -> None:
    """The whole file or the old one, never half of it, also after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    part.replace(path)


def replace_json(path: Path, value: Mapping[str, Any]) -> None:
    replace_text(path, json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


class Segments:
    """Append-only lines in numbered files: a finished segment never changes, so it can be copied once and for all.

    A process starts a segment of its own; what a killed one left unfinished is cut back to its last whole line.
    """

    def __init__(self, folder: Path, name: str, *, lines_each: int = 2000) -> None:
        self.folder, self.name, self.lines_each = folder, name, lines_each
        folder.mkdir(parents=True, exist_ok=True)
        existing = self.files(folder, name)
        self._number = int(existing[-1].stem.rsplit("-", 1)[1]) if existing else 0
        if existing:
            _drop_half_line(existing[-1])
        self._lines = 0
        self._handle: TextIO | None = None

    def append(self, row: Mapping[str, Any]) -> None:
        if self._handle is None or self._lines >= self.lines_each:
            self.close()
            self._number += 1
            self._lines = 0
            self._handle = (self.folder / f"{self.name}-{self._number:06d}.jsonl").open("x", encoding="utf-8")
        self._handle.write(compact(row) + "\n")
        self._handle.flush()
        self._lines += 1

    def close(self) -> None:
        if self._handle is not None:
            self._handle.close()
            self._handle = None

    @staticmethod
    def files(folder: Path, name: str) -> list[Path]:
        return sorted(folder.glob(f"{name}-[0-9][0-9][0-9][0-9][0-9][0-9].jsonl"))


def _drop_half_line(path: Path) -> None:
    content = path.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if len(whole) != len(content):
        with path.open("r+b") as handle:
            handle.truncate(len(whole))


class Journal:
    """What the run tells while it works: events in segments, and one status file that always says where it stands."""

    QUIET_SECONDS = 0.5

    def __init__(
        self,
        folder: RunFolder,
        *,
        silent: bool = False,
        tell: Callable[[Mapping[str, Any]], None] = lambda event: None,
    ) -> None:
        """`silent`: in every process of a run but the first, which speaks for all. `tell`: gets every event too."""
        self._folder, self._silent, self._tell = folder, silent, tell
        if not silent:
            self._events = Segments(folder.root, "events")
            counted = (sum(1 for _ in file.open("rb")) for file in Segments.files(folder.root, "events"))
            self._sequence = itertools.count(sum(counted) + 1)
        self._written_at = 0.0
        self._status: dict[str, Any] = {
            "schema": rows.SCHEMA,
            "state": "running",
            "stage": None,
            "stage_number": 0,
            "stage_count": 0,
            "step": 0,
            "steps": 0,
            "progress": 0.0,
            "message": "",
            "failure": None,
            "resumable": True,
            "pid": os.getpid(),
            "started_at": now(),
            "updated_at": now(),
        }

    def event(self, kind: str, **values: Any) -> None:
        if self._silent:
            return
        event = {"n": next(self._sequence), "at": now(), "kind": kind, **values}
        self._events.append(event)
        self._tell(event)

    def note(self, message: str, **values: Any) -> None:
        """Something a person may want to read in the run's log."""
        self.event("note", message=message, **values)
        self.standing(message=message)

    def standing(self, *, at_once: bool = True, **values: Any) -> None:
        """Bring the status file up to date. Steps may pass `at_once=False`: written at most twice a second."""
        self._status.update(values, updated_at=now())
        if self._silent:
            return
        if at_once or time.monotonic() - self._written_at >= self.QUIET_SECONDS:
            replace_json(self._folder.status, self._status)
            self._written_at = time.monotonic()

    def close(self) -> None:
        if not self._silent:
            self._events.close()
