"""The smallest valid endpoint, prompt, run and rationale, made through the services."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from cot_generation.choices import Origin, RunPurpose, Stage, Way
from cot_generation.models import Endpoint, Prompt, Rationale, Run
from cot_generation.services import endpoints, new_runs
from cot_generation.services.endpoints import EndpointFields
from cot_generation.services.handwork import Plan
from cot_generation.shapes import CheckOutcome, Sentence

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_count = itertools.count(1)


def endpoint(
    project_id: UUID,
    *,
    url: str,
    name: str = "",
    sandbox: bool = False,
    priced: bool = True,
    key: str = "a key for tests",
    requests_at_once: int = 16,
    requests_per_minute: int = 1_000_000,
    tokens_per_minute: int = 2_000_000_000,
    deadline_s: int = 20,
    input_per_million: str = "1.00",
    output_per_million: str = "4.00",
    cached_per_million: str | None = None,
    batch_share: str | None = None,
    batch_requests: int = 50_000,
) -> Endpoint:
    """An endpoint at this URL, which must be on the list of hosts; limits so high that only the test's own matter."""
    made = endpoints.add(
        project_id=project_id,
        fields=EndpointFields(
            name=name or f"endpoint {next(_count)}",
            base_url=url,
            model="test-model",
            sandbox=sandbox,
            requests_at_once=requests_at_once,
            requests_per_minute=requests_per_minute,
            tokens_per_minute=tokens_per_minute,
            deadline_s=deadline_s,
            batch_requests=batch_requests,
        ),
        key=key,
        actor_id=None,
    )
    if priced:
        endpoints.price(
            project_id=project_id,
            endpoint_id=made.pk,
            input_per_million=Decimal(input_per_million),
            output_per_million=Decimal(output_per_million),
            cached_per_million=None if cached_per_million is None else Decimal(cached_per_million),
            batch_share=None if batch_share is None else Decimal(batch_share),
            valid_from=LONG_AGO,
            actor_id=None,
        )
    return made


def prompt(project_id: UUID, *, way: Way = Way.AUTOMATED, stage: Stage | None = None, locale: str = "en") -> Prompt:
    """The default prompt of this way and stage; of answer-driven ones the skeleton-first one."""
    usual = Stage.SKELETON_FIRST if way == Way.ANSWER_DRIVEN else Stage.PLAIN
    return Prompt.objects.get(project_id=project_id, way=way, stage=stage or usual, locale=locale, version=1)


def run(
    project_id: UUID,
    *,
    endpoint: Endpoint,
    questions: Sequence[tuple[int, int]],
    way: Way = Way.AUTOMATED,
    stage: Stage | None = None,
    purpose: RunPurpose = RunPurpose.RATIONALE,
    cap: str = "1000",
    now: datetime = LONG_AGO,
    start_now: bool = True,
    **options: Any,
) -> Run:
    """A started run of the default prompt; `options` are those of `new_runs.create`."""
    chosen = prompt(project_id, way=way, stage=stage)
    return new_runs.create(
        project_id=project_id,
        purpose=purpose,
        way=way,
        stage=Stage(chosen.stage),
        prompt_id=chosen.pk,
        endpoint_id=endpoint.pk,
        questions=questions,
        cap=Decimal(cap),
        actor_id=None,
        now=max(now, LONG_AGO),
        start_now=start_now,
        **options,
    )


def plan(project_id: UUID, *, limit: int | None = None, also_open: bool = False) -> Plan:
    """What a batch of handwork needs, made by nobody."""
    return Plan(project_id=project_id, name="By hand", actor_id=None, now=LONG_AGO, limit=limit, also_open=also_open)


def rationale(
    project_id: UUID,
    *,
    sample_id: int,
    aspect_id: int,
    author_id: int | None = None,
    way: Way = Way.MANUAL,
    text: str = "The shadow in {{A}} falls to the light.",
    slot: str = "A",
    concluded: Sequence[str] = ("A",),
    answer: Sequence[str] | None = None,
    passed: bool = True,
    sandbox: bool = False,
    cost: str = "0",
    active_ms: int = 0,
) -> Rationale:
    """A rationale as it stands in the table, for lists and audits."""
    return Rationale.objects.create(
        project_id=project_id,
        sample_id=sample_id,
        aspect_id=aspect_id,
        way=way,
        stage=Stage.SKELETON_FIRST if way == Way.ANSWER_DRIVEN else Stage.PLAIN,
        origin=Origin.PERSON if author_id is not None else Origin.IMPORTED,
        sentences=(Sentence(text=text, slot=slot, defect=True),),
        concluded=list(concluded),
        answer=None if answer is None else list(answer),
        answer_visible=way == Way.ANSWER_DRIVEN,
        checks={"schema": CheckOutcome(version=1, passed=passed, score=0.0 if passed else 1.0)},
        passed=passed,
        failed=[] if passed else ["schema"],
        sandbox=sandbox,
        cost=Decimal(cost),
        active_ms=active_ms,
        author_id=author_id,
    )
