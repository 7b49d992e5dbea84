"""Changing one's mind after the submit.

Belongs here: the next revision of one's own opinion, while nothing was built on it.
Does not: what a reviewer sends back (reviews.py): that goes through claim and submit again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from annotation import dispatch
from annotation.choices import AnnotationOrigin, AssignmentState, BatchState, ConsensusSource, Purpose
from annotation.errors import AssignmentNotFound, NoNewerRevision, NotRevisable
from annotation.models import Annotation, Assignment, Consensus, Piece, Review
from annotation.selectors import opinions
from annotation.services import consensus, verdicts
from annotation.services.hot import SubmittedReply, body_hash
from annotation.shapes import Cells, Region, Shown
from catalog.selectors import aspects as catalog_aspects
from catalog.selectors import pictures as catalog_pictures
from config.base.errors import KeyReused


@transaction.atomic
def revise(
    *,
    project_id: UUID,
    user_id: int,
    annotation_id: int,
    key: UUID,
    cells: Cells,
    regions: Sequence[Region],
    now: datetime,
) -> SubmittedReply:
    """The next revision. The same key again gives the same reply.

    Raises AssignmentNotFound (not yours), NoNewerRevision (an old revision was meant), NotRevisable, KeyReused, and
    what a submit raises about verdicts.
    """
    digest = body_hash(cells, regions)
    said = Annotation.objects.filter(
        pk=annotation_id,
        annotator_id=user_id,
        assignment__batch__project_id=project_id,
        origin=AnnotationOrigin.OPINION,
    ).first()
    if said is None or said.assignment_id is None:
        raise AssignmentNotFound
    assignment = (
        Assignment.objects.select_related("piece", "batch").select_for_update(of=["self"]).get(pk=said.assignment_id)
    )
    before = Annotation.objects.filter(annotator_id=user_id, key=key).first()
    if before is not None:
        if before.assignment_id != assignment.pk or bytes(before.body_hash or b"") != digest:
            raise KeyReused
        return SubmittedReply(before.pk, assignment.pk, before.revision, before.submitted_at, before.active_ms)
    newest = Annotation.objects.filter(assignment=assignment).order_by("-revision").first()
    if newest is None or newest.pk != annotation_id:
        raise NoNewerRevision("You revised this one meanwhile; open it again.")
    consensus.lock([said.sample_id])
    if not _may_revise(assignment, newest):
        raise NotRevisable
    _check(assignment, project_id=project_id, cells=cells, regions=regions)
    annotation = Annotation.objects.create(
        assignment=assignment,
        sample_id=said.sample_id,
        annotator_id=user_id,
        revision=newest.revision + 1,
        counts=newest.counts,
        cells=cells,
        regions=list(regions),
        active_ms=newest.active_ms,
        shown=_shown(newest, assignment.pk),
        guideline_version=newest.guideline_version,
        key=key,
        body_hash=digest,
        submitted_at=now,
    )
    if annotation.counts:
        consensus.recompute(project_id=project_id, sample_ids=[said.sample_id])
    dispatch.figures_stale(project_id)
    return SubmittedReply(annotation.pk, assignment.pk, annotation.revision, now, annotation.active_ms)


def _shown(said: Annotation, assignment_id: int) -> Shown:
    """As before; but whoever has seen the imported verdicts since then is no longer blind."""
    seen = opinions.suggested_after(assignment_id) is not None
    return Shown(letters=said.shown.letters, assisted=said.shown.assisted or seen)


def _may_revise(assignment: Assignment, newest: Annotation) -> bool:
    if assignment.state != AssignmentState.SUBMITTED or assignment.batch.state == BatchState.CLOSED:
        return False
    if newest.superseded_by_id is not None:
        return False  # what is to be said is said in the later turn
    if newest.fixed_by_id is not None or Review.objects.filter(annotation=newest).exists():
        return False
    # Gold stands on a ruling often, and must not be told from the others by that.
    if assignment.purpose != Purpose.OPINION:
        return True
    return not Consensus.objects.filter(sample_id=newest.sample_id, source=ConsensusSource.ADJUDICATED).exists()


def _check(assignment: Assignment, *, project_id: UUID, cells: Cells, regions: Sequence[Region]) -> None:
    aspects, slots = terms_of(assignment.piece, project_id=project_id)
    verdicts.check(cells=cells, regions=regions, aspects=aspects, slots=slots)


def terms_of(piece: Piece, *, project_id: UUID) -> tuple[list[verdicts.AspectTerms], list[verdicts.SlotSize]]:
    """What an opinion on this piece must say something about."""
    asked = piece.aspects
    aspects = [
        (each.id, each.key, list(each.severities))
        for each in catalog_aspects.of_project(project_id)
        if not asked or each.id in asked
    ]
    pictures = catalog_pictures.of_samples([piece.sample_id])[piece.sample_id]
    slots = [(each.slot, each.width, each.height) for each in pictures if each.slot != consensus.ORIGINAL]
    return aspects, slots
