"""What may be asked to answer a test split, and whether it has.

Belongs here: endpoints and the prompt of an evaluation, and where such a run stands.
Does not: the answers (completions.py), making the run (services.runs).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from cot_generation.choices import PauseReason, RunState, Stage, Way
from cot_generation.models import Endpoint, Prompt, Run


@dataclass(frozen=True)
class EndpointInfo:
    """An endpoint that can be asked."""

    id: UUID
    name: str
    model: str
    sandbox: bool


@dataclass(frozen=True)
class Standing:
    """Where an evaluation run stands. `over`: no further answer will come."""

    over: bool
    answered_all: bool
    note: str


def endpoints(project_id: UUID) -> list[EndpointInfo]:
    """Active ones, the sandbox last."""
    rows = Endpoint.objects.in_project(project_id).active().order_by("sandbox", "name", "pk")
    return [EndpointInfo(row.pk, row.name, row.model, row.sandbox) for row in rows]


def prompt_id(project_id: UUID) -> UUID | None:
    """The newest prompt that shows the pictures and not the answer, the English one first."""
    fitting = Prompt.objects.in_project(project_id).filter(way=Way.AUTOMATED, stage=Stage.PLAIN)
    found = fitting.filter(locale="en").order_by("-version", "pk").first() or fitting.order_by("-version", "pk").first()
    return found.pk if found else None


def usd_per_question(run_ids: Iterable[UUID]) -> dict[UUID, Decimal]:
    """What an answer cost on average, failed calls with it. Only runs that ended are told."""
    runs = Run.objects.filter(pk__in=list(run_ids), question_count__gt=0, state__in=[RunState.DONE, RunState.CANCELLED])
    return {run.pk: run.spent / run.question_count for run in runs}


def standing(run_id: UUID) -> Standing | None:
    """None for an unknown run."""
    run = Run.objects.filter(pk=run_id).first()
    if run is None:
        return None
    note = PauseReason(run.pause_reason).label if run.state == RunState.PAUSED else ""
    over = run.state in {RunState.DONE, RunState.CANCELLED}
    return Standing(over=over, answered_all=run.state == RunState.DONE, note=note)
