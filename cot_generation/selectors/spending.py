"""Where money and people's time went, by everything a cost can be asked by.

Belongs here: sums of all time, from tallies; sums of a span of time, from calls and rationales themselves; which key a
rationale falls under.
Does not: rates of people's time, audits, cost per accepted rationale (curation sees both sides).

Work on a revision falls to the run whose rationale was revised: rework is a cost of what needed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection

from cot_generation.choices import Origin, PriceBasis, RunPurpose
from cot_generation.models import Call, Prompt, Rationale, Reading
from cot_generation.selectors import prices

EVER = (datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))

CALLS = """
select r.purpose, r.way, r.stage, r.prompt_id, e.model, q.aspect_id, r.sandbox,
       count(*), coalesce(sum(c.prompt_tokens), 0), coalesce(sum(c.completion_tokens), 0), sum(c.cost)
from cot_generation_call c
join cot_generation_run r on r.id = c.run_id
join cot_generation_runquestion q on q.id = c.question_id
join cot_generation_endpoint e on e.id = r.endpoint_id
where r.project_id = %(project)s and c.settled_at >= %(since)s and c.settled_at < %(until)s
group by 1, 2, 3, 4, 5, 6, 7
"""
# All of a project's sums at once, from the rows that triggers append (models.Tally).
TALLIED = """
select r.purpose, t.way, t.stage, r.prompt_id, e.model, t.aspect_id, t.sandbox,
       sum(t.calls), sum(t.usd), sum(t.latest), sum(t.passed), sum(t.hand_ms), sum(t.rework), sum(t.rework_ms),
       sum(t.traced), sum(t.mostly)
from cot_generation_tally t
left join cot_generation_run r on r.id = t.run_id
left join cot_generation_endpoint e on e.id = r.endpoint_id
where t.project_id = %(project)s
group by 1, 2, 3, 4, 5, 6, 7
"""
# From `asked` rationales up to their first versions, so that a revision is found under the run that it mends.
KEYED = """
, up as (
  select r.id as leaf, r.revises_id, r.run_question_id
  from cot_generation_rationale r where r.id in (select id from asked)
  union all
  select up.leaf, r.revises_id, r.run_question_id from up join cot_generation_rationale r on r.id = up.revises_id
), keyed as (
  select x.id, x.way, x.stage, r.prompt_id, e.model, x.aspect_id, x.sandbox
  from up
  join cot_generation_rationale x on x.id = up.leaf
  left join cot_generation_runquestion q on q.id = up.run_question_id
  left join cot_generation_run r on r.id = q.run_id
  left join cot_generation_endpoint e on e.id = r.endpoint_id
  where up.revises_id is null
)
"""
HANDWORK = (
    """
with recursive asked as (
  select id, revises_id is not null as rework, active_ms from cot_generation_rationale
  where project_id = %(project)s and origin = 'person' and created_at >= %(since)s and created_at < %(until)s
  union all
  select r.id, true, g.active_ms
  from cot_generation_reading g join cot_generation_rationale r on r.id = g.rationale_id
  where r.project_id = %(project)s and g.read_at >= %(since)s and g.read_at < %(until)s
)"""  # noqa: S608  (our own words)
    + KEYED
    + """
select a.rework, way, stage, prompt_id, model, aspect_id, sandbox, count(*), sum(a.active_ms)
from asked a join keyed using (id)
group by 1, 2, 3, 4, 5, 6, 7
"""
)
KEYS = (
    """
