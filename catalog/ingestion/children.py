"""The decoding child as its parent sees it: one a worker process, started again when it dies."""

from __future__ import annotations

import json
import os
import select
import struct
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.errors import PictureRefused

ROOT = Path(__file__).resolve().parents[2]
WALL_SECONDS = 20
HEADER = struct.Struct(">I")


@dataclass(frozen=True)
class Decoded:
    """A picture ready to be stored. Sizes in pixels; `phash` signed 64 bits."""

    sha256: str
    source_sha256: str
    media_type: str
    suffix: str
    width: int
    height: int
    phash: int
    phash_version: int
    raster: bytes
    thumbnail: bytes


class Decoder:
    """Use from one thread. `decode` raises PictureRefused; the child is restarted after a crash or a hang."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None

    def decode(self, source: bytes) -> Decoded:
        """Facts, raster and thumbnail of `source`."""
        child = self._running()
        try:
            facts, raster, thumbnail = self._ask(child, source)
        except (BrokenPipeError, EOFError, ConnectionError):
            self.close()
            raise PictureRefused("crashed the decoder, or took more memory or time than a picture may") from None
        except TimeoutError:
            self.close()
            raise PictureRefused("took longer than {seconds} s to decode", seconds=WALL_SECONDS) from None
        if "refused" in facts:
            raise PictureRefused("{refused!t}", refused=facts["refused"])
        kept = facts.pop("kept")
        return Decoded(raster=source if kept else raster, thumbnail=thumbnail, **facts)

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._child = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "catalog.ingestion.decoder"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT)},  # and no credential
            )
        return self._child

    def _ask(self, child: subprocess.Popen[bytes], source: bytes) -> tuple[dict[str, Any], bytes, bytes]:
        if child.stdin is None or child.stdout is None:
            raise EOFError
        child.stdin.write(HEADER.pack(len(source)))
        child.stdin.write(source)
        child.stdin.flush()
        until = time.monotonic() + WALL_SECONDS
        reader = child.stdout.fileno()
        parts = [_read(reader, HEADER.unpack(_read(reader, HEADER.size, until))[0], until) for _ in range(3)]
        return json.loads(parts[0]), parts[1], parts[2]


def _read(descriptor: int, size: int, until: float) -> bytes:
    blocks = []
    while size:
        ready, _, _ = select.select([descriptor], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise TimeoutError
        block = os.read(descriptor, min(size, 1 << 20))
        if not block:
            raise EOFError
        blocks.append(block)
        size -= len(block)
    return b"".join(blocks)
