"""Bodies this app accepts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from config.base.api.requests import StructRequest
from cot_generation.choices import Way
from curation.choices import RejectReason, Work


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
    first_fault: int | None = None
    active_ms: int = 0


class RateRequest(StructRequest):
    """US dollars an hour of one kind of work, from a day on (today, unless said)."""

    work: Work
    usd_per_hour: Decimal
    valid_from: date | None = None


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
