"""Batches with their progress, and who works on them.

Belongs here: a batch as its lists and pages show it; totals are sums over person_turn, never counted from pieces.
Does not: handing out pieces (services.hot).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts.choices import Role
from accounts.selectors import people
from annotation import kinds
from annotation.choices import AssignmentState, BatchState, SkipReason
from annotation.models import Assignment, Batch, BatchDraft, PersonTurn, Piece
from config.base.errors import NotFound


@dataclass(frozen=True)
class Totals:
    """What people did in a batch so far. `accepted` fills places; `turns` are all they ended but practice, gold too."""

    accepted: int
    turns: int
    skipped: int
    active_ms: int
    people: int


@dataclass(frozen=True)
class PersonInBatch:
    """One person's part; `submitted` is without practice, `practised` over the whole project."""

    user_id: int
    name: str
    submitted: int
    skipped: int
    sent_back: int
    held: int
    active_ms: int
    last_at: datetime | None
    practised: int
    practice_below: tuple[int, ...]
    paused_at: datetime | None
    paused_why: str
    paused_aspect_id: int | None


@dataclass(frozen=True)
class OwnTurn:
    """One's own part in a batch, without practice."""

    submitted: int
    paused_why: str
    paused_for: str | None


@dataclass(frozen=True)
class HeldPiece:
    """A piece that is out with somebody."""

    assignment_id: int
    sample_id: int
    user_id: int
    name: str
    lease: str
    lease_until: datetime | None
    sent_back: bool


@dataclass(frozen=True)
class SkippedPiece:
    """A piece that left the batch, or that somebody passed on."""

    sample_id: int
    name: str
    reason: SkipReason
    note: str
    is_out: bool


NOTHING = Totals(0, 0, 0, 0, 0)
NO_TURN = OwnTurn(0, "", None)


def of_project(project_id: UUID) -> QuerySet[Batch]:
    """Every batch, for those who may see them all."""
    return Batch.objects.in_project(project_id)


def offered_to(*, project_id: UUID, user_id: int, role: Role) -> QuerySet[Batch]:
    """What this person may work on now."""
    codes = [kind.code for kind in kinds.open_to(role)]
    return Batch.objects.in_project(project_id).workable_by(user_id).filter(kind__in=codes)


def by_id(*, project_id: UUID, batch_id: UUID) -> Batch:
    """Raises NotFound."""
    found = Batch.objects.in_project(project_id).filter(pk=batch_id).first()
    if found is None:
        raise NotFound
    return found


def totals(batch_ids: Iterable[UUID]) -> dict[UUID, Totals]:
    """By batch; one that nobody touched is missing."""
    rows = (
        PersonTurn.objects.filter(batch_id__in=list(batch_ids))
        .values("batch_id")
        .annotate(
            accepted=Sum(F("submitted") - F("uncounted") - F("sent_back")),
            turns=Sum(F("submitted") - F("sent_back") - F("practised_here")),
            skips=Sum("skipped"),
            ms=Sum("active_ms"),
            people=Coalesce(Sum(1), 0),
        )
        .order_by()
    )
    return {
        row["batch_id"]: Totals(row["accepted"], row["turns"], row["skips"], row["ms"], row["people"]) for row in rows
    }


def own_turns(*, batch_ids: Iterable[UUID], user_id: int) -> dict[UUID, OwnTurn]:
    """This person's part, by batch."""
    turns = PersonTurn.objects.filter(batch_id__in=list(batch_ids), annotator_id=user_id)
    return {
        batch_id: OwnTurn(submitted - practised, why, aspect)
        for batch_id, submitted, practised, why, aspect in turns.values_list(
            "batch_id", "submitted", "practised_here", "paused_why", "paused_aspect__key"
        )
    }


def with_paused_people(project_id: UUID) -> dict[UUID, int]:
    """Batches that are not closed, in which people wait for a lead to let them go on, and how many each."""
    turns = PersonTurn.objects.filter(batch__project_id=project_id, paused_at__isnull=False)
    counted = turns.exclude(batch__state=BatchState.CLOSED).values("batch_id").annotate(people=Count("annotator_id"))
    return {row["batch_id"]: row["people"] for row in counted.order_by("batch_id")}


