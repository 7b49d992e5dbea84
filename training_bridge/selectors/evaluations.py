"""What was measured.

Belongs here: a run's table, the leaderboard over runs, which figures may be ranked.
Does not: measuring (the trainer).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from cot_generation.selectors import evaluations as asked
from training_bridge.choices import Metric, ModelKind
from training_bridge.models import Evaluation, TrainingRun
from training_bridge.shapes import Answerer


@dataclass(frozen=True)
class Figure:
    """A value between its bounds, over `n` questions."""

    value: float
    low: float | None
    high: float | None
    n: int


@dataclass
class Row:
    """One answerer. `rank` is None for trivial policies, earlier stages and the sandbox, which are never ranked.

    `usd_per_1000`: what 1,000 questions cost at an endpoint; None for what was not called.
    """

    name: str
    kind: ModelKind
    sandbox: bool
    run: TrainingRun
    figures: dict[str, Figure] = field(default_factory=dict)
    per_aspect: dict[str, Figure] = field(default_factory=dict)
    rank: int | None = None
    answerer: Answerer | None = None
    usd_per_1000: Decimal | None = None

    @property
    def exact(self) -> float:
        return self.figures[Metric.EXACT].value if Metric.EXACT in self.figures else 0.0


def exact_of(run_ids: Sequence[UUID]) -> dict[UUID, float]:
    """Exact match of the trained model on the test split, of the runs that were measured."""
    figures = Evaluation.objects.filter(
        run_id__in=run_ids, split="test", kind=ModelKind.TRAINED, metric=Metric.EXACT, aspect=""
    )
    return dict(figures.values_list("run_id", "value"))


def of_run(run: TrainingRun, *, split: str = "test") -> list[Row]:
    """Everybody who answered this run's test questions, best first."""
    return _sorted(_rows(list(Evaluation.objects.filter(run=run, split=split).select_related("run").order_by("pk"))))


def leaderboard(project_id: UUID, release_name: str) -> list[Row]:
    """Everybody on the test split of one release: the trained models of its runs, endpoints, trivial policies.

    Smoke runs are left out. What two runs of a release measured alike (policies, endpoints) is taken from the newest.
    """
    figures = (
        Evaluation.objects.filter(
            run__project_id=project_id, run__release_name=release_name, run__smoke=False, split="test"
        )
        .exclude(kind=ModelKind.STAGE)
        .select_related("run")
        .order_by("-run__number", "pk")
    )
    rows: list[Row] = []
    seen: set[tuple[str, str]] = set()
    for row in _rows(list(figures)):
        key = (row.kind, str(row.run.pk) if row.kind == ModelKind.TRAINED else row.name)
        if key not in seen:
            seen.add(key)
            rows.append(row)
    return _ranked(_sorted(rows))


def releases_measured(project_id: UUID) -> list[str]:
    """Names of releases with a full run that was measured, newest run first."""
    names = (
        TrainingRun.objects.in_project(project_id)
        .filter(smoke=False)
        .exclude(evaluation_digest="")
        .order_by("-number")
        .values_list("release_name", flat=True)
    )
    return list(dict.fromkeys(names))


def _rows(figures: list[Evaluation]) -> list[Row]:
    rows: dict[tuple[UUID, str], Row] = {}
    for each in figures:
        key = (each.run_id, each.name)
        row = rows.setdefault(key, Row(each.name, ModelKind(each.kind), each.sandbox, each.run))
        figure = Figure(each.value, each.low, each.high, each.n)
        if each.aspect:
            row.per_aspect[each.aspect] = figure
        else:
            row.figures[each.metric] = figure
    runs = {row.run.pk: row.run for row in rows.values()}
    costs = asked.usd_per_question({run.endpoint_run_id for run in runs.values() if run.endpoint_run_id})
    answerers = {(run.pk, each.name): each for run in runs.values() for each in run.answerers}
    for key, row in rows.items():
        row.answerer = answerers.get(key)
        if row.name == row.run.endpoint_name and row.run.endpoint_run_id in costs:
            row.usd_per_1000 = costs[row.run.endpoint_run_id] * 1000
    return list(rows.values())


def _sorted(rows: list[Row]) -> list[Row]:
    order = {ModelKind.TRAINED: 0, ModelKind.ENDPOINT: 0, ModelKind.STAGE: 1, ModelKind.TRIVIAL: 2}
    return sorted(rows, key=lambda row: (order[row.kind], -row.exact, row.name))


def _ranked(rows: list[Row]) -> list[Row]:
    rank = 0
    for row in rows:
        if not row.sandbox and row.kind in {ModelKind.TRAINED, ModelKind.ENDPOINT}:
            rank += 1
            row.rank = rank
    return rows
