"""Counting the steps of filling, so that a page can show them and a killed fill goes on where it stood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from accounts.selectors import projects
from config.base.errors import NotFound
from config.base.words import noted
from config.demo.accounts import SLUG
from config.demo.models import Step

Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Part:
    """A step: what it is called, and what does it. `run` may be called again after a kill and does the rest."""

    key: str
    title: str
    run: Callable[[Report], None]


def run(parts: Sequence[Part]) -> None:
    """Run the steps that are not finished, in order. A failure is kept beside its step, and raised."""
    for position, part in enumerate(parts):
        Step.objects.update_or_create(key=part.key, defaults={"title": part.title, "position": position})
    for part in parts:
        if Step.objects.filter(key=part.key, finished_at__isnull=False).exists():
            continue
        Step.objects.filter(key=part.key).update(started_at=timezone.now(), failure="")
        try:
            part.run(_reporter(part.key))
        except Exception as error:
            Step.objects.filter(key=part.key).update(failure=f"{type(error).__name__}: {error}"[:500])
            raise
        Step.objects.filter(key=part.key).update(finished_at=timezone.now())


def _reporter(key: str) -> Report:
    def report(done: int, total: int) -> None:
        Step.objects.filter(key=key).update(done=done, total=total)

    return report


def busy(*, project_id: UUID) -> str | None:
    """A sentence while the demo project is being filled, for those who must wait; None otherwise."""
    try:
        if projects.by_slug(SLUG).project_id != project_id:
            return None
    except NotFound:
        return None
    step = Step.objects.filter(finished_at__isnull=True, failure="").order_by("position").first()
    return noted("The demo is still being filled: {step}.", step=step.title) if step else None
