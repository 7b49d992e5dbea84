"""Bodies this app accepts."""

from __future__ import annotations

from typing import Literal

from catalog.shapes import GuidelineText, Names
from config.base.api.requests import StructRequest


class AspectChangeRequest(StructRequest):
    """Words and verdicts of an aspect. `severities` null: as they are."""

    names: Names
    description: Names
    severities: list[str] | None = None


class AspectAddRequest(StructRequest):
    """A further aspect; `text` joins the guideline as its next version."""

    key: str
    names: Names
    description: Names
    text: GuidelineText
    severities: tuple[str, ...] = ("none", "minor", "major", "unsure")


class AspectOrderRequest(StructRequest):
    """Every aspect of the project, once, in the order of the matrix."""

    keys: list[str]


class RuleChangeRequest(StructRequest):
    """From which severity on a candidate belongs to the answer."""

    threshold: Literal["minor", "major"]


class GuidelinePublishRequest(StructRequest):
    texts: dict[str, GuidelineText]
    note: str = ""
