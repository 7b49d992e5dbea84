"""Cascades and their rungs."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from config.base.words import retold
from cot_generation.api.responses.runs import RunRow
from cot_generation.choices import (
    CascadeState,
    Stage,
    Way,
)
from cot_generation.selectors.cascades import CascadeStanding


class RungRow(msgspec.Struct):
    """One rung; `run` is None until the cascade has come there."""

    prompt: str
    prompt_version: int
    way: Way
    stage: Stage
    endpoint: str
    sandbox: bool
    draws: int
    batched: bool
    run: RunRow | None


class CascadeRow(msgspec.Struct):
    """A cascade. `left_count` questions went to people (`batch_id`), or to nobody, after the last rung."""

    id: UUID
    name: str
    state: CascadeState
    ended_because: str
    cap: Decimal
    spent: Decimal
    then_people: bool
    batch_id: UUID | None
    left_count: int | None
    created_at: datetime
    rungs: list[RungRow]

    @classmethod
    def of(cls, found: CascadeStanding) -> CascadeRow:
        cascade = found.cascade
        return cls(
            id=cascade.pk,
            name=cascade.name,
            state=CascadeState(cascade.state),
            ended_because=retold(cascade.ended_because),
            cap=cascade.cap,
            spent=sum((each.line.run.spent for each in found.rungs if each.line), Decimal(0)),
            then_people=cascade.then_people,
            batch_id=cascade.batch_id,
            left_count=cascade.left_count,
            created_at=cascade.created_at,
            rungs=[
                RungRow(
                    each.prompt.name,
                    each.prompt.version,
                    Way(each.prompt.way),
                    Stage(each.prompt.stage),
                    each.endpoint.name,
                    each.endpoint.sandbox,
                    each.draws,
                    each.batched,
                    None if each.line is None else RunRow.of(each.line),
                )
                for each in found.rungs
            ],
        )


class CascadeList(msgspec.Struct):
    results: list[CascadeRow]