with recursive asked as (
  select id from cot_generation_rationale where project_id = %(project)s and id = any(%(ids)s)
)"""  # noqa: S608  (our own words)
    + KEYED
    + "select id, way, stage, prompt_id, model, aspect_id, sandbox from keyed"
)


@dataclass(frozen=True)
class Key:
    """What a cost falls under. `prompt_id` and `model` are empty for what no run wrote."""

    way: str
    stage: str
    prompt_id: UUID | None
    model: str
    aspect_id: int
    sandbox: bool


@dataclass(frozen=True)
class CallSum:
    """Calls of one key; those of evaluations and checks (`evaluation`) are no cost of rationales. US dollars."""

    key: Key
    evaluation: bool
    count: int
    tokens_in: int
    tokens_out: int
    usd: Decimal


@dataclass(frozen=True)
class HandSum:
    """Rationales that people wrote (`rework`: read or revised), and how long they were active."""

    key: Key
    rework: bool
    count: int
    active_ms: int


@dataclass(frozen=True)
class TallySum:
    """All that one key ever cost and brought. Calls of evaluations and checks (`evaluation`) are no cost of rationales.

    `latest`: rationales in their latest version, `passed`: of those; `traced`: texts whose writing was noted, of which
    `mostly` were mostly pasted (first versions, not revisions). US dollars.
    """

    key: Key
    evaluation: bool
    calls: int
    usd: Decimal
    latest: int
    passed: int
    hand_ms: int
    rework: int
    rework_ms: int
    traced: int
    mostly: int


def _rows(statement: str, project_id: UUID, **values: datetime | float | list[int]) -> Sequence[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"project": project_id, **values})
        found: Sequence[tuple[object, ...]] = cursor.fetchall()
        return found


def _key(columns: Sequence[object]) -> Key:
    way, stage, prompt_id, model, aspect_id, sandbox = columns
    return Key(str(way), str(stage), prompt_id, str(model or ""), int(str(aspect_id)), bool(sandbox))  # type: ignore[arg-type]  # a UUID or NULL, as the column has it


def calls(project_id: UUID, *, since: datetime, until: datetime) -> list[CallSum]:
    """Calls settled in `[since, until)`."""
    return [
        CallSum(
            key=_key(row[1:7]),
            evaluation=row[0] != RunPurpose.RATIONALE,
            count=int(str(row[7])),
            tokens_in=int(str(row[8])),
            tokens_out=int(str(row[9])),
            usd=Decimal(str(row[10])),
        )
        for row in _rows(CALLS, project_id, since=since, until=until)
    ]


def handwork(project_id: UUID, *, since: datetime = EVER[0], until: datetime = EVER[1]) -> list[HandSum]:
    """What people wrote, read and revised in `[since, until)`."""
    return [
        HandSum(_key(row[1:7]), bool(row[0]), int(str(row[7])), int(str(row[8])))
        for row in _rows(HANDWORK, project_id, since=since, until=until)
    ]


def tallied(project_id: UUID) -> list[TallySum]:
    """All there is, as of now, in one statement over few rows."""
    return [
        TallySum(
            _key(row[1:7]),
            row[0] is not None and row[0] != RunPurpose.RATIONALE,
            int(str(row[7])),
            Decimal(str(row[8])),
            *(int(str(each)) for each in row[9:]),
        )
        for row in _rows(TALLIED, project_id)
    ]


def keys_of(project_id: UUID, rationale_ids: Iterable[int]) -> dict[int, Key]:
    """Under which key each of these falls."""
    rows = _rows(KEYS, project_id, ids=sorted(set(rationale_ids)))
    return {int(str(row[0])): _key(row[1:7]) for row in rows}


@dataclass(frozen=True)
class PricedCall:
    """One call with the price of its day. `flat` is set where the cost rests on no usage: its ceiling, or nothing."""

    tokens_in: int
    cached: int
    tokens_out: int
    price_in: Decimal
    price_cached: Decimal
    price_out: Decimal
    flat: Decimal | None


def one_by_one(project_id: UUID, *, since: datetime, until: datetime) -> Iterator[PricedCall]:
    """Every call settled in `[since, until)`, for computing the books again."""
    rows = (
        Call.objects.filter(run__project_id=project_id, settled_at__gte=since, settled_at__lt=until)
        .select_related("price")
        .order_by("pk")
    )
    for row in rows.iterator(chunk_size=2000):
        flat = {PriceBasis.NONE: Decimal(0), PriceBasis.CEILING: row.reserved}.get(PriceBasis(row.price_basis))
        price = prices.as_money(row.price, batched=row.batch_id is not None)
        yield PricedCall(
            tokens_in=row.prompt_tokens or 0,
            cached=row.cached_tokens,
            tokens_out=row.completion_tokens or 0,
            price_in=price.input_per_million,
            price_cached=price.input_per_million if price.cached_per_million is None else price.cached_per_million,
            price_out=price.output_per_million,
            flat=flat,
        )


def hands_one_by_one(project_id: UUID, *, since: datetime, until: datetime) -> Iterator[tuple[bool, int]]:
    """(is rework, active ms) of everything that people wrote, revised or read in `[since, until)`."""
    rows = Rationale.objects.in_project(project_id).filter(
        origin=Origin.PERSON, created_at__gte=since, created_at__lt=until
    )
    for revises_id, active_ms in rows.values_list("revises_id", "active_ms").iterator(chunk_size=2000):
        yield revises_id is not None, active_ms
    read = Reading.objects.filter(rationale__project_id=project_id, read_at__gte=since, read_at__lt=until)
    for active_ms in read.values_list("active_ms", flat=True).iterator(chunk_size=2000):
        yield True, active_ms


def prompt_names(prompt_ids: Iterable[UUID]) -> dict[UUID, str]:
    """`Pictures only · en · 2`."""
    rows = Prompt.objects.filter(pk__in=set(prompt_ids))
    return {row.pk: f"{row.name} · {row.locale} · {row.version}" for row in rows}
