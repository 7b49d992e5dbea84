"""Bodies this app accepts."""

from __future__ import annotations

from catalog.shapes import GuidelineText, Names
from config.base.api.requests import StructRequest


class AspectChangeRequest(StructRequest):
    names: Names
    description: Names


class GuidelinePublishRequest(StructRequest):
    texts: dict[str, GuidelineText]
    note: str = ""
