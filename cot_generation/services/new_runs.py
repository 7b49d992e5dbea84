"""New runs: what they are made of, and what keeps one from being made.

Belongs here: a run over questions, a run that checks another one's rationales.
Does not: moving a run that is there (runs.py), which questions a slice means (curation resolves that).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.services import audit_log
from annotation.selectors import consensus
from config.base.errors import InvalidInput
from cot_generation import money
from cot_generation.choices import EndpointState, Probe, RunPurpose, Stage, Way
from cot_generation.errors import (
    AnswersMissing,
    BatchesNotOffered,
    CapTooLow,
    EndpointRetired,
    EndpointUnknown,
    KeyMissing,
    PriceMissing,
    PromptDoesNotFit,
    PromptUnknown,
    QuestionsMissing,
    RunUnknown,
)
from cot_generation.models import Cascade, Endpoint, EndpointPrice, Prompt, Rationale, Run, RunQuestion
from cot_generation.selectors import prices
from cot_generation.services import runs
from cot_generation.services.asking import tells_answer
from cot_generation.services.claiming import HELD_UNTIL

CHUNK = 2000
DRAWS_AT_MOST = 16
CHECKED_AT_MOST = 5000
TOKENS_AT_LEAST, TOKENS_AT_MOST = 16, 16_384
Questions = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Ingredients:
    """An endpoint that can be asked today, at its price, with a prompt that fits."""

    endpoint: Endpoint
    price: EndpointPrice
    prompt: Prompt

    def refuse_unless_batched(self) -> None:
        """Raises BatchesNotOffered where the price names no share for batches."""
        if self.price.batch_share is None:
            raise BatchesNotOffered(endpoint=self.endpoint.name)


def ingredients(
    *, project_id: UUID, prompt_id: UUID, endpoint_id: UUID, way: Way, stage: Stage, now: datetime
) -> Ingredients:
    """Raises what keeps a run from being made, each with its remedy."""
    endpoint = Endpoint.objects.in_project(project_id).filter(pk=endpoint_id).first()
    if endpoint is None:
        raise EndpointUnknown(endpoint_id=str(endpoint_id))
    if endpoint.state != EndpointState.ACTIVE:
        raise EndpointRetired(endpoint=endpoint.name)
    if endpoint.key_cipher is None:
        raise KeyMissing(endpoint=endpoint.name)
    price = prices.holding(endpoint.pk, at=now)
    if price is None:
        raise PriceMissing(endpoint=endpoint.name)
    prompt = Prompt.objects.in_project(project_id).filter(pk=prompt_id).first()
    if prompt is None:
        raise PromptUnknown(prompt_id=str(prompt_id))
    if (prompt.way, prompt.stage) != (way, stage):
        raise PromptDoesNotFit(prompt=prompt.name, way=prompt.way, stage=prompt.stage)
    return Ingredients(endpoint, price, prompt)


def _refuse_unanswered(questions: Questions) -> None:
    missing = 0
    for start in range(0, len(questions), CHUNK):
        chunk = questions[start : start + CHUNK]
        settled = consensus.for_samples(sorted({sample_id for sample_id, _ in chunk}))
        for key in chunk:
            found = settled.get(key)
            missing += found is None or found.disputed or found.answer is None
    if missing:
        raise AnswersMissing(
            "{missing} of {of} questions have no settled answer; leave them out, or settle them first.",
            missing=missing,
            of=len(questions),
        )


@transaction.atomic
def create(
    *,
    project_id: UUID,
    purpose: RunPurpose | str,
    way: Way | str,
    stage: Stage | str,
    prompt_id: UUID,
    endpoint_id: UUID,
    questions: Questions,
    cap: Decimal,
    actor_id: int | None,
    now: datetime,
    seed: int = 0,
    start_now: bool = True,
    draws: int = 1,
    pilot: int = 0,
    ask_again: bool = False,
    batched: bool = False,
    max_tokens: int | None = None,
    cascade: Cascade | None = None,
    rung: int = 0,
) -> Run:
    """A run over (sample, aspect) pairs of this project. Doubled questions are asked once.

    `draws` more than one: an automated question is asked so often and what agrees with the settled answer is kept; a
    blind-first one fails so often before it is told. With `pilot` the run stops after that many questions, for a look.
    What an earlier call answered is not asked for again, unless `ask_again`. `batched`: the questions go in batches, at
    the endpoint's share for those, and come back within a day each step. `max_tokens`: of a reply, in place of the
    prompt's; replies under another limit are other requests, and are not found among earlier ones.

    Raises QuestionsMissing, AnswersMissing, PriceMissing, KeyMissing, BatchesNotOffered, CapTooLow and what
    `ingredients` refuses.
    """
    purpose, way, stage = RunPurpose(purpose), Way(way), Stage(stage)
    if purpose == RunPurpose.CHECK or stage in (Stage.READ_BACK, Stage.JUDGE):
        raise InvalidInput("A check is made from the page of the run whose rationales it looks at.")
    if purpose == RunPurpose.EVALUATION and way != Way.AUTOMATED:
        raise InvalidInput("An evaluation asks without the answer: its way is automated.")
    unique = list(dict.fromkeys(questions))
    if not unique:
        raise QuestionsMissing
    with_price = ingredients(
        project_id=project_id, prompt_id=prompt_id, endpoint_id=endpoint_id, way=way, stage=stage, now=now
    )
    if batched:
        with_price.refuse_unless_batched()
    if not 1 <= draws <= DRAWS_AT_MOST:
        raise InvalidInput("A question is drawn 1 to {most} times.", most=DRAWS_AT_MOST)
    if draws > 1 and (purpose == RunPurpose.EVALUATION or (way == Way.ANSWER_DRIVEN and stage != Stage.BLIND_FIRST)):
        raise InvalidInput("Several draws are for automated rationales and for those told only after blind failures.")
    if max_tokens is not None and not TOKENS_AT_LEAST <= max_tokens <= TOKENS_AT_MOST:
        raise InvalidInput("A reply may have {least} to {most} tokens.", least=TOKENS_AT_LEAST, most=TOKENS_AT_MOST)
    if pilot < 0:
        raise InvalidInput("A pilot has a number of questions, or 0 for none.")
    tells = any(tells_answer(way, stage, step.name) for step in with_price.prompt.steps)
    if tells or draws > 1:
        _refuse_unanswered(unique)
    if not 0 <= cap < money.LARGEST_CAP:
        raise InvalidInput("A cap is an amount of US dollars, from 0 to below {most:,}.", most=money.LARGEST_CAP)
    if cap < least_ceiling(with_price):
        raise CapTooLow(least=str(least_ceiling(with_price)))
    rows_each = draws if way == Way.AUTOMATED else 1
    run = _numbered(
        project_id=project_id,
        purpose=purpose,
        way=way,
        stage=stage,
        prompt=with_price.prompt,
        endpoint=with_price.endpoint,
        sandbox=with_price.endpoint.sandbox,
        cap=cap,
        question_count=len(unique) * rows_each,
        draws=draws,
        pilot_count=pilot if pilot < len(unique) else 0,
        ask_again=ask_again,
        batched=batched,
        max_tokens=max_tokens,
        cascade=cascade,
        rung=rung,
        seed=seed,
        created_by_id=actor_id,
    )
    for at in range(0, len(unique), CHUNK):
        RunQuestion.objects.bulk_create(
            RunQuestion(
                run_id=run.pk,
                sample_id=sample_id,
                aspect_id=aspect_id,
                draw=draw,
                max_attempts=6,
                next_attempt_at=HELD_UNTIL if run.pilot_count and place >= run.pilot_count else now,
            )
            for place, (sample_id, aspect_id) in enumerate(unique[at : at + CHUNK], start=at)
            for draw in range(rows_each)
        )
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="run.made",
        subject=str(run.number),
        details={"questions": len(unique), "cap": str(cap), "purpose": purpose.value},
    )
    if start_now:
        runs.begin(run, now=now)
    return run


@transaction.atomic
def create_check(
    *,
    project_id: UUID,
    probe: Probe,
    run_id: UUID,
    limit: int,
    cap: Decimal,
    actor_id: int | None,
    now: datetime,
    endpoint_id: UUID | None = None,
    prompt_id: UUID | None = None,
    batched: bool = False,
) -> Run:
    """A run that looks at some rationales of another run by further calls; which ones is drawn by its seed.

    Reading back and judging take a prompt of their stage (the newest one in the run's language, unless said) and any
    endpoint. Swap and the control without pictures ask the writer itself again: the run's own prompt, and its endpoint
    unless another is given. `batched` as for any run: reading back takes two batches, one after the other.

    Raises RunUnknown, QuestionsMissing, BatchesNotOffered, CapTooLow and what `ingredients` refuses.
    """
    written = Run.objects.in_project(project_id).for_rationales().filter(pk=run_id).select_related("prompt").first()
    if written is None:
        raise RunUnknown(run_id=str(run_id))
    if probe == Probe.NONE or not 1 <= limit <= CHECKED_AT_MOST:
        raise InvalidInput("A check looks at 1 to {most} rationales, in one of the known ways.", most=CHECKED_AT_MOST)
    rewrites = probe in (Probe.SWAP, Probe.NO_PICTURE)
    if rewrites and written.way != Way.ANSWER_DRIVEN:
        raise InvalidInput(
            "Only a writer that is told the answer can be told a wrong one, or be left without pictures."
        )
    prompt = written.prompt if rewrites else _prompt_of_stage(project_id, Stage(probe.value), written, prompt_id)
    found = ingredients(
        project_id=project_id,
        prompt_id=prompt.pk,
        endpoint_id=endpoint_id or written.endpoint_id,
        way=Way(prompt.way),
        stage=Stage(prompt.stage),
        now=now,
    )
    if batched:
        found.refuse_unless_batched()
    if cap < least_ceiling(found):
        raise CapTooLow(least=str(least_ceiling(found)))
    rows = list(
        Rationale.objects.newest()
        .filter(run_question__run=written, concluded__isnull=False)
        .order_by("pk")
        .values_list("pk", "sample_id", "aspect_id", "run_question__draw")
    )
    drawn = random.Random(f"check {written.seed}").sample(rows, min(limit, len(rows)))
    if not drawn:
        raise QuestionsMissing("This run has no rationale that could be checked.")
    run = _numbered(
        project_id=project_id,
        purpose=RunPurpose.CHECK,
        probe=probe,
        way=prompt.way,
        stage=prompt.stage,
        prompt=prompt,
        endpoint=found.endpoint,
        sandbox=found.endpoint.sandbox,
        cap=cap,
        question_count=len(drawn),
        batched=batched,
        seed=written.seed,  # what the writer only observed is then known already
        created_by_id=actor_id,
    )
    RunQuestion.objects.bulk_create(
        RunQuestion(
            run_id=run.pk, sample_id=sample, aspect_id=aspect, draw=draw, subject_id=pk, max_attempts=6,
            next_attempt_at=now,
        )
        for pk, sample, aspect, draw in drawn
    )  # fmt: skip
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="run.made",
        subject=str(run.number),
        details={"questions": len(drawn), "cap": str(cap), "purpose": "check", "probe": probe.value},
    )
    runs.begin(run, now=now)
    return run


def _prompt_of_stage(project_id: UUID, stage: Stage, written: Run, prompt_id: UUID | None) -> Prompt:
    fitting = Prompt.objects.in_project(project_id).filter(stage=stage)
    if prompt_id is not None:
        found = fitting.filter(pk=prompt_id).first()
    else:
        found = fitting.filter(locale=written.prompt.locale).order_by("-version", "pk").first()
    if found is None:
        raise PromptUnknown(
            "There is no prompt of the stage {stage!t} in this project; write one first.", stage=stage.label.lower()
        )
    return found


def least_ceiling(found: Ingredients) -> Decimal:
    """The least that one call can reserve: the shortest text, five pictures."""
    shortest = min(len(step.text) + len(step.system) for step in found.prompt.steps) // 8
    return money.cost(
        prices.as_money(found.price, batched=True),  # at the least
        input_tokens=shortest,
        output_tokens=found.prompt.max_tokens,
    )


def _numbered(*, project_id: UUID, **columns: object) -> Run:
    """The next free number of the project; two who make a run at once get two numbers."""
    while True:
        last = Run.objects.in_project(project_id).aggregate(last=Max("number"))["last"] or 0
        try:
            with transaction.atomic():
                run = Run.objects.create(project_id=project_id, number=last + 1, **columns)
        except IntegrityError as error:
            if "run_number_once_per_project" not in str(error):
                raise
        else:
            return Run.objects.select_related("endpoint", "prompt").get(pk=run.pk)
