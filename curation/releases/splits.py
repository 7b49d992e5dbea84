"""Which split a family lies in: a pure function of seed and family, so that a family never moves between releases."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from config.base.errors import InvalidInput
from curation.choices import Split


@dataclass(frozen=True)
class Shares:
    """Percent of families, train and validation; test gets the rest."""

    train: int = 80
    validation: int = 10

    def __post_init__(self) -> None:
        if not (0 < self.train <= 98 and self.validation >= 0 and self.train + self.validation <= 99):
            raise InvalidInput(
                "Splits are three percentages that make 100, such as 80/10/10; train and test are above 0."
            )

    @classmethod
    def parse(cls, text: str) -> Shares:
        """`80/10/10`. Raises InvalidInput."""
        parts = text.split("/")
        if len(parts) != 3 or not all(part.isdigit() for part in parts) or sum(map(int, parts)) != 100:
            raise InvalidInput("Splits are three percentages that make 100, such as 80/10/10.")
        return cls(int(parts[0]), int(parts[1]))


def split_of(family: str, *, seed: int, shares: Shares) -> Split:
    """The same family and seed give the same split on every machine."""
    digest = hashlib.blake2b(f"{seed}/{family}".encode(), digest_size=8).digest()
    place = int.from_bytes(digest, "big") / 2**64 * 100
    if place < shares.train:
        return Split.TRAIN
    return Split.VALIDATION if place < shares.train + shares.validation else Split.TEST
