"""Where in the loop work is stuck, and which action frees it.

Belongs here: one number a step and the list of what needs a person.
Does not: any figure that a page of its own shows in full.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, Sum

from annotation.selectors import appeals, consensus
from annotation.selectors import batches as batch_selectors
from catalog.selectors import aspects, guidelines
from catalog.selectors import samples as sample_selectors
from cot_generation.selectors import rationales
from curation.choices import LotState
from curation.models import QuestionState, SampleRow
from curation.selectors import audits, releases


@dataclass(frozen=True)
class Need:
    """Something only a person can free. `action` is the page it opens, below the project's address."""

    key: str
    count: int
    action: str


@dataclass(frozen=True)
class Overview:
    """The loop in numbers."""

    samples: int
    ready: int
    failed: int
    waiting: int
    aspects: int
    guideline: int
    judged: int
    questions: int
    answered: int
    disputed: int
    open_places: int
    rationales: int
    passed: int
    sandbox: int
    lots_open: int
    lots_decided: int
    release: str
    release_questions: int
    training: dict[str, int]
    needs: list[Need]


def of_project(project_id: UUID) -> Overview:
    """Reads the projection and the counters of the apps below."""
    states = sample_selectors.state_counts(project_id)
    known = aspects.of_project(project_id)
    totals = SampleRow.objects.in_project(project_id).aggregate(
        judged=Count("pk", filter=Q(opinion_count__gt=0)),
        answered=Sum("answered_count"),
        rationales=Sum("rationale_count"),
        passed=Sum("passed_count"),
    )
    disputed = consensus.counts(project_id)["disputed"]
    to_adjudicate = sum(map(len, consensus.disputed(project_id=project_id).values()))
    lots = audits.lots(project_id)
    cut = releases.of_project(project_id)
    by_way = rationales.counts_by_way(project_id)
    written = sum(way.total for way in by_way.values())
    passed = sum(way.passed for way in by_way.values())
    training = _training(project_id)
    open_lots = [lot for lot in lots if lot.state == LotState.OPEN]
    failed = states.get("failed", 0)
    returning = sum(training.get(state, 0) for state in ("suspect", "blocked"))
    paused = batch_selectors.with_paused_people(project_id)
    needs = [
        Need("pictures_failed", failed, "imports"),
        Need("to_adjudicate", to_adjudicate, "batches?adjudicate=1"),
        Need("people_paused", sum(paused.values()), f"batches/{next(iter(paused))}" if paused else "batches"),
        Need("appeals_open", appeals.open_count(project_id), "agreement/people"),
        Need("lots_open", len(open_lots), f"audits/{open_lots[0].id}" if open_lots else "audits"),
        Need("to_revise", written - passed, "rationales/all?passed=false"),
        Need("returned", returning, "training"),
    ]
    return Overview(
        samples=sum(states.values()),
        ready=states.get("ready", 0),
        failed=failed,
        waiting=states.get("waiting", 0),
        aspects=len(known),
        guideline=guidelines.current(project_id).version,
        judged=totals["judged"] or 0,
        questions=sum(states.values()) * len(known),
        answered=totals["answered"] or 0,
        disputed=disputed,
        open_places=_open_places(project_id),
        rationales=written,
        passed=passed,
        sandbox=sum(way.sandbox for way in by_way.values()),
        lots_open=len(open_lots),
        lots_decided=len(lots) - len(open_lots),
        release=cut[0].name if cut else "",
        release_questions=sum(cut[0].split_counts.values()) if cut else 0,
        training=training,
        needs=[need for need in needs if need.count],
    )


def _open_places(project_id: UUID) -> int:
    open_batches = list(batch_selectors.of_project(project_id).filter(state="open").values_list("pk", "place_count"))
    done = batch_selectors.totals([pk for pk, _ in open_batches])
    return sum(places - done[pk].accepted if pk in done else places for pk, places in open_batches)


def _training(project_id: UUID) -> dict[str, int]:

    rows = QuestionState.objects.filter(sample__project_id=project_id).values("state").annotate(count=Count("pk"))
    return {row["state"]: row["count"] for row in rows.order_by("state")}
