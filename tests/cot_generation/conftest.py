"""A project with samples and settled answers, and an endpoint that does as the test says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import Project, User
from annotation.choices import ConsensusSource
from annotation.models import Consensus
from catalog.models import Picture, Sample
from cot_generation.models import Endpoint, Run
from cot_generation.providers import openai_compatible
from cot_generation.services import asking, calls, claiming
from cot_generation.services.asking import PictureCache, Ready
from tests.builders import accounts as build_accounts
from tests.builders import annotation as build_annotation
from tests.builders import catalog as build_catalog
from tests.builders import cot_generation as build
from tests.cot_generation import lock_order
from tests.fakes import endpoint as fakes
from tests.fakes.endpoint import FaultyEndpoint


@dataclass
class World:
    """A project with one lead, samples, and the aspect `physical_shadow` settled as A wherever asked for."""

    project: Project
    aspect_id: int
    samples: list[Sample]

    def questions(self) -> list[tuple[int, int]]:
        return [(sample.pk, self.aspect_id) for sample in self.samples]

    def many_questions(self, count: int) -> list[tuple[int, int]]:
        """Questions over the pictures of its first sample: rows share its assets, no further files are needed."""
        pictures = list(Picture.objects.filter(sample=self.samples[0]))
        found = self.questions()
        while len(found) < count:
            sample = build_catalog.sample(self.project.pk, pictures=False, state="ready")
            Picture.objects.bulk_create(Picture(sample=sample, slot=each.slot, asset=each.asset) for each in pictures)
            found.append((sample.pk, self.aspect_id))
        return found

    def settle(self, answer: str = "A", *, samples: Sequence[Sample] | None = None) -> None:
        for sample in self.samples if samples is None else samples:
            Consensus.objects.create(
                sample_id=sample.pk,
                aspect_id=self.aspect_id,
                project_id=self.project.pk,
                answer=answer,
                source=ConsensusSource.SINGLE,
                opinions=1,
            )

    def member(self, role: object) -> User:
        return build_accounts.member(self.project, role)  # type: ignore[arg-type]  # a Role, named by the test


def claimed(run: Run, *, owner: str, limit: int = 100) -> list[Ready]:
    """Questions of the run under this owner's lease, as requests."""
    plan = claiming.plan(run, now=timezone.now())
    assert isinstance(plan, asking.RunPlan)
    questions = claiming.claim(run.pk, limit=limit, owner=owner, now=timezone.now())
    asked = [each for each in asking.words(questions, plan) if isinstance(each, asking.Asked)]
    return [asking.ready(each, PictureCache()) for each in asked]


@pytest.fixture(autouse=True)
def in_lock_order(request: pytest.FixtureRequest) -> Iterator[None]:
    """No transaction locks rows against the order of locks.py. A test that is one transaction itself is not watched."""
    mark = request.node.get_closest_marker("django_db")
    if mark is None or not mark.kwargs.get("transaction"):
        yield
        return
    with lock_order.watched() as seen:
        yield
    assert seen.wrong == []


@pytest.fixture
def make_world(tmp_path: Path) -> Callable[..., World]:
    def make(samples: int = 1) -> World:
        project = build_accounts.project()
        aspect_id = build_annotation.aspect_ids(project)["physical_shadow"]
        made = [build_catalog.stored(project.pk, tmp_path / f"{project.pk}" / str(number)) for number in range(samples)]
        return World(project, aspect_id, made)

    return make


@pytest.fixture
def provider(settings: object) -> Iterator[FaultyEndpoint]:
    """A running endpoint that answers well until told otherwise."""
    settings.ENDPOINT_HOSTS = ["127.0.0.1"]  # type: ignore[attr-defined]  # pytest-django's settings wrapper
    with fakes.running() as endpoint:
        yield endpoint


@pytest.fixture
def make_endpoint(provider: FaultyEndpoint) -> Callable[..., Endpoint]:
    def make(world: World, **options: object) -> Endpoint:
        return build.endpoint(world.project.pk, url=provider.url, **options)  # type: ignore[arg-type]  # as each test names them

    return make


@pytest.fixture
def work_off() -> Callable[..., int]:
    """Run the worker's loop here until nothing is due, delays skipped by moving them to now."""

    def work(*, rounds: int = 1, seconds: float = 30) -> int:
        made = 0
        for _ in range(rounds):
            until = timezone.now() + timedelta(seconds=seconds)
            made += calls.make_due(opened=openai_compatible.opened, until=until)
        return made

    return work
