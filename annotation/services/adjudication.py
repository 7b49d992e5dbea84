"""Settling what opinions could not.

Belongs here: making a batch of disputed questions, and the ruling that answers them. The opinions stay as they were.
Does not: voting (votes.py), showing the opinions (selectors.opinions).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from django.db import transaction

from annotation import dispatch
from annotation.choices import AnnotationOrigin, AssistPolicy, ConsensusSource
from annotation.errors import LeaseLost, NothingDisputed, VerdictsIncomplete, VerdictsOutside
from annotation.models import Annotation, Batch
from annotation.selectors import consensus as consensus_selectors
from annotation.selectors.evidence import merged
from annotation.services import assignments, batches, consensus
from annotation.services.hot import SubmittedReply, body_hash
from annotation.shapes import Cells, Region, Severity, Shown
from annotation.votes import RANK, vote
from catalog.selectors import aspects as catalog_aspects
from catalog.selectors import rules as catalog_rules
from config.base.errors import InvalidInput

KIND = "adjudicate"
OF_OPINIONS = (
    "extra_share",
    "extra_wanted",
    "agreement_floor",
    "training_count",
    "training_floor",
    "gold_share",
    "gold_floor",
)


@transaction.atomic
@transaction.atomic
def make_batch(
    *, project_id: UUID, actor_id: int | None, now: datetime, name: str = "", people: Sequence[int] = ()
) -> Batch:
    """One piece for each sample with disputed questions, naming them. Raises NothingDisputed."""
    batches.lock(project_id)
    disputed = consensus_selectors.disputed(project_id=project_id)
    if not disputed:
        raise NothingDisputed
    targets = [batches.Target(sample_id, tuple(aspects)) for sample_id, aspects in disputed.items()]
    return batches.create(
        project_id=project_id,
        kind=KIND,
        name=name or f"Disputes of {now:%d %B}",
        targets=targets,
        wanted=1,
        actor_id=actor_id,
        now=now,
        terms=batches.Terms(assist=AssistPolicy.FROM_START),
        people=people,
    )


def terms_of(terms: batches.Terms) -> batches.Terms:
    """The same terms where one ruling settles a piece: opinions in sight, nothing about further ones, no gold."""
    plain = batches.Terms()
    alone = {name: getattr(plain, name) for name in OF_OPINIONS}
    return msgspec.structs.replace(terms, assist=AssistPolicy.FROM_START, **alone)


@transaction.atomic
def rule(
    *,
    project_id: UUID,
    user_id: int,
    assignment_id: int,
    fence: int,
    key: UUID,
    cells: Cells,
    regions: Sequence[Region],
    reason: str,
    active_ms: int,
    now: datetime,
) -> SubmittedReply:
    """Answer the piece's questions. Cells that are not ruled keep what the vote says; every tied one must be ruled.

    The same key again gives the same reply. Raises LeaseLost, VerdictsIncomplete, VerdictsOutside, InvalidInput.
    """
    digest = body_hash(cells, regions)
    before = Annotation.objects.filter(annotator_id=user_id, key=key, assignment_id=assignment_id).first()
    if before is not None:
        return SubmittedReply(before.pk, assignment_id, before.revision, before.submitted_at, before.active_ms)
    if not reason.strip():
        raise InvalidInput("Give the reason: those who differed will read it.")
    piece = assignments.complete(
        assignment_id=assignment_id, fence=fence, user_id=user_id, now=now, active_ms=active_ms
    )
    if piece.project_id != project_id or piece.kind != KIND:
        raise LeaseLost(assignment_id=assignment_id)
    consensus.lock([piece.sample_id])
    terms = {each.id: each.key for each in catalog_aspects.of_project(project_id) if each.id in piece.aspects}
    slots = consensus.slots_of([piece.sample_id])[piece.sample_id]
    _check(cells, keys=set(terms.values()), slots=slots)
    rules = catalog_rules.current(project_id)
    opinions = [each.cells for each in Annotation.objects.filter(sample_id=piece.sample_id).counted()]
    settled = _settled(opinions, cells, keys=list(terms.values()), slots=slots, threshold=rules.threshold)
    annotation = Annotation.objects.create(
        assignment_id=assignment_id,
        sample_id=piece.sample_id,
        annotator_id=user_id,
        origin=AnnotationOrigin.RULING,
        counts=False,
        cells=settled,
        regions=list(regions),
        active_ms=piece.active_ms,
        shown=Shown(letters=piece.letters, assisted=True),
        guideline_version=Batch.objects.values_list("guideline_version", flat=True).get(pk=piece.batch_id),
        reason=reason.strip()[:2000],
        key=key,
        body_hash=digest,
        submitted_at=now,
    )
    rows: list[Mapping[str, object]] = [
        {
            "sample_id": piece.sample_id,
            "aspect_id": aspect_id,
            "answer": _answer(settled, aspect=aspect, slots=slots, threshold=rules.threshold),
            "tied": "",
            "unsure": "".join(slot for slot in slots if settled[slot][aspect] == "unsure"),
            "source": ConsensusSource.ADJUDICATED,
            "confidence": None,
            "agreement": None,
            "opinions": len([each for each in opinions if any(aspect in by for by in each.values())]),
        }
        for aspect_id, aspect in terms.items()
    ]
    consensus.write(project_id=project_id, rule_version=rules.version, outcomes=rows, over_rulings=True)
    dispatch.sample_changed(project_id=project_id, sample_ids=[piece.sample_id])
    return SubmittedReply(annotation.pk, assignment_id, 1, now, piece.active_ms)


def _check(cells: Cells, *, keys: set[str], slots: Sequence[str]) -> None:
    outside = [f"{slot}/{key}" for slot, by in cells.items() for key in by if slot not in slots or key not in keys]
    if outside:
        raise VerdictsOutside(cells=sorted(outside))


def _settled(
    opinions: Sequence[Cells], ruled: Cells, *, keys: Sequence[str], slots: Sequence[str], threshold: str
) -> Cells:
    """The ruling where there is one, else what the opinions agree on. Raises VerdictsIncomplete for a tie left open."""
    voted = merged(opinions)
    settled: dict[str, dict[str, Severity]] = {slot: {} for slot in slots}
    open_cells = []
    for slot in slots:
        for key in keys:
            severity = ruled.get(slot, {}).get(key)
            if severity is None:
                votes = {vote(each.get(slot, {}).get(key), threshold=threshold) for each in opinions}
                if len(votes) != 1 or None in votes:
                    open_cells.append(f"{slot}/{key}")
                    continue
                severity = msgspec.convert(voted[slot][key], Severity)
            settled[slot][key] = severity
    if open_cells:
        raise VerdictsIncomplete("Some cells on which opinions differ are not ruled yet.", cells=open_cells)
    return settled


def _answer(cells: Cells, *, aspect: str, slots: Sequence[str], threshold: str) -> str | None:
    severities = [cells[slot][aspect] for slot in slots]
    if "unsure" in severities:
        return None
    return "".join(slot for slot, severity in zip(slots, severities, strict=True) if RANK[severity] >= RANK[threshold])
