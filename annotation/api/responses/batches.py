"""Batches: the list, one batch, its draft and preview."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import msgspec
from django.conf import settings

from annotation import kinds
from annotation.api.responses.golds import GoldScore, GoldStock
from annotation.choices import (
    AfterDeadline,
    AssistPolicy,
    BatchOrder,
    BatchState,
    LeaseKind,
    PauseReason,
    SkipPolicy,
    SkipReason,
)
from annotation.models import Batch, BatchDraft
from annotation.selectors import batches, money
from annotation.services.batches import Terms
from annotation.services.hot import turns_of


class BatchRow(msgspec.Struct):
    """A batch with its progress. `accepted` of `places` are filled; `mine` are the caller's own turns.

    To those who cannot tell gold apart both are turns: else progress would stand still at each gold question.
    Practice is counted in none of them. `idle_ms`: without a sign from the person for so long, active time stops.
    `paused_why`: whether hidden gold or practice keeps the caller from going on, null while they may; `paused_for`: on
    which aspect, null where that cannot be told.
    """

    id: UUID
    number: int
    kind: str
    kind_label: str
    name: str
    state: BatchState
    wanted: int
    maximum: int
    order: BatchOrder
    skip_policy: SkipPolicy
    people: list[int]
    assist: AssistPolicy
    person_cap: int | None
    day_cap: int | None
    due_at: datetime | None
    after_due: AfterDeadline
    training_count: int
    training_floor: float | None
    idle_ms: int
    guideline_version: int
    pieces: int
    places: int
    accepted: int
    skipped: int
    active_ms: int
    people_count: int
    mine: int
    may_work: bool
    paused_why: PauseReason | None
    paused_for: str | None
    created_at: datetime
    closed_at: datetime | None

    @classmethod
    def of(
        cls, batch: Batch, *, totals: batches.Totals, own: batches.OwnTurn, may_work: bool, tells_gold: bool
    ) -> BatchRow:
        done, places = totals.accepted, batch.place_count
        if not tells_gold:
            done, places = totals.turns, turns_of(batch.place_count, batch.gold_share)
        return cls(
            id=batch.pk,
            number=batch.number,
            kind=batch.kind,
            kind_label=kinds.by_code(batch.kind).label,
            name=batch.name,
            state=BatchState(batch.state),
            wanted=batch.wanted,
            maximum=batch.maximum,
            order=BatchOrder(batch.order),
            skip_policy=SkipPolicy(batch.skip_policy),
            people=batch.people,
            assist=AssistPolicy(batch.assist),
            person_cap=batch.person_cap,
            day_cap=batch.day_cap,
            due_at=batch.due_at,
            after_due=AfterDeadline(batch.after_due),
            training_count=batch.training_count,
            training_floor=batch.training_floor,
            idle_ms=1000 * settings.IDLE_SECONDS,
            guideline_version=batch.guideline_version,
            pieces=batch.piece_count,
            places=places,
            accepted=min(done, places),
            skipped=totals.skipped,
            active_ms=totals.active_ms,
            people_count=totals.people,
            mine=own.submitted,
            may_work=may_work,
            paused_why=PauseReason(own.paused_why) if own.paused_why else None,
            paused_for=own.paused_for,
            created_at=batch.created_at,
            closed_at=batch.closed_at,
        )


class BatchDraftRow(msgspec.Struct):
    """A batch that is not started yet."""

    id: UUID
    name: str
    version: int
    saved_by: str
    saved_at: datetime

    @classmethod
    def of(cls, draft: BatchDraft, *, names: Mapping[int, str]) -> BatchDraftRow:
        return cls(draft.pk, draft.name, draft.version, names.get(draft.saved_by_id, ""), draft.saved_at)


class BatchDraftList(msgspec.Struct):
    results: list[BatchDraftRow]


class BatchDraftDetail(msgspec.Struct):
    """With what the page kept in it."""

    draft: BatchDraftRow
    body: dict[str, object]


class BatchList(msgspec.Struct):
    results: list[BatchRow]
    after: str | None


class BatchPersonRow(msgspec.Struct):
    """One person's part. `practice_below`: aspects on which their practice lies below the batch's floor.

    `paused_why` null: they may go on. `paused_for` may be null beside it, where no aspect can be told.
    """

    user_id: int
    name: str
    submitted: int
    skipped: int
    sent_back: int
    held: int
    active_ms: int
    last_at: datetime | None
    practised: int
    gold: list[GoldScore]
    practice_below: list[str]
    paused_at: datetime | None
    paused_why: PauseReason | None
    paused_for: str | None

    @classmethod
    def of(cls, person: batches.PersonInBatch, *, gold: list[GoldScore], keys: Mapping[int, str]) -> BatchPersonRow:
        return cls(
            user_id=person.user_id,
            name=person.name,
            submitted=person.submitted,
            skipped=person.skipped,
            sent_back=person.sent_back,
            held=person.held,
            active_ms=person.active_ms,
            last_at=person.last_at,
            practised=person.practised,
            gold=gold,
            practice_below=[key for aspect_id, key in keys.items() if aspect_id in person.practice_below],
            paused_at=person.paused_at,
            paused_why=PauseReason(person.paused_why) if person.paused_why else None,
            paused_for=keys.get(person.paused_aspect_id or 0),
        )


class HeldRow(msgspec.Struct):
    """A piece that is out; a lead may take it back by its assignment."""

    assignment_id: int
    sample: str
    name: str
    lease: LeaseKind
    lease_until: datetime | None
    sent_back: bool


class SkippedRow(msgspec.Struct):
    sample: str
    name: str
    reason: SkipReason
    note: str
    is_out: bool


class BatchMoney(msgspec.Struct):
    """All of a batch's active time at today's rate, in US dollars. `expected_usd`: for all its places at this pace."""

    hourly_usd: Decimal
    rate_since: date | None
    spent_usd: Decimal
    expected_usd: Decimal | None
    budget_usd: Decimal | None

    @classmethod
    def of(cls, spent: money.Spent) -> BatchMoney:
        return cls(spent.rate.usd_per_hour, spent.rate.since, spent.usd, spent.expected, spent.budget)


class BatchDetail(msgspec.Struct):
    """One batch; terms, money, people, held and skipped pieces are shown to leads only, and what gold it has."""

    batch: BatchRow
    terms: Terms | None
    money: BatchMoney | None
    gold_stock: GoldStock | None
    people: list[BatchPersonRow]
    held: list[HeldRow]
    skipped: list[SkippedRow]
    out: int
    invited: list[str]


class BatchOption(msgspec.Struct):
    """What this number of opinions would take instead. Expected further opinions are in it.

    `to_adjudicate`: pieces expected to stay tied; null where that was never seen, and for one opinion. `wrong`: share
    of hidden gold questions that the vote of so many people answers wrongly, ± `wrong_margin` (95 %), over
    `wrong_questions` that enough people judged.
    """

    wanted: int
    maximum: int
    turns: int
    active_ms: int
    usd: Decimal
    to_adjudicate: int | None
    wrong: float | None
    wrong_margin: float | None
    wrong_questions: int


class MonthLeft(msgspec.Struct):
    """What the month's budget for people's work leaves, in US dollars; `month` is its first day (UTC).

    `out_on`: the day in it on which nothing is left, at the last week's pace; null where it lasts, or without a pace.
    """

    month: date
    budget_usd: Decimal
    spent_usd: Decimal
    left_usd: Decimal
    out_on: date | None

    @classmethod
    def of(cls, left: money.Left) -> MonthLeft:
        return cls(left.first, left.budget, left.spent, left.usd, left.out_on)


class BatchPreview(msgspec.Struct):
    """What a batch would hold and take.

    `turns` = `places` (wanted and extra share) + `further` (expected where opinions differ) + `gold`; `most_turns` if
    every piece needed the most. `pace_ms` is the mean active time of the newest opinions of this project with its 95 %
    interval, null before the first; `rate_since`: from when on the rate holds, null where nobody entered one;
    `per_day_ms` what people gave a day over the last week, to all its work.
    `not_disputed`: samples without a question to rule on, where rulings are asked for.
    `month`: what the month's budget leaves; null where no lead has set one.
    `known_difficulty`: of how many pieces it is known how hard they are; null unless the hardest come first.
    """

    asked: int
    unknown: list[str]
    unknown_count: int
    pictures_missing: int
    judged: int
    in_open_batch: int
    not_disputed: int
    samples: int
    pieces: int
    known_difficulty: int | None
    places: int
    further: int
    gold: int
    turns: int
    most_turns: int
    pace_ms: int | None
    pace_low_ms: int | None
    pace_high_ms: int | None
    pace_opinions: int
    active_ms: int | None
    usd: Decimal | None
    hourly_usd: Decimal
    rate_since: date | None
    month: MonthLeft | None
    per_day_ms: int
    people: int
    gold_stock: GoldStock
    options: list[BatchOption]
