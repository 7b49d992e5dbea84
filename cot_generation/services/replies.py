"""What becomes of a question once its call has ended.

Belongs here: reading the reply, the next step, the rationale with its checks, another try, failure, the end of a run.
Does not: money, which is settled before anyone reads (ledger.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Sum

from config.base.choices import WorkState
from cot_generation import checks, dispatch, parsing, texts, wire
from cot_generation.choices import Origin, Outcome, PauseReason, Probe, RunPurpose, RunState, Stage
from cot_generation.endings import MEANINGS, Ending, Next
from cot_generation.models import Call, Rationale, Run, RunQuestion
from cot_generation.parsing import Judgement, Parsed, Unparsed
from cot_generation.services import bulk, claiming, examining, locks, probing
from cot_generation.services.asking import RunPlan, tells_answer
from cot_generation.services.claiming import HELD_UNTIL
from cot_generation.services.facts import QuestionFacts
from cot_generation.shapes import CheckOutcome, Observation

log = structlog.get_logger()

AGAIN_AFTER = timedelta(seconds=1)
FIRST_REFUSALS = 3  # so many refused requests before any answer: the run is asked wrongly, not the question


@dataclass(frozen=True)
class Reply:
    """A settled call and all that is needed to make something of it."""

    call_id: int
    question: RunQuestion
    plan: RunPlan
    facts: QuestionFacts
    order: str
    ending: Ending
    reused: bool = False  # the call was made for another question of the same words and pictures
    saved: Decimal = Decimal(0)  # what it had cost then

    @property
    def step(self) -> str:
        return str(self.plan.prompt.steps[self.question.step].name)


@dataclass(frozen=True)
class Derived:
    """The set that a reader of a rationale arrived at."""

    slots: tuple[str, ...]


Read = Parsed | tuple[Observation, ...] | Derived | Judgement | Unparsed


def read(reply: Reply) -> Read | None:
    """The reply's content by its step; None where there is no content to read."""
    if reply.ending.meaning.next is not Next.READ:
        return None
    content = wire.content_of(reply.ending.body)
    if reply.step == "observe":
        return parsing.observations(content, order=reply.order)
    if reply.step in ("derive", "derive_again"):
        found = parsing.answer_set(content, order=reply.order)
        return found if isinstance(found, Unparsed) else Derived(found)
    if reply.step == "judge":
        return parsing.judgement(content, order=reply.order)
    return parsing.rationale(content, order=reply.order, aspect=reply.facts.aspect_key)


def recovered(questions: Sequence[RunQuestion]) -> dict[int, Call]:
    """Question -> a paid reply of its current step that nobody has read yet, because a worker died or came too late."""
    again = [each for each in questions if each.fence > 1]
    if not again:
        return {}
    steps = {each.pk: (each.step, each.last_call_id) for each in again}
    rows = Call.objects.filter(question_id__in=steps, outcome=Outcome.ANSWERED, reply__isnull=False).order_by("pk")
    found = {}
    for call in rows:
        step, used = steps[call.question_id]
        if call.step == step and (used is None or call.pk > used):
            found[call.question_id] = call
    return found


class Following(Enum):
    """What becomes of a rationale that could be read."""

    KEEP = "keep"
    DROP = "drop"  # one of several draws, and it differs from the settled answer
    DRAW_AGAIN = "draw_again"  # a blind failure, and more are wanted before the answer is told
    TELL = "tell"  # the last blind failure


def after(reply: Reply, content: Parsed) -> Following:
    """Several draws keep what agrees with the settled answer; blind first goes on until a draw agrees, or tells it."""
    run = reply.plan.run
    agrees = reply.facts.answer is None or set(content.concluded) == set(reply.facts.answer)
    if agrees or tells_answer(run.way, run.stage, reply.step):
        return Following.KEEP
    if run.stage == Stage.BLIND_FIRST:
        return Following.DRAW_AGAIN if reply.question.draw + 1 < run.draws else Following.TELL
    return Following.DROP if run.draws > 1 else Following.KEEP


def apply(replies: Sequence[Reply], *, owner: str, now: datetime) -> list[int]:
    """Move each question on. Returns the ids of rationales written.

    A question that is not ours any more stays as it is: its reply is kept with the call, and whoever has it reads that.
    Runs are paused and ended after the questions are written and free again: that is the order of locks.py.
    """
    if not replies:
        return []
    written, pauses = _move(replies, owner=owner, now=now)
    for run_id, reason in pauses.items():
        if claiming.pause(run_id, reason):
            log.warning("run.paused", run_id=str(run_id), reason=reason.value)
    finish({each.plan.run.pk for each in replies}, now=now)
    return written


