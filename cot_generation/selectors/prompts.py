"""Prompts of a project and what their runs made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q

from cot_generation.choices import Outcome, RunPurpose
from cot_generation.errors import PromptUnknown
from cot_generation.models import Call, DeclinedDefault, Prompt, Rationale
from cot_generation.prompts import defaults, diffing
from cot_generation.prompts.defaults import Default
from cot_generation.prompts.diffing import PartChange


def of_project(project_id: UUID) -> list[Prompt]:
    """By name and language, the newest version first."""
    return list(Prompt.objects.in_project(project_id).order_by("name", "locale", "-version"))


def one(*, project_id: UUID, prompt_id: UUID) -> Prompt:
    """Raises PromptUnknown, also for another project's."""
    found = Prompt.objects.in_project(project_id).filter(pk=prompt_id).first()
    if found is None:
        raise PromptUnknown(prompt_id=str(prompt_id))
    return found


def made(project_id: UUID) -> dict[UUID, tuple[int, int]]:
    """By prompt: how many rationales it led to, and how many of them passed all checks."""
    rows = (
        Rationale.objects.in_project(project_id)
        .filter(run_question__isnull=False)
        .values_list("run_question__run__prompt_id")
        .annotate(all=Count("pk"), good=Count("pk", filter=Q(passed=True)))
        .order_by()
    )
    return {prompt_id: (total, good) for prompt_id, total, good in rows}


@dataclass
class Endings:
    """How a prompt's calls for rationales ended that brought no answer, and which checks its rationales failed."""

    calls: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    checks: dict[str, int] = field(default_factory=dict)


def endings(prompt_ids: Sequence[UUID]) -> dict[UUID, Endings]:
    """Of every one of these, also of those that were never used. The most frequent first."""
    found = {prompt_id: Endings() for prompt_id in prompt_ids}
    calls = Call.objects.filter(run__prompt_id__in=prompt_ids, run__purpose=RunPurpose.RATIONALE)
    rows = calls.exclude(outcome=Outcome.PENDING).values_list("run__prompt_id", "outcome").annotate(n=Count("pk"))
    for prompt_id, outcome, count in rows.order_by("-n", "outcome"):
        found[prompt_id].calls += count
        if outcome != Outcome.ANSWERED:
            found[prompt_id].outcomes[outcome] = count
    failed = Rationale.objects.filter(run_question__run__prompt_id__in=prompt_ids, passed=False)
    for prompt_id, names, count in failed.values_list("run_question__run__prompt_id", "failed").annotate(n=Count("pk")):
        for name in names:
            found[prompt_id].checks[name] = found[prompt_id].checks.get(name, 0) + count
    for each in found.values():
        each.checks = dict(sorted(each.checks.items(), key=lambda item: (-item[1], item[0])))
    return found


@dataclass(frozen=True)
class Offer:
    """A default prompt that the project has in no version, and what would change against its newest one."""

    default: Default
    next_version: int
    parts: tuple[PartChange, ...]


def offers(project_id: UUID) -> list[Offer]:
    """Defaults that came or changed since the project was made. Nothing changes until somebody takes one.

    A default is known when some version of its name and language has its very texts: who edited it since keeps theirs.
    One that was declined is offered again once its texts change.
    """
    declined = set(DeclinedDefault.objects.filter(project_id=project_id).values_list("name", "locale", "texts_sha256"))
    versions: dict[tuple[str, str], list[Prompt]] = {}
    for row in of_project(project_id):
        versions.setdefault((row.name, row.locale), []).append(row)
    found = []
    for default in defaults.DEFAULTS:
        if (default.name, default.locale, default.texts_sha256) in declined:
            continue
        known = versions.get((default.name, default.locale), [])
        if not any(tuple(row.steps) == default.steps for row in known):
            newest = known[0] if known else None
            parts = diffing.steps(newest.steps if newest else (), default.steps)
            found.append(Offer(default, newest.version + 1 if newest else 1, parts))
    return found
