"""Bodies this app accepts."""

from __future__ import annotations

from config.base.api.requests import StructRequest
from cot_generation.choices import Way
from curation.choices import RejectReason


class SliceCreateRequest(StructRequest):
    name: str
    query: dict[str, str]


class LotDrawRequest(StructRequest):
    way: Way
    sample_size: int = 50


class VerdictRequest(StructRequest):
    """`accepted` null takes the last verdict back."""

    accepted: bool | None
    reason: RejectReason | None = None
    note: str = ""


class LotDecideRequest(StructRequest):
    accept: bool


class ReleaseCutRequest(StructRequest):
    name: str
    seed: int = 1
    splits: str = "80/10/10"
    allow_sandbox: bool = False
    locale: str = "en"


class MatchRequest(StructRequest):
    """Samples by the explorer's filters."""

    query: dict[str, str] = {}