@transaction.atomic
def _move(replies: Sequence[Reply], *, owner: str, now: datetime) -> tuple[list[int], dict[UUID, PauseReason]]:
    asked = RunQuestion.objects.filter(pk__in=[each.question.pk for each in replies]).select_related("subject")
    ours = locks.take(asked.filter(owner=owner, state=WorkState.RUNNING))
    moved: list[RunQuestion] = []
    finals: list[tuple[Reply, Parsed, RunQuestion]] = []
    unreadable: dict[int, Outcome] = {}
    pauses: dict[UUID, PauseReason] = {}
    checked: dict[int, dict[str, CheckOutcome]] = {}
    for reply in replies:
        question = ours.get(reply.question.pk)
        if question is None or question.fence != reply.question.fence:
            continue
        content = read(reply)
        moved.append(question)
        question.owner, question.lease_expires_at = "", None
        if reply.reused and not isinstance(content, Unparsed):
            question.reused = True
            question.saved += reply.saved
        if isinstance(content, Derived | Judgement) or (
            isinstance(content, Parsed) and reply.plan.run.purpose == RunPurpose.CHECK
        ):
            question.last_call_id = reply.call_id
            if (outcome := _checked(reply, question, content)) is not None:
                question.state, question.outcome = WorkState.DONE, Outcome.ANSWERED
                if question.subject_id is not None:
                    checked[question.subject_id] = {checks.OF_PROBE[reply.plan.run.probe]: outcome}
            else:
                question.state, question.next_attempt_at, question.step = WorkState.WAITING, now, question.step + 1
                question.attempts, question.spare_spent, question.token_factor = 0, False, 1
        elif isinstance(content, Parsed):
            question.concluded, question.last_call_id = list(content.concluded), reply.call_id
            following = after(reply, content)
            if following is Following.KEEP:
                finals.append((reply, content, question))
            if following in (Following.KEEP, Following.DROP):
                question.state = WorkState.DONE
                question.outcome = Outcome.ANSWERED if following is Following.KEEP else Outcome.DISAGREED
            else:
                question.state, question.next_attempt_at = WorkState.WAITING, now
                question.attempts, question.spare_spent, question.token_factor = 0, False, 1
                if following is Following.DRAW_AGAIN:
                    question.draw += 1
                else:
                    question.step += 1
        elif isinstance(content, tuple):
            question.state, question.next_attempt_at = WorkState.WAITING, now
            question.observations, question.last_call_id = content, reply.call_id
            question.step += 1
            question.attempts, question.spare_spent, question.token_factor = 0, False, 1
        elif reply.reused and content is not None:
            # No reply to speak of, and not this question's own: asked as if it had not been found.
            unreadable[reply.call_id] = content.outcome
            question.state, question.next_attempt_at = WorkState.WAITING, now
            question.attempts = max(0, question.attempts - 1)
        else:
            failure = content.outcome if content is not None else reply.ending.outcome
            if content is not None:
                unreadable[reply.call_id] = failure
            if (pause := _move_on(question, failure, reply, now=now)) is not None:
                pauses[reply.plan.run.pk] = pause
    bulk.write(moved, MOVED)
    locks.take(Call.objects.filter(pk__in=unreadable))  # a reply may be read for several questions at once
    for kind in set(unreadable.values()):
        ids = [call_id for call_id, found in unreadable.items() if found == kind]
        Call.objects.filter(pk__in=ids).update(outcome=kind)
    examining.add(checked)
    written = _write_rationales([each for each in finals if each[0].plan.run.purpose == RunPurpose.RATIONALE])
    return written, pauses


def _checked(reply: Reply, question: RunQuestion, content: Parsed | Derived | Judgement) -> CheckOutcome | None:
    """What the reply says of the rationale that is checked; None where a second look is still to come."""
    if isinstance(content, Judgement):
        return probing.judged(content)
    if isinstance(content, Derived):
        if reply.step == "derive":
            question.concluded = list(content.slots)
            return None
        orders = (tuple(question.concluded or ()), content.slots)
        return probing.read_back(question.subject, orders) if question.subject is not None else None
    question.concluded = list(content.concluded)
    if reply.plan.run.probe == Probe.SWAP:
        return probing.swap(content, reply.facts, question)
    return probing.no_picture(content, reply.facts, locale=reply.plan.prompt.locale)


MOVED = [
    "state", "owner", "lease_expires_at", "next_attempt_at", "attempts", "failure", "draw", "step", "observations",
    "token_factor", "spare_spent", "outcome", "concluded", "reused", "saved", "last_call",
]  # fmt: skip


