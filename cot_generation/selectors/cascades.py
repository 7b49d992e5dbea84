"""Cascades and how far they have come.

Belongs here: a cascade with what each rung asked, made ready and spent. Does not: moving it on (services.cascades).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from cot_generation.errors import CascadeUnknown
from cot_generation.models import Cascade, Endpoint, Prompt, Run
from cot_generation.selectors import progress
from cot_generation.selectors.progress import RunLine


@dataclass(frozen=True)
class RungStanding:
    """One rung: what it asks, and its run once there is one."""

    prompt: Prompt
    endpoint: Endpoint
    draws: int
    batched: bool
    line: RunLine | None


@dataclass(frozen=True)
class CascadeStanding:
    cascade: Cascade
    rungs: tuple[RungStanding, ...]


def of_project(project_id: UUID) -> list[CascadeStanding]:
    """Newest first."""
    return standings(list(Cascade.objects.in_project(project_id).order_by("-created_at", "pk")))


def one(*, project_id: UUID, cascade_id: UUID) -> CascadeStanding:
    """Raises CascadeUnknown, also for another project's."""
    found = Cascade.objects.in_project(project_id).filter(pk=cascade_id).first()
    if found is None:
        raise CascadeUnknown(cascade_id=str(cascade_id))
    return standings([found])[0]


def standings(found: Sequence[Cascade]) -> list[CascadeStanding]:
    """With their runs, in a fixed number of statements."""
    asked = [rung for cascade in found for rung in cascade.rungs]
    prompts = Prompt.objects.in_bulk({rung.prompt_id for rung in asked})
    endpoints = Endpoint.objects.in_bulk({rung.endpoint_id for rung in asked})
    runs = list(Run.objects.filter(cascade__in=found).select_related("endpoint", "prompt"))
    lines = {(line.run.cascade_id, line.run.rung): line for line in progress.lines(runs)}
    return [
        CascadeStanding(
            cascade,
            tuple(
                RungStanding(
                    prompts[rung.prompt_id],
                    endpoints[rung.endpoint_id],
                    rung.draws,
                    rung.batched,
                    lines.get((cascade.pk, place)),
                )
                for place, rung in enumerate(cascade.rungs)
            ),
        )
        for cascade in found
    ]
