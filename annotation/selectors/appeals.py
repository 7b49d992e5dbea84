"""Appeals against practice answers, and the practice pieces one could appeal.

Belongs here: one's own practice with what was expected, appeals for leads. Does not: deciding (services.appeals).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from annotation.choices import AppealState, Purpose
from annotation.models import Assignment, GoldAppeal, GoldResult


@dataclass(frozen=True)
class WrongCell:
    """A practice cell that was answered otherwise than expected."""

    slot: str
    aspect: str
    expected: str
    said: str


@dataclass(frozen=True)
class Practised:
    """One practice piece of one's own with wrong cells, and what became of an appeal."""

    assignment_id: int
    sample_id: int
    letters: str
    note: str
    wrong: tuple[WrongCell, ...]
    judged_at: datetime
    state: str  # of the appeal; empty where there is none
    reply: str


@dataclass(frozen=True)
class Appeal:
    """An appeal as a lead reads it. `letters`: slots in the order in which the person saw them."""

    id: int
    sample_id: int
    person_id: int
    letters: str
    reason: str
    wrong: tuple[WrongCell, ...]
    state: AppealState
    reply: str
    appealed_at: datetime
    decided_at: datetime | None
    decided_by_id: int | None


def practised(*, project_id: UUID, user_id: int, limit: int = 20) -> list[Practised]:
    """One's own practice pieces on which a cell was not as expected, the newest first. Feedback showed them already.

    What somebody else's appeal took out of all figures is not held against anybody here either.
    """
    turns = list(
        Assignment.objects.filter(
            annotator_id=user_id, batch__project_id=project_id, purpose=Purpose.TRAINING, submitted_at__isnull=False
        )
        .select_related("piece")
        .order_by("-pk")[: limit * 3]
    )
    results = GoldResult.objects.filter(assignment__in=turns)
    notes = dict(results.values_list("assignment_id", "gold__note"))
    standing = set(results.filter(is_void=False, is_right=False).values_list("assignment_id", flat=True))
    wrong = _wrong([turn.pk for turn in turns])
    appeals = {each.assignment_id: each for each in GoldAppeal.objects.filter(assignment__in=turns)}
    found = []
    for turn in turns:
        appeal = appeals.get(turn.pk)
        if turn.submitted_at is None or not (turn.pk in standing or appeal):
            continue
        found.append(
            Practised(
                assignment_id=turn.pk,
                sample_id=turn.piece.sample_id,
                letters=turn.letters,
                note=notes.get(turn.pk, ""),
                wrong=tuple(wrong[turn.pk]),
                judged_at=turn.submitted_at,
                state=appeal.state if appeal else "",
                reply=appeal.reply if appeal else "",
            )
        )
    return found[:limit]


def of_project(project_id: UUID, *, only_open: bool = False, limit: int = 100) -> list[Appeal]:
    """Newest first."""
    rows = GoldAppeal.objects.filter(gold__project_id=project_id)
    if only_open:
        rows = rows.filter(state=AppealState.OPEN)
    return _appeals(rows.order_by("-pk")[:limit])


def of_sample(sample_id: int) -> list[Appeal]:
    """Against any gold that was made of it, oldest first."""
    return _appeals(GoldAppeal.objects.filter(gold__sample_id=sample_id).order_by("pk"))


def _appeals(rows: QuerySet[GoldAppeal]) -> list[Appeal]:
    found = list(rows.select_related("gold", "assignment"))
    wrong = _wrong([each.assignment_id for each in found])
    return [
        Appeal(
            id=each.pk,
            sample_id=each.gold.sample_id,
            person_id=each.assignment.annotator_id,
            letters=each.assignment.letters,
            reason=each.reason,
            wrong=tuple(wrong[each.assignment_id]),
            state=AppealState(each.state),
            reply=each.reply,
            appealed_at=each.appealed_at,
            decided_at=each.decided_at,
            decided_by_id=each.decided_by_id,
        )
        for each in found
    ]


def open_count(project_id: UUID) -> int:
    """How many wait for a lead."""
    return GoldAppeal.objects.filter(gold__project_id=project_id, state=AppealState.OPEN).count()


def _wrong(assignment_ids: list[int]) -> dict[int, list[WrongCell]]:
    results = (
        GoldResult.objects.filter(assignment__in=assignment_ids, is_right=False)
        .select_related("aspect")
        .order_by("assignment", "aspect__position", "slot")
    )
    found: dict[int, list[WrongCell]] = defaultdict(list)
    for each in results:
        found[each.assignment_id].append(WrongCell(each.slot, each.aspect.key, each.expected, each.said))
    return found
