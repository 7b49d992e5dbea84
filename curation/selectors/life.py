"""The whole life of a sample: the question every support forum keeps asking.

Belongs here: putting together what each app knows, oldest first.
Does not: knowing it (each app's own selectors).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from annotation.selectors import history
from catalog.selectors.samples import SampleInfo
from cot_generation.selectors.rationales import RationaleInfo
from curation.models import QuestionState, ReleaseRow


@dataclass(frozen=True)
class Event:
    """One thing that happened: imported, leased, judged, adjudicated, reviewed, explained, frozen or trained."""

    at: datetime
    kind: str
    who: str
    detail: str
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def events(info: SampleInfo, rationales: list[RationaleInfo]) -> list[Event]:
    """Oldest first."""
    known = history.of_sample(info.id)
    found = [Event(info.created_at, "imported", "", f"revision {info.revision}")]
    found += [
        Event(turn.leased_at, "leased", turn.annotator, f"{turn.batch_name} · {turn.kind} · {turn.state}")
        for turn in known.turns
    ]
    found += [
        Event(said.submitted_at, _kind(said.origin), said.annotator, _said(said), said.cells) for said in known.said
    ]
    found += [
        Event(review.reviewed_at, "reviewed", review.reviewer, f"{review.verdict} {review.reason}".strip())
        for review in known.reviews
    ]
    found += [
        Event(each.created_at, "explained", "", f"{each.way.label}{' · sandbox' if each.sandbox else ''}")
        for each in rationales
    ]
    frozen = ReleaseRow.objects.filter(sample_id=info.id).select_related("release").order_by("release_id")
    seen: set[UUID] = set()
    for row in frozen:
        if row.release.pk not in seen:
            seen.add(row.release.pk)
            found.append(Event(row.release.cut_at, "frozen", "", f"{row.release.name} · {row.split} · {row.family}"))
    found += [
        Event(state.noted_at, "trained", "", f"{state.aspect_key}: {state.state} in {state.run}")
        for state in QuestionState.objects.filter(sample_id=info.id)
    ]
    return sorted(found, key=lambda event: event.at)


def _kind(origin: str) -> str:
    return {"ruling": "adjudicated", "imported": "imported"}.get(origin, "judged")


def _said(said: history.Said) -> str:
    parts = [
        f"{said.active_ms / 1000:.0f} s" if said.active_ms else "",
        f"{len(said.regions)} regions" if said.regions else "",
    ]
    parts += ["" if said.revision == 1 else f"revision {said.revision}", said.reason]
    return " · ".join(part for part in parts if part)


def releases_of(sample_id: int) -> list[str]:
    """Names of releases that hold it."""
    rows = ReleaseRow.objects.filter(sample_id=sample_id).order_by("release__name")
    return list(rows.values_list("release__name", flat=True).distinct())


def training_of(sample_id: int) -> dict[str, str]:
    """Aspect key to state in the newest run."""
    return dict(QuestionState.objects.filter(sample_id=sample_id).values_list("aspect_key", "state"))
