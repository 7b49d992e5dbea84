"""Rationales that people write and revise.

Belongs here: writing one as the result of an assignment, checking it, previewing the checks while it is written.
Does not: rationales of runs (replies.py) and of imports (absorbing.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction

from annotation.selectors import opinions
from annotation.services import assignments
from cot_generation import checks, dispatch, letters, purity, texts
from cot_generation.choices import Origin, Stage, Way
from cot_generation.errors import RationaleStale, RationaleUnfit, RationaleUnknown
from cot_generation.models import Rationale
from cot_generation.selectors import rationales as selectors
from cot_generation.selectors.rationales import RationaleInfo
from cot_generation.services.facts import QuestionFacts, gather
from cot_generation.shapes import CheckOutcome, Sentence, WritingTrace

log = structlog.get_logger()

WRITE, REVISE = "write_rationale", "revise_rationale"
SENTENCES_AT_MOST = 40
TEXT_AT_MOST = 2000


def cleaned(sentences: Sequence[Sentence], *, aspect: str, order: str = "") -> tuple[Sentence, ...]:
    """Trimmed, letters marked, empty ones dropped. Raises RationaleUnfit for what cannot be stored.

    `order` is the slots as the writer saw them: the texts name what was shown, we keep slots.
    """
    names = letters.shown(order)
    kept = []
    for place, sentence in enumerate(sentences):
        text = letters.rename(letters.mark(sentence.text.strip()), names)
        if len(text) > TEXT_AT_MOST:
            raise RationaleUnfit("A sentence has at most {most} characters.", most=TEXT_AT_MOST, sentence=place)
        if text:
            kept.append(
                Sentence(
                    text=text,
                    slot=sentence.slot,
                    aspect=sentence.aspect or aspect,
                    defect=sentence.defect,
                    regions=sentence.regions,
                )
            )
    if not kept:
        raise RationaleUnfit("A rationale needs at least one sentence.")
    if len(kept) > SENTENCES_AT_MOST:
        raise RationaleUnfit("A rationale has at most {most} sentences.", most=SENTENCES_AT_MOST)
    return tuple(kept)


def _of(project_id: UUID, sample_id: int, aspect_id: int) -> QuestionFacts:
    known = gather(project_id, [(sample_id, aspect_id)]).get((sample_id, aspect_id))
    if known is None:
        raise RationaleUnfit("This question does not exist in the project any more.")
    return known


def preview(
    *,
    project_id: UUID,
    sample_id: int,
    aspect_id: int,
    sentences: Sequence[Sentence],
    concluded: Sequence[str] | None,
    order: str = "",
) -> Mapping[str, CheckOutcome]:
    """What the checks would say of a text that is still being written; nothing is stored."""
    facts = _of(project_id, sample_id, aspect_id)
    fit = cleaned(sentences, aspect=facts.aspect_key, order=order)
    return checks.run_all(facts.for_checks(fit, concluded, answer_visible=False))


def preview_held(
    *,
    project_id: UUID,
    assignment_id: int,
    user_id: int,
    sentences: Sequence[Sentence],
    concluded: Sequence[str] | None,
) -> Mapping[str, CheckOutcome]:
    """The same for the assignment that this person holds. Raises AssignmentNotFound, LeaseLost."""
    turn = opinions.held(project_id=project_id, assignment_id=assignment_id, user_id=user_id)
    sample_id, aspect_ids = turn.sample_id, turn.aspect_ids
    if turn.kind == REVISE and turn.subject_id is not None:
        draft = selectors.one(project_id=project_id, rationale_id=turn.subject_id)
        sample_id, aspect_ids = draft.sample_id, (draft.aspect_id,)
    if len(aspect_ids) != 1:
        raise RationaleUnfit("This assignment does not ask for a rationale.", kind=turn.kind)
    return preview(
        project_id=project_id,
        sample_id=sample_id,
        aspect_id=aspect_ids[0],
        sentences=sentences,
        concluded=concluded,
        order=turn.letters,
    )


@transaction.atomic
def write(
    *,
    assignment_id: int,
    fence: int,
    user_id: int,
    sentences: Sequence[Sentence],
    concluded: Sequence[str] | None,
    now: datetime,
    active_ms: int = 0,
    project_id: UUID | None = None,
    trace: WritingTrace | None = None,
) -> RationaleInfo:
    """The result of a `write_rationale` or `revise_rationale` assignment, which it completes.

    Sent again for the same assignment it is the same rationale. With `project_id` an assignment of another project is
    not found. Raises LeaseLost, RationaleUnfit, RationaleStale.
    """
    present = selectors.of_assignment(assignment_id)
    if present is not None and present.author_id == user_id:
        return present
    if project_id is not None:
        opinions.held(project_id=project_id, assignment_id=assignment_id, user_id=user_id)
    done = assignments.complete(assignment_id=assignment_id, fence=fence, user_id=user_id, now=now, active_ms=active_ms)
    if done.kind not in (WRITE, REVISE):
        raise RationaleUnfit("This assignment does not ask for a rationale.", kind=done.kind)
    if done.kind == REVISE:
        if done.subject_id is None:
            raise RationaleUnfit("This assignment names no rationale to revise.")
        return _revise(
            rationale_id=done.subject_id,
            project_id=done.project_id,
            author_id=user_id,
            sentences=sentences,
            concluded=concluded,
            active_ms=done.active_ms,
            assignment_id=assignment_id,
            order=done.letters,
            trace=trace,
        )
    if len(done.aspects) != 1:
        raise RationaleUnfit("A rationale is about one aspect; this piece has another number of them.")
    return _store(
        project_id=done.project_id,
        sample_id=done.sample_id,
        aspect_id=done.aspects[0],
        author_id=user_id,
        sentences=sentences,
        concluded=concluded,
        active_ms=done.active_ms,
        assignment_id=assignment_id,
        order=done.letters,
        trace=trace,
    )


@transaction.atomic
def revise(
    *,
    project_id: UUID,
    rationale_id: int,
    author_id: int,
    sentences: Sequence[Sentence],
    concluded: Sequence[str] | None,
    active_ms: int = 0,
) -> RationaleInfo:
    """A revision outside any batch. Raises RationaleUnknown, RationaleStale, RationaleUnfit."""
    return _revise(
        rationale_id=rationale_id,
        project_id=project_id,
        author_id=author_id,
        sentences=sentences,
        concluded=concluded,
        active_ms=active_ms,
        assignment_id=None,
    )


def _revise(
    *,
    rationale_id: int,
    project_id: UUID,
    author_id: int,
    sentences: Sequence[Sentence],
    concluded: Sequence[str] | None,
    active_ms: int,
    assignment_id: int | None,
    order: str = "",
    trace: WritingTrace | None = None,
) -> RationaleInfo:
    before = Rationale.objects.in_project(project_id).filter(pk=rationale_id).first()
    if before is None:
        raise RationaleUnknown(rationale_id=rationale_id)
    return _store(
        project_id=project_id,
        sample_id=before.sample_id,
        aspect_id=before.aspect_id,
        author_id=author_id,
        sentences=sentences,
        concluded=concluded,
        active_ms=active_ms,
        assignment_id=assignment_id,
        before=before,
        order=order,
        trace=trace,
    )


def _store(
    *,
    project_id: UUID,
    sample_id: int,
    aspect_id: int,
    author_id: int,
    sentences: Sequence[Sentence],
    concluded: Sequence[str] | None,
    active_ms: int,
    assignment_id: int | None,
    before: Rationale | None = None,
    order: str = "",
    trace: WritingTrace | None = None,
) -> RationaleInfo:
    facts = _of(project_id, sample_id, aspect_id)
    fit = cleaned(sentences, aspect=facts.aspect_key, order=order)
    # A revision keeps its way: a model that was told the answer wrote what is being mended.
    visible = before.answer_visible if before is not None else False
    outcomes = checks.run_all(facts.for_checks(fit, concluded, answer_visible=visible))
    joined = texts.join(fit).text
    draft = None if before is None else texts.join(before.sentences).text
    kept = None if trace is None else purity.cleaned(trace)
    row = Rationale(
        project_id=project_id,
        sample_id=sample_id,
        aspect_id=aspect_id,
        way=before.way if before is not None else Way.MANUAL,
        stage=before.stage if before is not None else Stage.PLAIN,
        origin=Origin.PERSON,
        locale="zh-CN" if texts.is_chinese(joined) else "en",
        sentences=fit,
        concluded=None if concluded is None else sorted(set(concluded)),
        answer=None if facts.answer is None else list(facts.answer),
        answer_visible=visible,
        checks=outcomes,
        passed=checks.passed(outcomes),
        failed=checks.failed(outcomes),
        sandbox=before.sandbox if before is not None else False,
        active_ms=max(0, active_ms),
        author_id=author_id,
        assignment_id=assignment_id,
        revises=before,
        kept_share=None if draft is None else round(texts.kept_share(draft, joined), 4),
        edit_distance=None if draft is None else texts.edit_distance(draft, joined),
        trace=kept,
        pasted_share=None if kept is None else purity.pasted_share(kept),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "revises" in str(error):
            raise RationaleStale(rationale_id=before.pk if before is not None else None) from None
        raise
    dispatch.sample_changed(project_id=project_id, sample_ids=[sample_id])
    log.info("rationale.written", rationale_id=row.pk)
    return selectors.one(project_id=project_id, rationale_id=row.pk)
