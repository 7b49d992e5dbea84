"""Which samples must not be split: those of one group, those that share a picture, near-duplicate originals.

Belongs here: the union, and finding near-duplicates. Pure over what it is given, but for reading thumbnails.
Does not: drawing splits (splits.py).

Two originals are near-duplicates when their 64-bit difference hashes lie at most NEAR_BITS apart and their thumbnails
differ by less than NEAR_COLOUR on average. The second test is needed: the hash is blind to colour.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

NEAR_BITS = 3
NEAR_COLOUR = 2.0  # of 255, mean over a 16 × 16 thumbnail
BANDS = 4  # hashes at most three bits apart agree in one of four bands
SIDE = 16


@dataclass(frozen=True)
class Member:
    """A sample as families see it. `phash` is the original's, unsigned 64 bits."""

    sample_id: int
    name: str
    group: str
    pictures: tuple[str, ...]
    original: str
    phash: int


class Union:
    """Union-find over sample ids; the smallest id of a family stands for it."""

    def __init__(self, ids: Iterable[int]) -> None:
        self._above = {each: each for each in ids}

    def find(self, each: int) -> int:
        """The family's representative."""
        root = each
        while self._above[root] != root:
            root = self._above[root]
        while self._above[each] != root:
            self._above[each], each = root, self._above[each]
        return root

    def join(self, one: int, other: int) -> None:
        """These two are one family."""
        a, b = self.find(one), self.find(other)
        self._above[max(a, b)] = min(a, b)


def families(members: Sequence[Member], thumbnail: Callable[[str], bytes]) -> dict[int, str]:
    """Sample id to family id (`f-` and the external id of its first sample). `thumbnail` reads a picture by sha256."""
    union = Union(member.sample_id for member in members)
    first_of: dict[tuple[str, str], int] = {}
    for member in members:
        shared = [("group", member.group)] if member.group else []
        for key in [*shared, *(("picture", sha256) for sha256 in member.pictures)]:
            union.join(first_of.setdefault(key, member.sample_id), member.sample_id)
    for one, other in near_duplicates(members, thumbnail):
        union.join(one, other)
    names = {member.sample_id: member.name for member in members}
    return {member.sample_id: f"f-{names[union.find(member.sample_id)]}" for member in members}


def near_duplicates(members: Sequence[Member], thumbnail: Callable[[str], bytes]) -> list[tuple[int, int]]:
    """Pairs of samples whose originals look the same. Each is paired with one other of its kind, not with all."""
    distinct: dict[str, Member] = {}
    for member in members:
        distinct.setdefault(member.original, member)
    buckets: Mapping[tuple[int, int], list[Member]] = defaultdict(list)
    for member in distinct.values():
        for band in range(BANDS):
            buckets[band, member.phash >> (16 * band) & 0xFFFF].append(member)
    colours: dict[str, npt.NDArray[np.int16]] = {}

    def colour(member: Member) -> npt.NDArray[np.int16]:
        if member.original not in colours:
            with Image.open(io.BytesIO(thumbnail(member.original))) as image:
                small = image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BOX)
            colours[member.original] = np.asarray(small, dtype=np.int16)
        return colours[member.original]

    pairs = []
    for bucket in buckets.values():
        left = bucket
        while len(left) > 1:
            head, rest = left[0], left[1:]
            near = [other for other in rest if (head.phash ^ other.phash).bit_count() <= NEAR_BITS]
            same = {other.sample_id for other in near if np.abs(colour(head) - colour(other)).mean() < NEAR_COLOUR}
            pairs += [(head.sample_id, other) for other in sorted(same)]
            left = [other for other in rest if other.sample_id not in same]
    return pairs
