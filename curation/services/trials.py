"""A workflow trial: questions drawn to ways, looked at by a rule stated beforehand, ended as a decision.

Belongs here: starting, looking, cancelling.
Does not: what a look found (trial_results.py), judging single rationales (audits.py, by the same page as any lot).
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from scipy.stats import norm

from accounts.services import audit_log
from annotation.services import batches
from config.base.errors import InvalidInput
from cot_generation.choices import RunPurpose, Stage, Way
from cot_generation.selectors import prompts
from cot_generation.selectors import questions as question_selectors
from cot_generation.services import handwork, new_runs
from curation.choices import LotState, StoppingRule, TrialState
from curation.errors import TrialEnded, TrialUnready
from curation.models import AuditEntry, AuditLot, Trial, TrialLook, TrialQuestion
from curation.selectors import trials as selectors
from curation.selectors.trials import LookInfo
from curation.services import trial_results
from curation.shapes import Arm, LookResult
from curation.trials import comparing, drawing, sequential

ARMS = (2, 6)
LOOKS_AT_MOST = 10
PER_ARM = (10, 5000)


@dataclass(frozen=True)
class ArmPlan:
    """A way to try: a prompt on an endpoint under a cap in US dollars, or people who write (`prompt_id` None)."""

    label: str
    prompt_id: UUID | None = None
    endpoint_id: UUID | None = None
    cap: Decimal = Decimal(0)


@transaction.atomic
def start(
    *,
    project_id: UUID,
    name: str,
    arms: Sequence[ArmPlan],
    reference: int,
    margin: float,
    confidence: float,
    rule: StoppingRule,
    looks: int,
    per_arm: int,
    aspect_ids: Sequence[int] = (),
    seed: int,
    actor_id: int | None,
    now: datetime,
) -> Trial:
    """Draw settled questions to the arms, stratified by aspect, and set every arm to work.

    Questions that have a rationale already may be drawn: nothing else would be comparable in a project at work.
    Raises InvalidInput, and what `new_runs.create` and `handwork.writing_batch` refuse.
    """
    _check(arms, reference=reference, margin=margin, confidence=confidence, looks=looks, per_arm=per_arm)
    if rule == StoppingRule.FIXED:
        looks = 1
    scope = question_selectors.Scope(aspect_ids=aspect_ids, only_without=False)
    known = question_selectors.open_for(project_id, way=Way.MANUAL, scope=scope)
    drawn = drawing.blocks(known, arms=len(arms), per_arm=per_arm, seed=seed)
    if len(drawn) < per_arm:
        raise InvalidInput(
            "There are settled questions for {drawn} an arm, not for {per_arm}; settle more or draw fewer.",
            drawn=len(drawn),
            per_arm=per_arm,
        )
    # Before any arm has its run: who waited for this with a new run would hold up everybody else's next run.
    batches.lock(project_id)
    number = (Trial.objects.filter(project_id=project_id).aggregate(last=Max("number"))["last"] or 0) + 1
    started = [
        _work(plan, [block[arm] for block in drawn], project_id=project_id, trial=name, actor_id=actor_id, now=now)
        for arm, plan in enumerate(arms)
    ]
    trial = Trial.objects.create(
        project_id=project_id,
        number=number,
        name=name.strip(),
        arms=tuple(started),
        reference=reference,
        margin=margin,
        confidence=confidence,
        rule=rule,
        looks=looks,
        per_arm=per_arm,
        seed=seed,
        started_by_id=actor_id,
        started_at=now,
    )
    TrialQuestion.objects.bulk_create(
        TrialQuestion(trial=trial, arm=arm, position=position, sample_id=sample_id, aspect_id=aspect_id)
        for position, block in enumerate(drawn)
        for arm, (sample_id, aspect_id) in enumerate(block)
    )
    audit_log.record(actor_id=actor_id, project_id=project_id, action="trial.started", subject=f"trial {number}")
    return trial


def _check(
    arms: Sequence[ArmPlan], *, reference: int, margin: float, confidence: float, looks: int, per_arm: int
) -> None:
    if not ARMS[0] <= len(arms) <= ARMS[1] or not 0 <= reference < len(arms):
        raise InvalidInput(
            "A trial has {fewest_ways} to {most_ways} ways, and one of them is the reference.",
            fewest_ways=ARMS[0],
            most_ways=ARMS[1],
        )
    if len({(each.prompt_id, each.endpoint_id) for each in arms}) < len(arms):
        raise InvalidInput("Two of the ways are the same; a trial compares different ones.")
    if any((each.prompt_id is None) != (each.endpoint_id is None) for each in arms):
        raise InvalidInput("A way is a prompt on an endpoint, or neither: then people write.")
    if not all(each.label.strip() for each in arms):
        raise InvalidInput("Every way needs a name.")
    if not 0 < margin < 0.5 or not 0.8 <= confidence <= 0.999:
        raise InvalidInput("The margin lies above 0 and below 0.5, the confidence between 0.8 and 0.999.")
    if not 1 <= looks <= LOOKS_AT_MOST or not PER_ARM[0] <= per_arm <= PER_ARM[1]:
        raise InvalidInput(
            "A trial has 1 to {looks} looks and {fewest} to {most} questions a way.",
            looks=LOOKS_AT_MOST,
            fewest=PER_ARM[0],
            most=PER_ARM[1],
        )


def plan(
    *, arms: int, per_arm: int, margin: float, confidence: float, rule: StoppingRule, looks: int, rate: float
) -> tuple[float, list[float | None]]:
    """The chance to show "not worse" when both accept at `rate`, and the z to reach at each look (None: no look).

    Raises InvalidInput for terms that `start` would refuse.
    """
    places = [ArmPlan(str(at), UUID(int=at), UUID(int=at)) for at in range(arms)]
    _check(places, reference=0, margin=margin, confidence=confidence, looks=looks, per_arm=per_arm)
    if not 0 < rate <= 1:
        raise InvalidInput("An accept rate lies between 0 and 1.")
    alpha = (1 - confidence) / (arms - 1)
    count = 1 if rule == StoppingRule.FIXED else looks
    shares = [drawing.covered(per_arm, look, count) / per_arm for look in range(1, count + 1)]
    bounds = sequential.boundaries(rule, alpha, shares)
    # At the last look's boundary: with spending over several looks the way has had its earlier chances besides.
    chance = comparing.chance(rate, margin, per_arm, float(norm.sf(bounds[-1])))
    return chance, [each if math.isfinite(each) else None for each in bounds]


def _work(
    plan: ArmPlan,
    questions: Sequence[tuple[int, int]],
    *,
    project_id: UUID,
    trial: str,
    actor_id: int | None,
    now: datetime,
) -> Arm:
    if plan.prompt_id is None or plan.endpoint_id is None:
        written = handwork.Plan(
            project_id=project_id,
            name=f"{trial}: {plan.label}",
            actor_id=actor_id,
            now=now,
            also_open=True,  # an arm counts what its own batch brings, whoever writes the same question elsewhere
        )
        made = handwork.writing_batch(plan=written, questions=questions)
        return Arm(plan.label.strip(), Way.MANUAL, Stage.PLAIN, batch_id=made.batch_id)
    prompt = prompts.one(project_id=project_id, prompt_id=plan.prompt_id)
    run = new_runs.create(
        project_id=project_id,
        purpose=RunPurpose.RATIONALE,
        way=prompt.way,
        stage=prompt.stage,
        prompt_id=plan.prompt_id,
        endpoint_id=plan.endpoint_id,
        questions=questions,
        cap=plan.cap,
        actor_id=actor_id,
        now=now,
        ask_again=True,  # an answer from an earlier run would cost nothing and make the way look cheap
    )
    return Arm(plan.label.strip(), run.way, run.stage, run_id=run.pk, sandbox=run.sandbox)


@transaction.atomic
def look(*, project_id: UUID, trial_id: UUID, actor_id: int | None, now: datetime) -> Trial:
    """The next step: draw the next look's lot, or count the one that is judged and decide whether to stop.

    A look at which nothing was delivered is counted at once. Raises TrialUnknown, TrialEnded, TrialUnready.
    """
    selectors.row(project_id, trial_id)
    trial = Trial.objects.select_for_update().get(pk=trial_id)
    if trial.state != TrialState.RUNNING:
        raise TrialEnded
    taken = selectors.looks(trial)
    if not taken or taken[-1].result is not None:
        taken.append(_draw(trial, len(taken) + 1, actor_id=actor_id, now=now))
        if taken[-1].lot_id is not None:
            return trial
    _count(trial, taken[-1], actor_id=actor_id, now=now)
    return trial


def _draw(trial: Trial, number: int, *, actor_id: int | None, now: datetime) -> LookInfo:
    covered = drawing.covered(trial.per_arm, number, trial.looks)
    before = drawing.covered(trial.per_arm, number - 1, trial.looks)
    delivered: list[int] = []
    waiting = 0
    for arm in range(len(trial.arms)):
        asked = selectors.questions(trial, arm, covered=covered)
        found = selectors.made(trial, arm, asked)
        waiting += sum(not found[question].settled for question in asked)
        # What an earlier look has judged is judged.
        delivered += [each for question in asked[before:] if (each := found[question].rationale_id) is not None]
    if waiting:
        raise TrialUnready(
            "{waiting} questions of this look have no rationale yet; let the runs and writers finish.", waiting=waiting
        )
    lot = _lot(trial, number, delivered, actor_id=actor_id) if delivered else None
    TrialLook.objects.create(trial=trial, number=number, covered=covered, lot=lot, drawn_at=now)
    return selectors.looks(trial)[-1]


def _lot(trial: Trial, look: int, rationale_ids: list[int], *, actor_id: int | None) -> AuditLot:
    """All ways' rationales in one drawn order: an auditor cannot tell which is whose."""
    last = AuditLot.objects.in_project(trial.project_id).aggregate(last=Max("number"))["last"] or 0
    lot = AuditLot.objects.create(
        project_id=trial.project_id,
        number=last + 1,
        way="",
        after_id=min(rationale_ids) - 1,
        up_to_id=max(rationale_ids),
        population_count=len(rationale_ids),
        seed=trial.seed,
        drawn_by_id=actor_id,
    )
    random.Random(f"trial {trial.seed} look {look}").shuffle(rationale_ids)
    AuditEntry.objects.bulk_create(
        AuditEntry(lot=lot, rationale_id=rationale_id, position=position)
        for position, rationale_id in enumerate(rationale_ids)
    )
    return lot


