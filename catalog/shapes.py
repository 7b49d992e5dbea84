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


class GuidelineText(msgspec.Struct, frozen=True):
    """What annotators read about one aspect, and the question a model is asked."""

    text: Names
    question: Names
