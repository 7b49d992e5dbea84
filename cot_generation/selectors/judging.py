"""How far a model judge's word can be trusted.

Belongs here: which model judged, and its latest measurement. Does not: its verdicts (they are checks).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from config.base.choices import WorkState
from cot_generation.choices import Probe
from cot_generation.models import JudgeMeasurement, Run, RunQuestion
from cot_generation.shapes import JudgeFigures


@dataclass(frozen=True)
class JudgeInfo:
    """A judge by its model; `figures` is None where nobody has measured what it misses."""

    model: str
    figures: JudgeFigures | None
    measured_at: datetime | None


def _named(project_id: UUID, model: str) -> JudgeInfo:
    row = JudgeMeasurement.objects.filter(project_id=project_id, model=model).order_by("-measured_at", "-pk").first()
    return JudgeInfo(model, row.figures if row else None, row.measured_at if row else None)


def of_run(run: Run) -> JudgeInfo | None:
    """None where the run asks no judge. Fetch the run with its endpoint."""
    return _named(run.project_id, run.model_seen or run.endpoint.model) if run.probe == Probe.JUDGE else None


def of_rationale(rationale_id: int) -> JudgeInfo | None:
    """The judge that looked at it last; None where none has."""
    looked = RunQuestion.objects.filter(subject_id=rationale_id, run__probe=Probe.JUDGE, state=WorkState.DONE)
    last = looked.select_related("run__endpoint").order_by("-pk").first()
    return None if last is None else of_run(last.run)
