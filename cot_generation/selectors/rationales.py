"""Which rationales there are for a question, a sample, a project.

Belongs here: rationales as upper apps see them. Does not: what a run made of its calls (runs.py).
A revised rationale is replaced by its revision in every list here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from cot_generation import checks, texts
from cot_generation.choices import Origin, Stage, Way
from cot_generation.errors import RationaleUnknown
from cot_generation.models import Rationale
from cot_generation.shapes import CheckOutcome, Sentence, WritingTrace


@dataclass(frozen=True)
class RationaleInfo:
    """One rationale. `text` names slots as `{{A}}`, `spans[i]` is where sentence i lies in it; money in US dollars."""

    id: int
    sample_id: int
    aspect_id: int
    way: Way
    stage: Stage
    origin: Origin
    locale: str
    text: str
    spans: tuple[tuple[int, int], ...]
    sentences: tuple[Sentence, ...]
    concluded: tuple[str, ...] | None
    answer: tuple[str, ...] | None
    answer_visible: bool
    checks: Mapping[str, CheckOutcome]
    passed: bool
    failed: tuple[str, ...]
    sandbox: bool
    cost_usd: Decimal
    active_ms: int
    author_id: int | None
    run_id: UUID | None
    revises_id: int | None
    kept_share: float | None
    edit_distance: int | None
    trace: WritingTrace | None
    created_at: datetime

    @property
    def scores(self) -> dict[str, float]:
        """Check -> score, for those that apply."""
        return {name: outcome.score for name, outcome in self.checks.items() if outcome.passed is not None}


def info(row: Rationale) -> RationaleInfo:
    """The row as others see it; fetch it with `run_question` joined."""
    joined = texts.join(row.sentences)
    return RationaleInfo(
        id=row.pk,
        sample_id=row.sample_id,
        aspect_id=row.aspect_id,
        way=Way(row.way),
        stage=Stage(row.stage),
        origin=Origin(row.origin),
        locale=row.locale,
        text=joined.text,
        spans=joined.spans,
        sentences=tuple(row.sentences),
        concluded=None if row.concluded is None else tuple(row.concluded),
        answer=None if row.answer is None else tuple(row.answer),
        answer_visible=row.answer_visible,
        checks=checks.in_order(row.checks),
        passed=row.passed,
        failed=tuple(row.failed),
        sandbox=row.sandbox,
        cost_usd=row.cost,
        active_ms=row.active_ms,
        author_id=row.author_id,
        run_id=row.run_question.run_id if row.run_question is not None else None,
        revises_id=row.revises_id,
        kept_share=row.kept_share,
        edit_distance=row.edit_distance,
        trace=row.trace,
        created_at=row.created_at,
    )


def _latest() -> QuerySet[Rationale]:
    return Rationale.objects.newest().select_related("run_question")


def for_samples(sample_ids: Sequence[int]) -> dict[tuple[int, int], list[RationaleInfo]]:
    """(sample, aspect) -> its rationales, oldest first, each in its latest revision."""
    found: dict[tuple[int, int], list[RationaleInfo]] = {}
    for row in _latest().filter(sample_id__in=sample_ids).order_by("pk"):
        found.setdefault((row.sample_id, row.aspect_id), []).append(info(row))
    return found


def pool(
    project_id: UUID, *, way: Way | str | None = None, passed_only: bool = False, sandbox: bool | None = None
) -> Iterator[RationaleInfo]:
    """Every rationale of the project in its latest revision, by id, fetched in chunks. Audits draw from this."""
    rows = _latest().filter(project_id=project_id).order_by("pk")
    if way is not None:
        rows = rows.filter(way=way)
    if passed_only:
        rows = rows.filter(passed=True)
    if sandbox is not None:
        rows = rows.filter(sandbox=sandbox)
    return (info(row) for row in rows.iterator(chunk_size=1000))


def by_ids(rationale_ids: Sequence[int]) -> dict[int, RationaleInfo]:
    """These rationales, revised or not."""
    rows = Rationale.objects.select_related("run_question").filter(pk__in=rationale_ids)
    return {row.pk: info(row) for row in rows}


def one(*, project_id: UUID, rationale_id: int) -> RationaleInfo:
    """Raises RationaleUnknown, also for another project's."""
    rows = Rationale.objects.in_project(project_id).select_related("run_question")
    row = rows.filter(pk=rationale_id).first()
    if row is None:
        raise RationaleUnknown(rationale_id=rationale_id)
    return info(row)


def history(rationale: RationaleInfo) -> list[RationaleInfo]:
    """The rationale's versions, first to latest."""
    first = Rationale.objects.select_related("run_question").get(pk=rationale.id)
    while first.revises_id is not None:
        first = Rationale.objects.select_related("run_question").get(pk=first.revises_id)
    found = [first]
    while (later := Rationale.objects.select_related("run_question").filter(revises=found[-1]).first()) is not None:
        found.append(later)
    return [info(row) for row in found]


def of_assignment(assignment_id: int) -> RationaleInfo | None:
    """What came of an assignment, so that writing it twice is one rationale."""
    row = Rationale.objects.select_related("run_question").filter(assignment_id=assignment_id).first()
    return info(row) if row else None


@dataclass(frozen=True)
class WayCount:
    """How many rationales of one way there are, each in its latest revision."""

    total: int
    passed: int
    sandbox: int


def counts_by_way(project_id: UUID) -> dict[Way, WayCount]:
    """Every way, also those with none."""
    rows = (
        Rationale.objects.in_project(project_id)
        .newest()
        .values("way")
        .annotate(total=Count("pk"), good=Count("pk", filter=Q(passed=True)), sham=Count("pk", filter=Q(sandbox=True)))
        .order_by()
    )
    found = {Way(row["way"]): WayCount(row["total"], row["good"], row["sham"]) for row in rows}
    return {way: found.get(way, WayCount(0, 0, 0)) for way in Way}
