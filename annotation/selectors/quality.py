"""Figures of agreement and people as they were last made, and what they rest on.

Belongs here: reading snapshots. No row of work is counted here: `services.quality` did that in the background.
Does not: computing (services.quality).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from annotation.choices import ConsensusMethod, PauseReason, ReviewVerdict
from annotation.figures import (
    AgreementFigures,
    DepthFigures,
    ModelFigures,
    PairFigures,
    PeopleFigures,
    PrecedentFigures,
)
from annotation.models import (
    Annotation,
    ConsensusPolicy,
    PersonTurn,
    QualityFigures,
    QualitySamples,
    QualityWork,
    Review,
    SignalPolicy,
)
from annotation.shapes import Region
from annotation.signals import USUAL, Sizes
from config.base.choices import WorkState

ALL = "all"
DEFAULT_SETTLES_AT = 0.95
AT_WORK = timedelta(minutes=15)
Part = TypeVar("Part")


@dataclass(frozen=True)
class Standing:
    """When the figures were made and from how many opinions; `due`: newer work is not in them yet."""

    made_at: datetime | None
    opinions: int
    took_ms: int
    due: bool
    failure: str


@dataclass(frozen=True)
class Behind:
    """Samples behind a figure: the newest, and how many in all."""

    sample_ids: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class Pause:
    """Somebody gets no more of a batch, since their gold or practice lies below its floor; `aspect` may be empty."""

    batch_id: UUID
    number: int
    why: PauseReason
    aspect: str
    since: datetime


@dataclass(frozen=True)
class SentBack:
    """An opinion that a reviewer returned. `state`: with_author, answered (revised, not looked at again), closed."""

    review_id: int
    annotation_id: int
    assignment_id: int
    batch_id: UUID
    sample_id: int
    author_id: int
    reviewer_id: int
    round: int
    reason: str
    regions: tuple[Region, ...]
    letters: str
    reviewed_at: datetime
    closed_at: datetime | None
    state: str


def scope_of(*, batch_id: UUID | None = None, guideline: int | None = None) -> str:
    """The name under which a scope's figures are kept."""
    if batch_id is not None:
        return f"batch:{batch_id}"
    return ALL if guideline is None else f"guideline:{guideline}"


def standing(project_id: UUID) -> Standing:
    """Of the project's figures as a whole."""
    row = QualityWork.objects.filter(project_id=project_id).first()
    if row is None:
        # The sweep counts a project as soon as somebody has worked in it.
        begun = PersonTurn.objects.filter(batch__project_id=project_id, submitted__gt=0).exists()
        return Standing(None, 0, 0, due=begun, failure="")
    due = row.asked or row.state in (WorkState.WAITING, WorkState.RUNNING)
    return Standing(row.finished_at, row.opinions, row.took_ms, due=due, failure=row.failure)


def agreement(project_id: UUID, scope: str = ALL) -> AgreementFigures | None:
    """None while nobody has worked in this scope, or the figures are not made yet."""
    return _part(project_id, scope, "agreement", AgreementFigures)


def pairs(project_id: UUID, *, aspect: str = ALL, scope: str = ALL) -> PairFigures | None:
    """Every two people who share samples, under one aspect or all."""
    return _part(project_id, scope, f"pairs/{aspect}", PairFigures)


def people(project_id: UUID) -> PeopleFigures | None:
    """Everybody."""
    return _part(project_id, ALL, "people", PeopleFigures)


def signal_sizes(project_id: UUID) -> Sizes:
    """From what size on a signal is shown in this project; as usual until a lead says otherwise."""
    newest = SignalPolicy.objects.filter(project_id=project_id).order_by("-pk").first()
    return USUAL if newest is None else newest.sizes


def precedents(project_id: UUID) -> dict[str, dict[str, int]]:
    """By aspect, how often each severity was ruled on a disputed cell."""
    found = _part(project_id, ALL, "precedents", PrecedentFigures)
    return {} if found is None else found.by_aspect


def depth(project_id: UUID) -> DepthFigures | None:
    """What another opinion buys, and what people gave on the days of the last week."""
    return _part(project_id, ALL, "depth", DepthFigures)


