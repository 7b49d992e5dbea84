"""Two versions of a prompt side by side: what changed, and what each led to.

Belongs here: accept rate, cost and failures of a version, each with its interval.
Does not: comparing texts (cot_generation.prompts.diffing), costs by group (economics.py). Versions ran on whatever
questions they were given, so a difference here is a hint; a trial settles it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cot_generation.prompts import diffing
from cot_generation.prompts.diffing import PartChange
from cot_generation.selectors import prompts
from curation.selectors import audits, economics
from curation.selectors.audits import Interval
from curation.selectors.economics import By, GroupEconomics


@dataclass(frozen=True)
class Failure:
    """`reason` is a call's outcome, or the check that a rationale failed; share of calls or of rationales."""

    reason: str
    of_check: bool
    count: int
    share: Interval


@dataclass(frozen=True)
class VersionFigures:
    """What one version led to. `groups` has one entry, or two when it ran in a sandbox too, or none before any call."""

    id: UUID
    name: str
    locale: str
    version: int
    pass_rate: Interval
    groups: tuple[GroupEconomics, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True)
class Compared:
    """`parts` are all texts of all steps; `terms` the other settings that differ: name, before, after."""

    before: VersionFigures
    after: VersionFigures
    parts: tuple[PartChange, ...]
    terms: tuple[tuple[str, str, str], ...]


def compared(project_id: UUID, *, before: UUID, after: UUID, today: date) -> Compared:
    """Raises PromptUnknown, also for another project's."""
    old, new = (prompts.one(project_id=project_id, prompt_id=each) for each in (before, after))
    groups = economics.by(project_id, By.PROMPT, today=today)
    ended = prompts.endings([before, after])

    def figures(prompt_id: UUID, name: str, locale: str, version: int) -> VersionFigures:
        own = tuple(each for each in groups if each.key.split(" ")[0] == str(prompt_id))
        written, calls = sum(each.written for each in own), ended[prompt_id].calls
        counted = [(reason, False, count, calls) for reason, count in ended[prompt_id].outcomes.items()]
        counted += [(reason, True, count, written) for reason, count in ended[prompt_id].checks.items()]
        return VersionFigures(
            id=prompt_id,
            name=name,
            locale=locale,
            version=version,
            pass_rate=audits.wilson(sum(each.passed for each in own), written),
            groups=own,
            failures=tuple(
                Failure(reason, of_check, count, audits.wilson(min(count, of), of))
                for reason, of_check, count, of in counted
            ),
        )

    settings = ("way", "stage", "locale", "picture_side", "max_tokens", "temperature")
    return Compared(
        before=figures(old.pk, old.name, old.locale, old.version),
        after=figures(new.pk, new.name, new.locale, new.version),
        parts=diffing.steps(old.steps, new.steps),
        terms=tuple(
            (name, str(getattr(old, name)), str(getattr(new, name)))
            for name in settings
            if getattr(old, name) != getattr(new, name)
        ),
    )