def _move_on(question: RunQuestion, outcome: Outcome, reply: Reply, *, now: datetime) -> PauseReason | None:
    """After a call that gave nothing to read; the reason why the whole run must stop, if it must."""
    meaning = MEANINGS[outcome]
    following = meaning.next
    pause = meaning.pause
    if outcome == Outcome.REQUEST_REFUSED and _asked_wrongly(reply, reply.plan.run):
        following, pause = Next.PAUSE, PauseReason.REQUEST_REFUSED
    question.failure = (reply.ending.detail or outcome.label)[:500]
    if following is Next.LATER or (following is Next.AGAIN and reply.plan.run.batched):
        # In a batch "again" is a day later, so that it counts; a single call only waits for its endpoint's rest.
        following = Next.FAIL if question.attempts >= question.max_attempts else Next.LATER
    if following is Next.FAIL or (following is Next.ONE_MORE and question.spare_spent):
        question.state, question.outcome, question.last_call_id = WorkState.FAILED, outcome, reply.call_id
        return None
    question.state = WorkState.WAITING
    question.next_attempt_at = now + AGAIN_AFTER
    if following is Next.ONE_MORE:
        question.spare_spent = True
        question.token_factor = 2 if outcome == Outcome.TRUNCATED else question.token_factor
        return None
    if following is not Next.LATER:
        question.attempts = max(0, question.attempts - 1)
    return pause if following is Next.PAUSE else None


def _asked_wrongly(reply: Reply, run: Run) -> bool:
    """A missing model, or nothing but refusals from the start, is the run's fault and not the question's."""
    if reply.ending.status == 404:
        return True
    calls = Call.objects.filter(run=run)
    refused = calls.filter(outcome=Outcome.REQUEST_REFUSED)[:FIRST_REFUSALS].count()
    return refused >= FIRST_REFUSALS and not calls.filter(outcome=Outcome.ANSWERED).exists()


def _write_rationales(finals: Sequence[tuple[Reply, Parsed, RunQuestion]]) -> list[int]:
    if not finals:
        return []
    costs = dict(
        Call.objects.filter(question_id__in=[question.pk for _, _, question in finals])
        .values_list("question_id")
        .annotate(total=Sum("cost"))
    )
    rows = []
    for reply, parsed, question in finals:
        run = reply.plan.run
        visible = tells_answer(run.way, run.stage, reply.step)
        facts = reply.facts.for_checks(
            parsed.sentences, parsed.concluded, answer_visible=visible, locale=reply.plan.prompt.locale
        )
        outcomes = checks.run_all(facts)
        joined = texts.join(parsed.sentences).text
        rows.append(
            Rationale(
                project_id=run.project_id,
                sample_id=question.sample_id,
                aspect_id=question.aspect_id,
                way=run.way,
                stage=run.stage,
                origin=Origin.RUN,
                locale="zh-CN" if texts.is_chinese(joined) else "en",
                sentences=parsed.sentences,
                concluded=list(parsed.concluded),
                answer=None if reply.facts.answer is None else list(reply.facts.answer),
                answer_visible=visible,
                checks=outcomes,
                passed=checks.passed(outcomes),
                failed=checks.failed(outcomes),
                sandbox=run.sandbox,
                cost=costs.get(question.pk) or Decimal(0),
                run_question_id=question.pk,
            )
        )
    written = Rationale.objects.bulk_create(rows)
    for project_id in {row.project_id for row in written}:
        changed = [row.sample_id for row in written if row.project_id == project_id]
        dispatch.sample_changed(project_id=project_id, sample_ids=changed)
    return [row.pk for row in written]


def finish(run_ids: Iterable[UUID], *, now: datetime) -> int:
    """Runs whose every question has ended are done; those of which only the pilot has ended stop for a look."""
    ids = list(run_ids)
    still = RunQuestion.objects.filter(run=OuterRef("pk"), state__in=[WorkState.WAITING, WorkState.RUNNING])
    held = Q(state=WorkState.WAITING, next_attempt_at=HELD_UNTIL)
    piloted = Run.objects.running().filter(Exists(still.filter(held)), ~Exists(still.exclude(held)), pk__in=ids)
    with transaction.atomic():
        looked_for = locks.take(piloted.filter(pilot_count__gt=0))
        Run.objects.filter(pk__in=looked_for).update(state=RunState.PAUSED, pause_reason=PauseReason.PILOT)
    with transaction.atomic():
        ended = list(locks.take(Run.objects.running().filter(~Exists(still), pk__in=ids)))
        Run.objects.filter(pk__in=ended).update(state=RunState.DONE, finished_at=now)
        examining.wanted(ended)
    return len(ended)


def close_failed(*, now: datetime) -> None:
    """Questions that the sweep gave up get their reason, and running runs without an open question end."""
    RunQuestion.objects.filter(state=WorkState.FAILED, outcome=Outcome.PENDING).update(outcome=Outcome.ATTEMPTS_SPENT)
    finish(list(Run.objects.running().values_list("pk", flat=True)), now=now)
