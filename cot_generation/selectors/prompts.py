"""Prompts of a project and what their runs made of them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q

from cot_generation.errors import PromptUnknown
from cot_generation.models import Prompt, Rationale


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