def _count(trial: Trial, taken: LookInfo, *, actor_id: int | None, now: datetime) -> None:
    if taken.judged < taken.entries:
        raise TrialUnready(
            "{unjudged} rationales of lot {lot} are not judged yet.",
            lot=taken.lot_number,
            unjudged=taken.entries - taken.judged,
        )
    result = LookResult(trial_results.results(trial, taken, now=now))
    TrialLook.objects.filter(trial=trial, number=taken.number).update(result=result)
    if taken.lot_id is not None:
        AuditLot.objects.filter(pk=taken.lot_id).update(state=LotState.COUNTED, decided_by_id=actor_id, decided_at=now)
    if (decision := trial_results.decided(trial, taken.number, result.arms)) is not None:
        trial.state, trial.decision, trial.ended_at = TrialState.DECIDED, decision, now
        trial.save(update_fields=["state", "decision", "ended_at"])
        audit_log.record(
            actor_id=actor_id, project_id=trial.project_id, action="trial.decided", subject=f"trial {trial.number}"
        )


@transaction.atomic
def cancel(*, project_id: UUID, trial_id: UUID, actor_id: int | None, now: datetime) -> Trial:
    """End it without a decision: its open lot is closed, what was written stays. Raises TrialUnknown, TrialEnded."""
    selectors.row(project_id, trial_id)
    trial = Trial.objects.select_for_update().get(pk=trial_id)
    if trial.state != TrialState.RUNNING:
        raise TrialEnded
    AuditLot.objects.filter(look__trial=trial, state=LotState.OPEN).update(
        state=LotState.COUNTED, decided_by_id=actor_id, decided_at=now
    )
    trial.state, trial.ended_at = TrialState.CANCELLED, now
    trial.save(update_fields=["state", "ended_at"])
    audit_log.record(
        actor_id=actor_id, project_id=project_id, action="trial.cancelled", subject=f"trial {trial.number}"
    )
    return trial
