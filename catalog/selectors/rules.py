"""From which severity on a slot belongs to the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from catalog.choices import Severity
from catalog.models import AnswerRule
from config.base.errors import NotFound

ORDER = {Severity.NONE: 0, Severity.MINOR: 1, Severity.MAJOR: 2}


@dataclass(frozen=True)
class RuleInfo:
    """One version of the rule."""

    version: int
    threshold: str

    def answer(self, severities: Mapping[str, str]) -> tuple[str, ...] | None:
        """The slots at or above the threshold, sorted; None when any cell is unsure: then the question is unjudged."""
        if any(severity not in ORDER for severity in severities.values()):
            return None
        least = ORDER[Severity(self.threshold)]
        return tuple(sorted(slot for slot, severity in severities.items() if ORDER[Severity(severity)] >= least))


def current(project_id: UUID) -> RuleInfo:
    """The newest version. Raises NotFound for a project that was never set up."""
    row = AnswerRule.objects.filter(project_id=project_id).order_by("-version").first()
    if row is None:
        raise NotFound("This project has no answer rule yet.")
    return RuleInfo(version=row.version, threshold=row.threshold)


@dataclass(frozen=True)
class RuleVersion:
    """One version with who decided it when."""

    version: int
    threshold: str
    created_by: int | None
    created_at: datetime


def versions(project_id: UUID) -> list[RuleVersion]:
    """Newest first."""
    rows = AnswerRule.objects.filter(project_id=project_id).order_by("-version")
    return [RuleVersion(row.version, row.threshold, row.created_by_id, row.created_at) for row in rows]
