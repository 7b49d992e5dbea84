"""Keeping what a model judge was measured to see and to miss.

Belongs here: taking the record that `bench judge --out FILE` writes into a project.
Does not: measuring (benchmarks/judge.py), showing it beside verdicts (selectors.judging).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from accounts.services import audit_log
from config.base.errors import InvalidInput
from cot_generation.models import JudgeMeasurement
from cot_generation.shapes import JudgeFigures


class Measured(JudgeFigures, frozen=True, kw_only=True):
    """The record as it is written: the figures, of which model, when."""

    model: str
    measured_at: datetime


def record(*, project_id: UUID, content: bytes, actor_id: int | None = None) -> JudgeMeasurement:
    """Keep a measurement; the same one twice is one. Raises InvalidInput where the content is no such record."""
    try:
        found = msgspec.json.decode(content, type=Measured)
        figures = msgspec.json.decode(content, type=JudgeFigures)
    except msgspec.DecodeError as error:
        raise InvalidInput(
            "This is no measurement of a judge: {why}. Write one with bench judge --out.", why=str(error)
        ) from None
    if not found.model or found.measured_at.tzinfo is None:
        raise InvalidInput("A measurement names its model and a moment with its time zone.")
    row, made = JudgeMeasurement.objects.get_or_create(
        project_id=project_id, model=found.model[:160], measured_at=found.measured_at, defaults={"figures": figures}
    )
    if made:
        details = {"recall": figures.recall.value, "questions": figures.questions}
        audit_log.record(
            actor_id=actor_id, project_id=project_id, action="judge.measured", subject=row.model, details=details
        )
    return row
