"""What a look at a workflow trial found, and whether that ends it.

Belongs here: accept rates and costs of the ways so far, who is not worse than the reference, the decision.
Does not: the arithmetic (curation.trials), drawing and recording looks (services.trials).

What is compared is the accept rate over all questions drawn to a way: one that the way left without a rationale that
passes its checks was not accepted. So what was drawn stays compared, and a way cannot win by delivering only the easy
ones. A rationale counts as the way wrote it; revisions are no part of a trial.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import msgspec
from django.db.models import Sum

from cot_generation.selectors.produced import Produced
from curation.choices import StoppingRule, Work
from curation.models import AuditEntry, AuditVerdict, Trial, TrialLook
from curation.selectors import audits, books
from curation.selectors import trials as selectors
from curation.selectors.trials import LookInfo
from curation.shapes import ArmResult, TrialDecision
from curation.trials import comparing, drawing, sequential


def boundary(trial: Trial, number: int) -> float:
    """The z to reach at this look. The error is shared out equally among the ways that are held to the reference."""
    alpha = (1 - trial.confidence) / (len(trial.arms) - 1)
    shares = [drawing.covered(trial.per_arm, each, trial.looks) / trial.per_arm for each in range(1, number + 1)]
    return sequential.boundaries(StoppingRule(trial.rule), alpha, shares)[-1]


def results(trial: Trial, taken: LookInfo, *, now: datetime) -> tuple[ArmResult, ...]:
    """What each arm has brought of the questions that this look covers, in the arms' order."""
    said = _accepted(trial)
    audit_usd = _audit_usd(trial, now=now)
    writing = books.rate(trial.project_id, Work.WRITING, day=now.date()).usd_per_hour
    found = []
    for arm in range(len(trial.arms)):
        asked = selectors.questions(trial, arm, covered=taken.covered)
        made = selectors.made(trial, arm, asked)

        def cost(each: Produced) -> Decimal:
            return each.usd + books.priced(each.active_ms, writing) + audit_usd.get(each.rationale_id or 0, Decimal(0))

        costs = [cost(made[question]) for question in asked]
        accepted = [made[question].rationale_id in said for question in asked]
        rate = audits.wilson(sum(accepted), len(accepted))
        per = comparing.cost_per_accepted(costs, accepted, seed=trial.seed)
        found.append(
            ArmResult(
                questions=len(asked),
                delivered=sum(made[question].rationale_id is not None for question in asked),
                accepted=sum(accepted),
                rate=rate.value or 0.0,
                rate_low=rate.low or 0.0,
                rate_high=1.0 if rate.high is None else rate.high,
                usd=sum(costs, Decimal(0)),
                per_accepted=per.value,
                per_accepted_low=per.low,
                per_accepted_high=per.high,
            )
        )
    bound = boundary(trial, taken.number)
    return tuple(
        each if arm == trial.reference else _held(each, found[trial.reference], margin=trial.margin, bound=bound)
        for arm, each in enumerate(found)
    )


def _held(arm: ArmResult, reference: ArmResult, *, margin: float, bound: float) -> ArmResult:
    held = comparing.compare(
        arm.accepted, arm.questions, reference.accepted, reference.questions, margin=margin, boundary=bound
    )
    open_look = bound == sequential.OPEN
    return msgspec.structs.replace(
        arm,
        difference=held.difference,
        least=None if open_look else held.least,
        z=held.z if math.isfinite(held.z) else None,
        boundary=None if open_look else bound,
        not_worse=held.not_worse,
    )


def decided(trial: Trial, number: int, arms: Sequence[ArmResult]) -> TrialDecision | None:
    """Stop as soon as the cheapest way of all is the reference or not worse than it; else at the last look.

    The cheapest is chosen among the reference and what is not worse than it at this or an earlier look.
    """
    shown = {trial.reference} | _not_worse_before(trial, number) | {at for at, arm in enumerate(arms) if arm.not_worse}
    priced = {at: arm.per_accepted for at, arm in enumerate(arms) if arm.per_accepted is not None}
    cheapest = min(priced, key=lambda at: (priced[at], at), default=trial.reference)
    last = number >= trial.looks
    if not last and (cheapest not in shown or math.isinf(boundary(trial, number))):
        return None
    chosen = min((at for at in priced if at in shown), key=lambda at: (priced[at], at), default=trial.reference)
    high = arms[chosen].per_accepted_high
    overlapping = tuple(
        at
        for at, arm in enumerate(arms)
        if at != chosen
        and at in shown
        and arm.per_accepted_low is not None
        and (high is None or arm.per_accepted_low <= high)
    )
    return TrialDecision(chosen, number, early=not last, overlapping=overlapping, arms=tuple(arms))


def _not_worse_before(trial: Trial, number: int) -> set[int]:
    earlier = TrialLook.objects.filter(trial=trial, number__lt=number).values_list("result", flat=True)
    return {at for result in earlier if result for at, arm in enumerate(result.arms) if arm.not_worse}


def _accepted(trial: Trial) -> set[int]:
    entries = dict(AuditEntry.objects.filter(lot__look__trial=trial).values_list("pk", "rationale_id"))
    return {entries[entry] for entry, verdict in audits.latest(entries).items() if verdict.accepted}


def _audit_usd(trial: Trial, *, now: datetime) -> dict[int, Decimal]:
    per_hour = books.rate(trial.project_id, Work.AUDIT, day=now.date()).usd_per_hour
    rows = AuditVerdict.objects.filter(entry__lot__look__trial=trial).values_list("entry__rationale_id")
    return {
        rationale_id: books.priced(ms or 0, per_hour)
        for rationale_id, ms in rows.annotate(all=Sum("active_ms")).order_by()
    }
