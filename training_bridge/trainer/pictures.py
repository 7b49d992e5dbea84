"""Pictures of a run: for the tiny model as small arrays decoded once, for others decoded when they are asked for.

Belongs here: reading, checking against the name's hash, shrinking, the cache in the run folder.
Does not: what the model does to a picture (its processor).
"""

import hashlib
import io
import os
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from training_bridge.trainer import ranks
from training_bridge.trainer.contract.folder import RunFolder
from training_bridge.trainer.errors import BadInput

_HASH_LENGTH = 64
_CHUNK = 512


class Pictures:
    """Every picture that the run needs, as `side` × `side` RGB, found by its path."""

    def __init__(self, folder: RunFolder, side: int) -> None:
        self._folder, self._side = folder, side
        self._place: dict[str, int] = {}
        self._pixels = np.zeros((0, side, side, 3), dtype=np.uint8)

    def load(self, paths: Iterable[str]) -> Iterator[tuple[int, int]]:
        """Read what is not there yet. Yields (done, wanted) so that the caller can show it and stop."""
        wanted = sorted(set(paths) - set(self._place))
        if not wanted:
            return
        kept = self._folder.cache / f"pictures-{self._side}-{_digest(wanted)}.npy"
        if kept.exists():
            self._add(wanted, np.load(kept))
            yield len(wanted), len(wanted)
            return
        pixels = np.zeros((len(wanted), self._side, self._side, 3), dtype=np.uint8)
        todo = iter(enumerate(wanted))
        done = 0
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            while part := list(islice(todo, _CHUNK)):
                for (place, _), array in zip(part, pool.map(lambda item: self._read(item[1]), part), strict=True):
                    pixels[place] = array
                done += len(part)
                yield done, len(wanted)
        if ranks.first():
            kept.parent.mkdir(parents=True, exist_ok=True)
            part_file = kept.with_suffix(".part.npy")
            try:
                np.save(part_file, pixels)
            except BaseException:
                part_file.unlink(missing_ok=True)
                raise
            part_file.replace(kept)
        self._add(wanted, pixels)

    def image(self, path: str) -> Image.Image:
        return Image.fromarray(self._pixels[self._place[path]])

    def _add(self, paths: list[str], pixels: np.ndarray) -> None:
        first = len(self._place)
        self._place.update({path: first + place for place, path in enumerate(paths)})
        self._pixels = np.concatenate([self._pixels, pixels])

    def _read(self, path: str) -> np.ndarray:
        return read(self._folder.picture(path), self._side)


class WholePictures:
    """Pictures in their own shape, their long side at most `side` pixels, found by their path.

    Every picture is checked once, by its hash, before training begins; the newest `KEPT` decoded ones stay in memory,
    because the questions about one sample come with the same five.
    """

    KEPT = 512

    def __init__(self, folder: RunFolder, side: int) -> None:
        self._folder, self._side = folder, side
        self._checked: set[str] = set()
        self._decoded: OrderedDict[str, Image.Image] = OrderedDict()

    def load(self, paths: Iterable[str]) -> Iterator[tuple[int, int]]:
        """Check what was not checked yet. Yields (done, wanted) so that the caller can show it and stop."""
        wanted = sorted(set(paths) - self._checked)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for start in range(0, len(wanted), _CHUNK):
                part = wanted[start : start + _CHUNK]
                list(pool.map(lambda path: content(self._folder.picture(path)), part))
                self._checked.update(part)
                yield start + len(part), len(wanted)

    def image(self, path: str) -> Image.Image:
        if path not in self._decoded:
            self._decoded[path] = self._decode(path)
            if len(self._decoded) > self.KEPT:
                self._decoded.popitem(last=False)
        self._decoded.move_to_end(path)
        return self._decoded[path]

    def _decode(self, path: str) -> Image.Image:
        file = self._folder.picture(path)
        try:
            with Image.open(file) as opened:
                opened.draft("RGB", (self._side, self._side))
                whole = opened.convert("RGB")
                whole.thumbnail((self._side, self._side), Image.Resampling.LANCZOS, reducing_gap=2.0)
                return whole
        except (UnidentifiedImageError, OSError) as error:
            raise BadInput(f"The picture {file} cannot be decoded ({error}).") from None


def content(file: Path) -> bytes:
    """The bytes of a picture. A file named by its hash must still have that hash."""
    try:
        found = file.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"The picture {file} is missing; copy the run's images again.") from None
    if len(file.stem) == _HASH_LENGTH and hashlib.sha256(found).hexdigest() != file.stem:
        raise BadInput(f"The picture {file} is not the one its name stands for; copy the run's images again.")
    return found


def read(file: Path, side: int) -> np.ndarray:
    """One picture, shrunk to a square."""
    found = content(file)
    try:
        with Image.open(io.BytesIO(found)) as opened:
            opened.draft("RGB", (side * 2, side * 2))
            small = opened.convert("RGB").resize((side, side), Image.Resampling.BOX, reducing_gap=2.0)
    except (UnidentifiedImageError, OSError) as error:
        raise BadInput(f"The picture {file} cannot be decoded ({error}).") from None
    return np.asarray(small)


def _digest(paths: list[str]) -> str:
    return hashlib.sha256("\n".join(paths).encode()).hexdigest()[:16]