def model(project_id: UUID) -> ModelFigures | None:
    """What Dawid–Skene made of the project."""
    return _part(project_id, ALL, "model", ModelFigures)


def behind(project_id: UUID, name: str, *, scope: str = ALL) -> Behind:
    """Samples behind a figure; none where nothing is listed under this name."""
    row = QualitySamples.objects.filter(project_id=project_id, scope=scope, name=name).first()
    return Behind((), 0) if row is None else Behind(tuple(row.sample_ids), row.total)


def policy(project_id: UUID) -> ConsensusPolicy:
    """The newest, or the plain vote as version 0, which no table holds."""
    found = ConsensusPolicy.objects.filter(project_id=project_id).order_by("-version").first()
    return found or ConsensusPolicy(
        project_id=project_id, version=0, method=ConsensusMethod.MAJORITY, settles_at=DEFAULT_SETTLES_AT
    )


def at_work(project_id: UUID, *, now: datetime) -> dict[int, int]:
    """Who was seen in the last quarter of an hour, and the number of the batch they were in."""
    turns = PersonTurn.objects.filter(batch__project_id=project_id, beat_at__gt=now - AT_WORK).order_by("beat_at")
    return dict(turns.values_list("annotator_id", "batch__number"))


def pauses(project_id: UUID) -> dict[int, list[Pause]]:
    """Who is paused where, by user id."""
    found: dict[int, list[Pause]] = defaultdict(list)
    turns = PersonTurn.objects.filter(batch__project_id=project_id, paused_at__isnull=False).order_by("paused_at")
    for user_id, batch_id, number, why, aspect, since in turns.values_list(
        "annotator_id", "batch_id", "batch__number", "paused_why", "paused_aspect__key", "paused_at"
    ):
        if since is not None:
            found[user_id].append(Pause(batch_id, number, PauseReason(why), aspect or "", since))
    return found


def sent_back(
    project_id: UUID, *, author_id: int | None = None, only_open: bool = False, limit: int = 100
) -> list[SentBack]:
    """Newest first; of one author, or everybody's."""
    rows = Review.objects.filter(
        assignment__batch__project_id=project_id, verdict=ReviewVerdict.SENT_BACK
    ).select_related("annotation__assignment")
    if author_id is not None:
        rows = rows.filter(annotation__annotator_id=author_id)
    if only_open:
        rows = rows.filter(closed_at__isnull=True)
    found = list(rows.order_by("-pk")[:limit])
    newest = _newest({each.annotation.assignment_id for each in found})
    return [
        SentBack(
            review_id=each.pk,
            annotation_id=each.annotation_id,
            assignment_id=each.annotation.assignment_id or 0,
            batch_id=each.annotation.assignment.batch_id,  # type: ignore[union-attr]  # only turns are sent back
            sample_id=each.annotation.sample_id,
            author_id=each.annotation.annotator_id or 0,
            reviewer_id=each.reviewer_id,
            round=each.round,
            reason=each.reason,
            regions=tuple(each.regions),
            letters=each.annotation.shown.letters,
            reviewed_at=each.reviewed_at,
            closed_at=each.closed_at,
            state="closed"
            if each.closed_at
            else "answered"
            if newest.get(each.annotation.assignment_id or 0, 0) > each.annotation_id
            else "with_author",
        )
        for each in found
    ]


def _newest(assignment_ids: Iterable[int | None]) -> dict[int, int]:
    """Newest annotation by assignment."""
    rows = Annotation.objects.filter(assignment_id__in=[each for each in assignment_ids if each]).order_by("pk")
    return {assignment or 0: pk for assignment, pk in rows.values_list("assignment_id", "pk")}


def _part(project_id: UUID, scope: str, part: str, shape: type[Part]) -> Part | None:
    body: Any = (
        QualityFigures.objects.filter(project_id=project_id, scope=scope, part=part)
        .values_list("body", flat=True)
        .first()
    )
    return None if body is None else msgspec.convert(body, shape)
