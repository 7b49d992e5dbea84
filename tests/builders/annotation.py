"""The smallest valid batch, and people's way through it by the services that the pages use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4

import msgspec

from accounts.choices import Role
from accounts.models import Project, User
from accounts.selectors.hot import HotAccess
from annotation.models import Batch
from annotation.services import batches, hot
from annotation.shapes import Cells, Region, Severity
from catalog.models import Sample
from catalog.selectors import aspects

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ASPECTS = ("appearance_deformation", "physical_shadow", "placement_layout", "extension_rationality")
SLOTS = "ABCD"


class Given(msgspec.Struct, frozen=True):
    """One assignment as a claim hands it out."""

    assignment_id: int
    fence: int
    lease_until: datetime
    letters: str
    sample: dict[str, object]
    pictures: list[dict[str, object]]
    aspects: list[str]
    draft: dict[str, object] | None
    sent_back: str


def aspect_ids(project: Project) -> dict[str, int]:
    """By key."""
    return {aspect.key: aspect.id for aspect in aspects.of_project(project.pk)}


def batch(
    project: Project,
    samples: Sequence[Sample],
    *,
    wanted: int = 1,
    kind: str = "label",
    aspect_ids: Sequence[int] = (),
    **settings: object,
) -> Batch:
    """An open batch with one piece a sample, in the order given unless said otherwise."""
    return batches.create(
        project_id=project.pk,
        kind=kind,
        name="A batch",
        targets=[batches.Target(sample.pk, tuple(aspect_ids)) for sample in samples],
        wanted=wanted,
        actor_id=None,
        now=NOW,
        **{"order": "given", **settings},  # type: ignore[arg-type]  # each test names the settings it needs
    )


def access(project: Project, user: User, role: Role = Role.ANNOTATOR) -> HotAccess:
    """What the view learns of its caller."""
    return HotAccess(user_id=user.pk, project_id=project.pk, archived=False, role=role)


def claim(
    of: Batch, user: User, *, count: int = 1, known: Sequence[int] = (), role: Role = Role.ANNOTATOR
) -> list[Given]:
    """Claim as this person."""
    claimed = claimed_reply(of, user, count=count, known=known, role=role)
    return msgspec.json.decode(claimed.assignments, type=list[Given])


def claimed_reply(
    of: Batch, user: User, *, count: int = 1, known: Sequence[int] = (), role: Role = Role.ANNOTATOR
) -> hot.Claimed:
    """The whole reply of a claim."""
    who = HotAccess(user_id=user.pk, project_id=of.project_id, archived=False, role=role)
    return hot.claim(access=who, slug="p", batch_id=of.pk, count=count, known=known)


def verdicts(
    flagged: Mapping[str, Severity] | None = None, *, aspects: Sequence[str] = ASPECTS, slots: str = SLOTS
) -> Cells:
    """Everything clean but what is flagged: `verdicts({"B/physical_shadow": "major"})`."""
    cells: Cells = {slot: dict.fromkeys(aspects, "none") for slot in slots}
    for cell, severity in (flagged or {}).items():
        slot, aspect = cell.split("/")
        cells[slot][aspect] = severity
    return cells


def submit(
    of: Batch,
    user: User,
    given: Given,
    cells: Cells | None = None,
    *,
    regions: Sequence[Region] = (),
    key: UUID | None = None,
    active_ms: int = 0,
) -> hot.SubmittedReply:
    """Submit what was claimed."""
    return hot.submit(
        access=HotAccess(user_id=user.pk, project_id=of.project_id, archived=False, role=Role.ANNOTATOR),
        assignment_id=given.assignment_id,
        fence=given.fence,
        key=key or uuid4(),
        cells=verdicts() if cells is None else cells,
        regions=regions,
        active_ms=active_ms,
    )


def opinion(of: Batch, user: User, cells: Cells | None = None) -> hot.SubmittedReply:
    """The person's next piece, judged."""
    (given,) = claim(of, user)
    return submit(of, user, given, cells)
