"""Runs as pages show them.

Belongs here: one run, the list, its events, where its questions stand. Does not: what it measured (evaluations.py).
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, QuerySet

from training_bridge.choices import LIVE, QuestionStanding
from training_bridge.errors import RunUnknown
from training_bridge.models import QuestionState, RunEvent, TrainingRun


def of_project(project_id: UUID) -> QuerySet[TrainingRun]:
    """Every run."""
    return TrainingRun.objects.in_project(project_id)


def one(project_id: UUID, run_id: UUID) -> TrainingRun:
    """Raises RunUnknown, also for another project's."""
    run = TrainingRun.objects.in_project(project_id).filter(pk=run_id).first()
    if run is None:
        raise RunUnknown(run_id=str(run_id))
    return run


def live_count(project_id: UUID) -> int:
    """How many runs are on their way, for the navigation's mark."""
    return TrainingRun.objects.in_project(project_id).filter(state__in=LIVE).count()


def events(run: TrainingRun, *, after: int, limit: int) -> list[RunEvent]:
    """In the run's own order, behind event number `after`."""
    return list(RunEvent.objects.filter(run=run, n__gt=after).order_by("n")[:limit])


def standing_counts(run_id: UUID) -> dict[str, int]:
    """How many training questions stand where; every standing is named."""
    rows = QuestionState.objects.of_run(run_id).values("standing").annotate(count=Count("pk")).order_by()
    found = {row["standing"]: row["count"] for row in rows}
    return {standing.value: found.get(standing.value, 0) for standing in QuestionStanding}
