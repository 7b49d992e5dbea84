"""What an accepted rationale costs, by way and stage, prompt, model or aspect.

Belongs here: money and people's time over accepted rationales, with an interval that comes from the audit sample.
Does not: the ledger of calls (cot_generation), a day's books (books.py).

Cost per accepted = all that the group cost (calls, failed ones too; writing, revising and auditing time) ÷ (rationales
that passed their checks × accept rate in audits). The interval carries the accept rate's Wilson interval through; cost
itself is exact. Evaluation calls are no cost of rationales.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from catalog.selectors import aspects
from config.base.errors import InvalidInput
from cot_generation.choices import Way
from cot_generation.selectors import spending
from cot_generation.selectors.spending import EVER, Key
from curation.choices import Work
from curation.models import AuditEntry
from curation.selectors import audits, books

STEP = Decimal("0.000001")
NO_RUN = "people"  # key of what no run wrote, where groups are prompts or models: never empty, for a key is chosen by


class By(StrEnum):
    """What costs are grouped by. `way` tells the stages of the answer-driven way apart."""

    WAY = "way"
    PROMPT = "prompt"
    MODEL = "model"
    ASPECT = "aspect"


@dataclass(frozen=True)
class GroupEconomics:
    """One group. Money in US dollars; `per_accepted` values are None until something was audited and accepted."""

    key: str
    name: str
    way: str
    stage: str
    sandbox: bool
    written: int
    passed: int
    calls: int
    calls_usd: Decimal
    writing_ms: int
    writing_usd: Decimal
    rework: int
    rework_ms: int
    rework_usd: Decimal
    audit_ms: int
    audit_usd: Decimal
    judged: int
    accepted: int
    rate: audits.Interval
    per_accepted: Decimal | None
    per_accepted_low: Decimal | None
    per_accepted_high: Decimal | None
    traced: int = 0
    mostly_pasted: int = 0
    equal: Decimal | None = None
    equal_low: Decimal | None = None
    equal_high: Decimal | None = None

    @property
    def total_usd(self) -> Decimal:
        return self.calls_usd + self.writing_usd + self.rework_usd + self.audit_usd


@dataclass
class _Sums:
    written: int = 0
    passed: int = 0
    calls: int = 0
    calls_usd: Decimal = Decimal(0)
    writing_ms: int = 0
    rework: int = 0
    rework_ms: int = 0
    audit_ms: int = 0
    judged: int = 0
    accepted: int = 0
    traced: int = 0
    mostly_pasted: int = 0
    keys: set[Key] = field(default_factory=set)


def by(project_id: UUID, dimension: By, *, today: date) -> list[GroupEconomics]:
    """Every group that cost or brought something; ways in the order of the field's words, others by name.

    Time is costed at today's rates; the books keep the rate of each day. What ran in a sandbox is a group of its own.
    """
    grouped: dict[str, _Sums] = defaultdict(_Sums)
    group = _grouper(dimension)

    def sums(key: Key) -> _Sums:
        found = grouped[group(key)]
        found.keys.add(key)
        return found

    for tally in spending.tallied(project_id):
        if tally.evaluation:
            continue
        found = sums(tally.key)
        found.calls += tally.calls
        found.calls_usd += tally.usd
        found.writing_ms += tally.hand_ms
        found.rework += tally.rework
        found.rework_ms += tally.rework_ms
        found.written += tally.latest
        found.passed += tally.passed
        found.traced += tally.traced
        found.mostly_pasted += tally.mostly
    for key, (_, ms) in books.audited(project_id, since=EVER[0], until=EVER[1]).items():
        sums(key).audit_ms += ms
    for key, accepted in _said(project_id):
        found = sums(key)
        found.judged += 1
        found.accepted += accepted
    rates = {each.work: each.usd_per_hour for each in books.rates(project_id, day=today)}
    names = _names(project_id, dimension, {key for each in grouped.values() for key in each.keys})
    rows = [_row(name, names[name], found, rates) for name, found in grouped.items()]
    order = {way.value: place for place, way in enumerate(Way)}
    return sorted(rows, key=lambda row: (order.get(row.way, 9) if dimension == By.WAY else 0, row.name, row.sandbox))


def at_quality_of(rows: Sequence[GroupEconomics], key: str) -> list[GroupEconomics]:
    """The rows with `equal`: what an accepted one costs once the group is sorted until it is as good as this one.

    Of what passed its checks, auditors look at a share f and take out what they reject. That leaves accepted ones in a
    share p / (1 - f (1 - p)), which is the other group's accept rate q for f = (1 - p / q) / (1 - p). Nothing accepted
    is lost by it, so it adds f × (audit money of one) / p to the cost of an accepted one. A group that is as good
    already needs none. The interval carries the group's own accept rate through; q is taken as it stands.

    Raises InvalidInput when there is no such group or none of it was audited and accepted.
    """
    target = next((row.rate.value for row in rows if row.key == key), None)
    if not target:
        raise InvalidInput("Costs at equal quality need a group of which auditors accepted some.")
    judged = sum(row.judged for row in rows)
    usual = sum((row.audit_usd for row in rows), Decimal(0)) / judged if judged else Decimal(0)

    def cost(row: GroupEconomics, share: float | None, plain: Decimal | None) -> Decimal | None:
        if not share or plain is None:
            return None
        audited = 0.0 if share >= target else (1 - share / target) / (1 - share)
        one = row.audit_usd / row.judged if row.judged else usual
        return (plain + one * Decimal(str(audited / share))).quantize(STEP)

    return [
        replace(
            row,
            equal=cost(row, row.rate.value, row.per_accepted),
            equal_low=cost(row, row.rate.high, row.per_accepted_low),
            equal_high=cost(row, row.rate.low, row.per_accepted_high),
        )
        for row in rows
    ]


def _grouper(dimension: By) -> Callable[[Key], str]:
    def group(key: Key) -> str:
        what = {
            By.WAY: f"{key.way} {key.stage}" if key.way == Way.ANSWER_DRIVEN else key.way,
            By.PROMPT: str(key.prompt_id or NO_RUN),
            By.MODEL: key.model or NO_RUN,
            By.ASPECT: str(key.aspect_id),
        }[dimension]
        return f"{what} {'sandbox' if key.sandbox else ''}".rstrip()

    return group


def _names(project_id: UUID, dimension: By, keys: set[Key]) -> dict[str, str]:
    """Group -> what people call it; "" for what no run wrote."""
    group = _grouper(dimension)
    if dimension == By.PROMPT:
        known = spending.prompt_names(key.prompt_id for key in keys if key.prompt_id)
        return {group(key): known.get(key.prompt_id, "") if key.prompt_id else "" for key in keys}
    if dimension == By.ASPECT:
        aspect_keys = {each.id: each.key for each in aspects.of_project(project_id)}
        return {group(key): aspect_keys.get(key.aspect_id, str(key.aspect_id)) for key in keys}
    return {group(key): key.model if dimension == By.MODEL else key.way for key in keys}


def _said(project_id: UUID) -> list[tuple[Key, bool]]:
    """Every audited rationale's key and whether it was accepted."""
    entries = dict(AuditEntry.objects.filter(lot__project_id=project_id).values_list("pk", "rationale_id"))
    said = audits.latest(entries)
    keys = spending.keys_of(project_id, (entries[entry] for entry in said)) if said else {}
    return [
        (keys[entries[entry]], verdict.accepted is True) for entry, verdict in said.items() if entries[entry] in keys
    ]


