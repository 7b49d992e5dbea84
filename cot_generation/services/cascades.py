"""Cascades: a cheap way first, a dearer one for what it leaves, people for the rest.

Belongs here: making a cascade, moving it on when a rung's run has ended, ending it.
Does not: the runs themselves (runs.py), which move on their own. The sweep asks `advance_due` every round; a rung is
made once, by a unique constraint on (cascade, rung).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Sum

from accounts.services import audit_log
from annotation.selectors import consensus
from config.base.errors import DomainError, InvalidInput
from config.base.words import noted
from cot_generation.choices import CascadeState, RunPurpose, RunState, Stage, Way
from cot_generation.errors import CascadeEnded, CascadeNameTaken, CascadeUnknown, PromptUnknown, QuestionsMissing
from cot_generation.models import Cascade, Prompt, Rationale, Run, RunQuestion
from cot_generation.services import handwork, new_runs, runs
from cot_generation.shapes import Rung

log = structlog.get_logger()

RUNGS_AT_MOST = 6
Question = tuple[int, int]


@transaction.atomic
def create(
    *,
    project_id: UUID,
    name: str,
    rungs: Sequence[Rung],
    then_people: bool,
    questions: Sequence[Question],
    cap: Decimal,
    actor_id: int | None,
    now: datetime,
    seed: int = 0,
) -> Cascade:
    """A cascade whose first rung starts at once. The cap is on the money of all rungs together.

    Raises CascadeNameTaken, and for every rung BatchesNotOffered and what `new_runs.ingredients` refuses, before
    anything is asked.
    """
    if not 1 <= len(rungs) <= RUNGS_AT_MOST:
        raise InvalidInput("A cascade has 1 to {most} rungs.", most=RUNGS_AT_MOST)
    if not name.strip():
        raise InvalidInput("A cascade needs a name.")
    for rung in rungs:
        prompt = _prompt(project_id, rung)
        found = new_runs.ingredients(
            project_id=project_id,
            prompt_id=rung.prompt_id,
            endpoint_id=rung.endpoint_id,
            way=Way(prompt.way),
            stage=Stage(prompt.stage),
            now=now,
        )
        if rung.batched:
            found.refuse_unless_batched()
    try:
        with transaction.atomic():
            cascade = Cascade.objects.create(
                project_id=project_id,
                name=name.strip()[:120],
                rungs=tuple(rungs),
                then_people=then_people,
                cap=cap,
                created_by_id=actor_id,
            )
    except IntegrityError as error:
        if "cascade_name_once_per_project" in str(error):
            raise CascadeNameTaken from None
        raise
    _climb(cascade, 0, list(dict.fromkeys(questions)), left=cap, now=now, seed=seed)
    audit_log.record(actor_id=actor_id, project_id=project_id, action="cascade.made", subject=cascade.name)
    return Cascade.objects.get(pk=cascade.pk)


def _prompt(project_id: UUID, rung: Rung) -> Prompt:
    found = Prompt.objects.in_project(project_id).filter(pk=rung.prompt_id).first()
    if found is None:
        raise PromptUnknown(prompt_id=str(rung.prompt_id))
    return found


def _climb(
    cascade: Cascade, place: int, questions: Sequence[Question], *, left: Decimal, now: datetime, seed: int
) -> Run:
    rung = cascade.rungs[place]
    prompt = _prompt(cascade.project_id, rung)
    return new_runs.create(
        project_id=cascade.project_id,
        purpose=RunPurpose.RATIONALE,
        way=Way(prompt.way),
        stage=Stage(prompt.stage),
        prompt_id=prompt.pk,
        endpoint_id=rung.endpoint_id,
        questions=questions,
        cap=left,
        actor_id=cascade.created_by_id,
        now=now,
        seed=seed,
        draws=rung.draws,
        batched=rung.batched,
        cascade=cascade,
        rung=place,
    )


def advance_due(*, now: datetime) -> int:
    """Move every cascade on whose rung has ended; returns how many moved."""
    moved = 0
    for cascade_id in Cascade.objects.running().values_list("pk", flat=True):
        moved += _advance(cascade_id, now=now)
    return moved


@transaction.atomic
def _advance(cascade_id: UUID, *, now: datetime) -> bool:
    cascade = Cascade.objects.select_for_update(skip_locked=True, no_key=True).running().filter(pk=cascade_id).first()
    run = Run.objects.filter(cascade_id=cascade_id).order_by("-rung").first() if cascade is not None else None
    if cascade is None or run is None or run.state not in (RunState.DONE, RunState.CANCELLED):
        return False
    if run.state == RunState.CANCELLED:
        return _end(cascade, CascadeState.CANCELLED, because=noted("Run {run} was cancelled.", run=run.number))
    left_over = leftover(cascade)
    because = ""
    for place in range(run.rung + 1, len(cascade.rungs)):
        asked = _fitting(cascade, place, left_over)
        if not asked:
            continue
        spent = Run.objects.filter(cascade=cascade).aggregate(all=Sum("spent"))["all"] or Decimal(0)
        try:
            with transaction.atomic():
                _climb(cascade, place, asked, left=cascade.cap - spent, now=now, seed=run.seed)
        except DomainError as refused:
            because = str(refused)[:200]  # the cap, or an endpoint that cannot be asked any more: people take over
            break
        log.info("cascade.climbed", cascade_id=str(cascade.pk), rung=place, questions=len(asked))
        return True
    if left_over and cascade.then_people:
        try:
            plan = handwork.Plan(
                project_id=cascade.project_id,
                name=f"{cascade.name}: what models left",
                actor_id=cascade.created_by_id,
                now=now,
            )
            made = handwork.writing_batch(plan=plan, questions=left_over)
        except QuestionsMissing as refused:  # they all wait in open batches
            because = because or str(refused)[:200]
        else:
            cascade.batch_id = made.batch_id
            if made.elsewhere:
                because = because or noted(
                    "{count} of what models left wait in other open batches.", count=sum(made.elsewhere.values())
                )
    return _end(cascade, CascadeState.DONE, because=because, left=len(left_over))


def leftover(cascade: Cascade) -> list[Question]:
    """Questions of the cascade without a rationale of its runs that passed every check, in the order first asked."""
    asked = RunQuestion.objects.filter(run__cascade=cascade, run__rung=0).order_by("pk").values_list("sample", "aspect")
    sound = Rationale.objects.filter(run_question__run__cascade=cascade, passed=True).values_list("sample", "aspect")
    served = set(sound)
    return [pair for pair in dict.fromkeys(asked) if pair not in served]


def _fitting(cascade: Cascade, place: int, questions: Sequence[Question]) -> list[Question]:
    """Of these, what the rung can be asked: one that rests on the answer leaves unsettled questions to people."""
    rung = cascade.rungs[place]
    if _prompt(cascade.project_id, rung).way != Way.ANSWER_DRIVEN and rung.draws == 1:
        return list(questions)
    settled = consensus.for_samples({sample_id for sample_id, _ in questions})
    return [
        pair for pair in questions if (found := settled.get(pair)) and not found.disputed and found.answer is not None
    ]


def _end(cascade: Cascade, state: CascadeState, *, because: str = "", left: int | None = None) -> bool:
    cascade.state, cascade.ended_because, cascade.left_count = state, because, left
    cascade.save(update_fields=["state", "ended_because", "left_count", "batch_id"])
    log.info("cascade.ended", cascade_id=str(cascade.pk), state=state.value)
    return True


@transaction.atomic
def cancel(*, project_id: UUID, cascade_id: UUID, actor_id: int, now: datetime) -> Cascade:
    """For good: the rung that runs is cancelled, what was written stays. Raises CascadeUnknown, CascadeEnded."""
    cascade = Cascade.objects.select_for_update(no_key=True).in_project(project_id).filter(pk=cascade_id).first()
    if cascade is None:
        raise CascadeUnknown(cascade_id=str(cascade_id))
    if cascade.state != CascadeState.RUNNING:
        raise CascadeEnded(state=cascade.state)
    run = Run.objects.filter(cascade=cascade).order_by("-rung").first()
    if run is not None and run.state not in (RunState.DONE, RunState.CANCELLED):
        runs.cancel(project_id=project_id, run_id=run.pk, actor_id=actor_id, now=now)
    _end(cascade, CascadeState.CANCELLED, because=noted("Cancelled by a person."))
    audit_log.record(actor_id=actor_id, project_id=project_id, action="cascade.cancelled", subject=cascade.name)
    return cascade
