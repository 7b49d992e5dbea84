"""From what a run doubts to a batch for people, and back to a changed answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError

from accounts.models import Project
from annotation.choices import ConsensusSource
from annotation.models import Batch, Consensus, Piece
from catalog.models import Sample
from catalog.selectors import aspects
from tests.builders import accounts as people
from tests.builders import catalog
from tests.builders import training_bridge as build
from training_bridge.choices import RETURNABLE
from training_bridge.errors import NothingToReturn, RunUnknown
from training_bridge.models import QuestionState, TrainingRun
from training_bridge.selectors import returns
from training_bridge.services import returning

pytestmark = pytest.mark.django_db

SHADOW, PLACE = "physical_shadow", "placement_layout"


def question(
    run: TrainingRun,
    sample: str,
    standing: str,
    *,
    aspect: str = SHADOW,
    right: int = 0,
    rollouts: int = 4,
    **more: Any,
) -> QuestionState:
    return QuestionState.objects.create(
        run=run,
        question=f"{sample}/{aspect}",
        sample_external_id=sample,
        aspect=aspect,
        standing=standing,
        answer=["B"],
        right=right,
        rollouts=rollouts,
        **more,
    )


def make(run: TrainingRun, now: datetime, **change: Any) -> tuple[UUID, int]:
    asked: dict[str, Any] = {
        "project_id": run.project_id,
        "run_id": run.pk,
        "question_ids": None,
        "standings": RETURNABLE,
        "wanted": 2,
        "name": "",
        "actor_id": None,
        "now": now,
    }
    return returning.make_batch(**(asked | change))


def settle(project: Project, sample: Sample, answer: str) -> None:
    aspect_id = next(each.id for each in aspects.of_project(project.pk) if each.key == SHADOW)
    Consensus.objects.create(
        sample=sample,
        aspect_id=aspect_id,
        project=project,
        answer=answer,
        source=ConsensusSource.MAJORITY,
        opinions=2,
    )


def test_the_worst_come_first_with_their_evidence(now: datetime) -> None:
    project = people.project()
    run = build.finished_run(project, at=now)
    sample = catalog.sample(project.pk, external_id="s-1")
    settle(project, sample, "A")
    for name, standing, right in [
        ("s-4", "hard", 1),
        ("s-3", "hard", 0),
        ("s-2", "blocked", 0),
        ("s-1", "suspect", 0),
        ("s-5", "learnable", 2),
        ("s-6", "mastered", 4),
    ]:
        question(run, name, standing, right=right)

    question(run, "s-1", "hard", aspect="overall")

    found = returns.of_run(run, standings=RETURNABLE, limit=10)

    assert [doubt.state.sample_external_id for doubt in found] == ["s-1", "s-2", "s-3", "s-4"]
    assert returns.counts(run) == {"suspect": 1, "blocked": 1, "hard": 2}
    first = found[0]
    assert (first.sample_id, first.exact_rate, first.changed) == (sample.pk, 0.0, True)
    assert [picture.slot for picture in first.pictures] == ["O", "A", "B", "C", "D"]
    assert first.now is not None
    assert first.now.answer == ("A",)
    assert (found[1].sample_id, found[1].changed) == (None, False)


def test_a_batch_has_one_piece_a_sample_with_the_doubted_aspects_only(now: datetime) -> None:
    project = people.project()
    run = build.finished_run(project, at=now)
    samples = [catalog.sample(project.pk, external_id=f"s-{number}") for number in range(3)]
    question(run, "s-0", "suspect")
    question(run, "s-0", "hard", aspect=PLACE)
    question(run, "s-1", "blocked")
    question(run, "s-2", "mastered")
    question(run, "s-1", "hard", aspect="overall")

    batch_id, count = make(run, now)

    keys = {each.id: each.key for each in aspects.of_project(project.pk)}
    pieces = {
        piece.sample_id: {keys[aspect] for aspect in piece.aspects} for piece in Piece.objects.filter(batch=batch_id)
    }
    assert (count, pieces) == (3, {samples[0].pk: {SHADOW, PLACE}, samples[1].pk: {SHADOW}})
    batch = Batch.objects.get(pk=batch_id)
    assert (batch.kind, batch.wanted, batch.name) == ("label", 2, "Doubted by run 1")
    assert QuestionState.objects.filter(returned_batch_id=batch_id, returned_at=now).count() == 3


def test_what_is_with_people_is_not_given_twice(now: datetime) -> None:
    project = people.project()
    run = build.finished_run(project, at=now)
    for number in range(2):
        catalog.sample(project.pk, external_id=f"s-{number}")
    first, second = question(run, "s-0", "suspect"), question(run, "s-1", "hard")
    make(run, now, question_ids=[first.pk])

    _, count = make(run, now)

    assert count == 1
    assert returns.counts(run) == {"suspect": 1, "blocked": 0, "hard": 1}
    assert returns.counts(run, still_here=True) == dict.fromkeys(RETURNABLE, 0)
    second.refresh_from_db()
    assert second.returned_batch_id is not None
    with pytest.raises(NothingToReturn):
        make(run, now)
    assert Batch.objects.filter(project=project).count() == 2


def test_only_what_is_doubted_can_be_given_back(now: datetime) -> None:
    project = people.project()
    run = build.finished_run(project, at=now)
    catalog.sample(project.pk, external_id="s-0")
    fine = question(run, "s-0", "mastered")

    with pytest.raises(NothingToReturn):
        make(run, now, question_ids=[fine.pk])
    with pytest.raises(NothingToReturn):
        make(run, now, standings=["mastered"])
    QuestionState.objects.filter(pk=fine.pk).update(standing="hard")
    assert make(run, now, question_ids=[fine.pk])[1] == 1


def test_the_highest_losses_come_first_whatever_their_standing(now: datetime) -> None:
    project = people.project()
    run = build.finished_run(project, at=now)
    for place, (name, standing) in enumerate([("s-1", "mastered"), ("s-2", "suspect"), ("s-3", "unseen")], start=1):
        catalog.sample(project.pk, external_id=name)
        question(run, name, standing, loss=2.0 - place / 2, loss_rank=place)
    question(run, "s-4", "suspect")
    question(run, "s-1", "hard", aspect="overall", loss=9.0, loss_rank=4)

    found = returns.by_loss(run, limit=10)

    assert [doubt.state.sample_external_id for doubt in found] == ["s-1", "s-2", "s-3"]
    assert returns.measured(run) == 3
    batch_id, count = make(run, now, highest_losses=2)
    assert count == 2
    given = QuestionState.objects.filter(returned_batch_id=batch_id).order_by("loss_rank")
    assert [each.sample_external_id for each in given] == ["s-1", "s-2"]
    assert returns.measured(run, still_here=True) == 1


def test_chosen_ones_are_given_back_by_loss_only_if_it_was_measured(now: datetime) -> None:
    project = people.project()
    run = build.finished_run(project, at=now)
    for name in ("s-0", "s-1"):
        catalog.sample(project.pk, external_id=name)
    measured = question(run, "s-0", "learnable", loss=1.0, loss_rank=1)
    suspect = question(run, "s-1", "suspect")

    with pytest.raises(NothingToReturn):
        make(run, now, question_ids=[suspect.pk], highest_losses=5)
    assert make(run, now, question_ids=[measured.pk, suspect.pk], highest_losses=5)[1] == 1
    measured.refresh_from_db()
    assert measured.returned_at == now


def test_a_loss_has_a_place(now: datetime) -> None:
    run = build.finished_run(people.project(), at=now)
    with pytest.raises(IntegrityError, match="question_state_loss_has_rank"):
        question(run, "s-0", "hard", loss=1.0)


def test_a_run_of_another_project_is_not_there(now: datetime) -> None:
    run = build.finished_run(people.project(), at=now)

    with pytest.raises(RunUnknown):
        make(run, now, project_id=people.project().pk)


def test_changed_answers_are_counted_by_batch(now: datetime) -> None:
    project = people.project()
    run = build.finished_run(project, at=now)
    samples = [catalog.sample(project.pk, external_id=f"s-{number}") for number in range(2)]
    for sample in samples:
        question(run, sample.external_id, "suspect")
    batch_id, _ = make(run, now)
    settle(project, samples[0], "AC")
    settle(project, samples[1], "B")

    (returned,) = returns.batches_of(run)

    assert (returned.batch_id, returned.questions, returned.changed) == (batch_id, 2, 1)