def _row(key: str, name: str, found: _Sums, rates: Mapping[Work, Decimal]) -> GroupEconomics:
    rate = audits.wilson(found.accepted, found.judged)
    writing = books.priced(found.writing_ms, rates[Work.WRITING])
    rework = books.priced(found.rework_ms, rates[Work.REWORK])
    audit = books.priced(found.audit_ms, rates[Work.AUDIT])
    total = found.calls_usd + writing + rework + audit

    def per(share: float | None) -> Decimal | None:
        if not share or not found.passed:
            return None
        return (total / (Decimal(found.passed) * Decimal(str(share)))).quantize(STEP)

    ways, stages = {each.way for each in found.keys}, {each.stage for each in found.keys}
    return GroupEconomics(
        key=key,
        name=name,
        way=ways.pop() if len(ways) == 1 else "",
        stage=stages.pop() if len(stages) == 1 else "",
        sandbox=any(each.sandbox for each in found.keys),
        written=found.written,
        passed=found.passed,
        calls=found.calls,
        calls_usd=found.calls_usd,
        writing_ms=found.writing_ms,
        writing_usd=writing,
        rework=found.rework,
        rework_ms=found.rework_ms,
        rework_usd=rework,
        audit_ms=found.audit_ms,
        audit_usd=audit,
        judged=found.judged,
        accepted=found.accepted,
        rate=rate,
        per_accepted=per(rate.value),
        per_accepted_low=per(rate.high),
        per_accepted_high=per(rate.low),
        traced=found.traced,
        mostly_pasted=found.mostly_pasted,
    )
