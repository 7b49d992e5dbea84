"""The append-only record of who did what."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from accounts.models import AuditLogEntry


def record(
    *,
    actor_id: int | None,
    action: str,
    subject: str,
    project_id: UUID | None = None,
    details: Mapping[str, object] | None = None,
) -> None:
    """Append one line in the caller's transaction. `action` is a dotted constant such as `member.role_changed`."""
    AuditLogEntry.objects.create(
        actor_id=actor_id, project_id=project_id, action=action, subject=subject[:160], details=dict(details or {})
    )
