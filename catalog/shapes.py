"""The shapes of this app's JSON columns."""

from __future__ import annotations

import msgspec


class Names(msgspec.Struct, frozen=True):
    """A name in the languages of the pages."""

    en: str
    zh: str = ""


class Sources(msgspec.Struct, frozen=True):
    """What to fetch for a sample: the original and each candidate by slot, as the manifest names them."""

    original: str
    candidates: dict[str, str]


class Example(msgspec.Struct, frozen=True):
    """A sample that shows what a guideline means: one candidate of it, the verdict it deserves, and why."""

    sample: str  # external id
    slot: str
    severity: str
    note: Names = Names("")


class GuidelineText(msgspec.Struct, frozen=True):
    """What annotators read about one aspect, the question a model is asked, and samples that show what is meant."""

    text: Names
    question: Names
    examples: tuple[Example, ...] = ()