def people_in(batch_id: UUID) -> list[PersonInBatch]:
    """Everybody who has a turn in it, the busiest first."""
    turns = list(PersonTurn.objects.filter(batch_id=batch_id).order_by("-submitted", "annotator_id"))
    names = people.names(turn.annotator_id for turn in turns)
    held: dict[int, int] = {}
    states = [AssignmentState.LEASED, AssignmentState.RESERVED]
    for user_id in Assignment.objects.filter(batch_id=batch_id, state__in=states).values_list(
        "annotator_id", flat=True
    ):
        held[user_id] = held.get(user_id, 0) + 1
    return [
        PersonInBatch(
            user_id=turn.annotator_id,
            name=names.get(turn.annotator_id, ""),
            submitted=turn.submitted - turn.practised_here,
            skipped=turn.skipped,
            sent_back=turn.sent_back,
            held=held.get(turn.annotator_id, 0),
            active_ms=turn.active_ms,
            last_at=turn.beat_at,
            practised=turn.practised,
            practice_below=tuple(turn.practice_below),
            paused_at=turn.paused_at,
            paused_why=turn.paused_why,
            paused_aspect_id=turn.paused_aspect_id,
        )
        for turn in turns
    ]


def held_pieces(batch_id: UUID, *, limit: int = 200) -> list[HeldPiece]:
    """What is out, the lease that ends first at the top."""
    states = [AssignmentState.LEASED, AssignmentState.RESERVED]
    rows = list(
        Assignment.objects.filter(batch_id=batch_id, state__in=states)
        .select_related("piece")
        .order_by("lease_expires_at", "pk")[:limit]
    )
    names = people.names(row.annotator_id for row in rows)
    return [
        HeldPiece(
            assignment_id=row.pk,
            sample_id=row.piece.sample_id,
            user_id=row.annotator_id,
            name=names.get(row.annotator_id, ""),
            lease=row.lease,
            lease_until=row.lease_expires_at,
            sent_back=bool(row.reason),
        )
        for row in rows
    ]


def skipped_pieces(batch_id: UUID, *, limit: int = 200) -> list[SkippedPiece]:
    """What people passed on and why, the newest first."""
    rows = list(
        Assignment.objects.filter(batch_id=batch_id)
        .exclude(skip_reason="")
        .select_related("piece")
        .order_by("-pk")[:limit]
    )
    names = people.names(row.annotator_id for row in rows)
    return [
        SkippedPiece(
            sample_id=row.piece.sample_id,
            name=names.get(row.annotator_id, ""),
            reason=SkipReason(row.skip_reason),
            note=row.skip_note,
            is_out=row.piece.is_out,
        )
        for row in rows
    ]


def out_count(batch_id: UUID) -> int:
    """Pieces that left the batch."""
    return Piece.objects.filter(batch_id=batch_id, is_out=True, gold__isnull=True).count()


def drafts(project_id: UUID) -> list[BatchDraft]:
    """Batches in the making, the one saved last first; without their bodies."""
    return list(BatchDraft.objects.filter(project_id=project_id).defer("body").order_by("-saved_at", "pk"))


def draft(*, project_id: UUID, draft_id: UUID) -> BatchDraft:
    """Raises NotFound."""
    found = BatchDraft.objects.filter(project_id=project_id, pk=draft_id).first()
    if found is None:
        raise NotFound("This draft was started or discarded.")
    return found


def turn_ids(batch_id: UUID) -> list[int]:
    """Every assignment of the batch, also those that were given back."""
    return list(Assignment.objects.filter(batch_id=batch_id).order_by("pk").values_list("pk", flat=True))


def sample_ids(*, project_id: UUID, number: int) -> list[int]:
    """The samples of a batch, by id. Raises NotFound."""
    batch = Batch.objects.in_project(project_id).filter(number=number).first()
    if batch is None:
        raise NotFound("This project has no batch {number}.", number=number)
    found = (
        Piece.objects.filter(batch=batch, gold__isnull=True).order_by("sample_id").values_list("sample_id", flat=True)
    )
    return list(found.distinct())
