"""What this app puts into every new project: the default prompts, and the sandbox where the instance has one."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from cot_generation.services import endpoints, prompts


def found(*, project_id: UUID) -> None:
    """Called in the transaction that makes the project."""
    prompts.found_defaults(project_id=project_id)
    endpoints.found_sandbox(project_id=project_id, now=timezone.now())
