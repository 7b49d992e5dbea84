"""Bodies this app accepts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from config.base.api.requests import StructRequest
from cot_generation.choices import Way
from curation.choices import RejectReason, StoppingRule, Work


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


class PeopleBudgetRequest(StructRequest):
    """US dollars a month for people's work; null: no budget."""

    monthly_usd: Decimal | None


class ArmBody(StructRequest):
    """A way to try: a prompt on an endpoint under a cap in US dollars, or, without them, people who write."""

    label: str
    prompt_id: UUID | None = None
    endpoint_id: UUID | None = None
    cap: Decimal = Decimal(0)


class TrialStartRequest(StructRequest):
    """`reference` is the place of the way that the others are held against; `aspects` by key, none: all."""

    name: str
    arms: list[ArmBody]
    reference: int = 0
    margin: float = 0.1
    confidence: float = 0.95
    rule: StoppingRule = StoppingRule.OBRIEN_FLEMING
    looks: int = 4
    per_arm: int = 100
    aspects: list[str] = []
    seed: int = 1


class MatchRequest(StructRequest):
    """Samples by the explorer's filters."""

    query: dict[str, str] = {}
