"""The canonical release row, as far as exporting needs to understand it, and what a reader gets back.

Belongs here: shapes and the rewriting of slot marks. Does not: a format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from training_bridge.errors import RowUnusable

SPLITS = ("train", "validation", "test")
SLOT_MARK = re.compile(r"\{\{([A-Z])\}\}")


class PictureRef(msgspec.Struct, frozen=True):
    """A picture as a row names it."""

    path: str
    sha256: str


class CandidateRef(msgspec.Struct, frozen=True):
    """A candidate's picture."""

    slot: str
    path: str
    sha256: str


class RationaleText(msgspec.Struct, frozen=True):
    """A rationale's words and the slots it concludes to be defective."""

    id: str
    text: str
    concluded: tuple[str, ...] | None = None


class QuestionRow(msgspec.Struct, frozen=True):
    """One question of a release. Fields that no format needs are left undecoded."""

    question: str
    sample_id: str
    split: str
    instruction: str
    original: PictureRef
    candidates: tuple[CandidateRef, ...]
    aspect: str
    answer: tuple[str, ...]
    allows_none: bool = True
    rationales: tuple[RationaleText, ...] = ()

    def pictures(self) -> list[tuple[str, str]]:
        """(path, sha256): the original, then the candidates by slot."""
        return [
            (self.original.path, self.original.sha256),
            *((each.path, each.sha256) for each in sorted(self.candidates, key=lambda each: each.slot)),
        ]


_DECODER = msgspec.json.Decoder(QuestionRow)


def decode(line: bytes) -> QuestionRow:
    """Raises RowUnusable, naming the reason, for a line that is no canonical row."""
    try:
        row = _DECODER.decode(line)
    except msgspec.DecodeError as error:
        raise RowUnusable("A row of the release cannot be read: {why}", why=str(error)) from None
    slots = [candidate.slot for candidate in row.candidates]
    if not slots or len(set(slots)) != len(slots):
        raise RowUnusable("{question} needs candidates with different slots.", question=row.question)
    if set(row.answer) - set(slots):
        raise RowUnusable("The answer of {question} names a slot without a picture.", question=row.question)
    if row.split not in SPLITS:
        raise RowUnusable("{question} lies in no known split: {split!r}.", split=row.split, question=row.question)
    return row


@dataclass(frozen=True)
class Recovered:
    """What every reader gives back, whatever the format: enough to compare with the release row by row."""

    question: str
    sample_id: str
    split: str
    pictures: tuple[str, ...]
    answer: tuple[str, ...]
    text: str | None


def chosen(row: QuestionRow) -> RationaleText | None:
    """The rationale that a format with one text a question takes: the first that concludes the answer."""
    for rationale in row.rationales:
        if rationale.concluded is not None and sorted(rationale.concluded) == sorted(row.answer):
            return rationale
    return None


def with_letters(text: str, letter_of: Mapping[str, str], *, question: str) -> tuple[str, list[int]]:
    """The text with its slot marks as letters, and where those letters now stand (by which they can be undone).

    Raises RowUnusable for a mark of a slot that the question does not have.
    """
    parts: list[str] = []
    places: list[int] = []
    length = end = 0
    for found in SLOT_MARK.finditer(text):
        if found[1] not in letter_of:
            raise RowUnusable(
                "A rationale of {question} names {name}, which it has no picture of.", question=question, name=found[0]
            )
        before = text[end : found.start()]
        length += len(before)
        places.append(length)
        parts += [before, letter_of[found[1]]]
        length += 1
        end = found.end()
    return "".join([*parts, text[end:]]), places


def with_marks(text: str, places: list[int], slot_of: Mapping[str, str]) -> str:
    """The other way: the letters at these places become slot marks again."""
    parts: list[str] = []
    end = 0
    for place in places:
        parts += [text[end:place], "{{", slot_of[text[place]], "}}"]
        end = place + 1
    return "".join([*parts, text[end:]])
