"""Which samples a batch could be made of.

Belongs here: set-wise questions over a project's samples, asked in SQL because a project has 128,000 of them.
Does not: slices and search (curation), making the batch (services.batches).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from annotation.choices import BatchState
from annotation.models import Piece
from annotation.querying import rows
from annotation.selectors import consensus
from catalog.selectors import samples as catalog_samples
from config.base.errors import InvalidInput

# Every line names what it leaves out, in the order in which a lead reads it; a sample is counted once.
FUNNEL = """
with asked as (
    select s.id, s.state from catalog_sample s
    where s.project_id = %(p)s and (%(all)s or s.id = any(%(ids)s)))
select a.id,
    case
        when a.state <> 'ready' then 'pictures'
        when %(not_judged)s and exists (
            select 1 from annotation_annotation x
            where x.sample_id = a.id and x.origin = 'opinion' and x.counts) then 'judged'
        when %(not_in_batch)s and exists (
            select 1 from annotation_piece p join annotation_batch b on b.id = p.batch_id
            where p.sample_id = a.id and p.gold_id is null and b.state <> 'closed' and b.kind = 'label') then 'in_batch'
        else '' end as why_not
from asked a order by a.id
"""


@dataclass(frozen=True)
class Funnel:
    """What was asked for, what fell out and why, and which samples are left."""

    asked: int
    pictures_missing: int
    judged: int
    in_open_batch: int
    sample_ids: tuple[int, ...]


def funnel(
    *, project_id: UUID, sample_ids: Sequence[int] | None, only_not_judged: bool, only_not_in_batch: bool
) -> Funnel:
    """Narrow the asked samples (None: all of the project) down to those that can be judged."""
    values = {
        "p": project_id,
        "all": sample_ids is None,
        "ids": list(sample_ids or []),
        "not_judged": only_not_judged,
        "not_in_batch": only_not_in_batch,
    }
    found = rows(FUNNEL, values)
    reasons = [why for _, why in found]
    return Funnel(
        asked=len(found),
        pictures_missing=reasons.count("pictures"),
        judged=reasons.count("judged"),
        in_open_batch=reasons.count("in_batch"),
        sample_ids=tuple(sample_id for sample_id, why in found if not why),
    )


@dataclass(frozen=True)
class Target:
    """One thing to judge: a sample, all its aspects or some, and what of it for kinds that judge a part."""

    sample_id: int
    aspect_ids: tuple[int, ...] = ()
    subject_id: int | None = None


@dataclass(frozen=True)
class OpenBatch:
    """A batch that is not closed, by the number people know it by."""

    id: UUID
    number: int


def waiting(project_id: UUID, *, kind: str) -> dict[Target, OpenBatch]:
    """What people have still to do in batches of this kind that are not closed; in several, the oldest is named."""
    pieces = (
        Piece.objects.unfinished()
        .filter(batch__project_id=project_id, batch__kind=kind, gold=None, is_out=False)
        .exclude(batch__state=BatchState.CLOSED)
        .order_by("-batch__number")
    )
    found = pieces.values_list("sample_id", "aspects", "subject_id", "batch_id", "batch__number")
    return {
        Target(sample_id, tuple(aspects), subject_id): OpenBatch(batch_id, number)
        for sample_id, aspects, subject_id, batch_id, number in found
    }


@dataclass(frozen=True)
class Choice:
    """What a lead chose: what is left to judge, what fell out, and names that nothing has.

    `not_disputed`: samples on which there is nothing to rule, where rulings were asked for.
    """

    targets: list[Target]
    funnel: Funnel
    unknown: list[str]
    not_disputed: int = 0


def choose(
    *,
    project_id: UUID,
    everything: bool,
    batch_id: UUID | None,
    only_unfinished: bool,
    samples: Sequence[str],
    questions: Sequence[str],
    aspect_ids: Mapping[str, int],
    only_not_judged: bool,
    only_not_in_batch: bool,
    most: int | None,
    only_disputed: bool = False,
) -> Choice:
    """Resolve names people know into targets. Questions of one sample become one piece with their aspects.

    Another batch's pieces come with the aspects they ask about. `only_disputed`: of these questions, those that wait
    for a ruling; they are judged and may be in label batches, so the two other filters do not hold.

    Raises InvalidInput for a question that is not written as sample/aspect.
    """
    asked_aspects: dict[str, set[int]] = {name: set() for name in samples}
    for question in questions:
        name, _, key = question.rpartition("/")
        if not name or key not in aspect_ids:
            raise InvalidInput(
                "{question!r} is no question of this project; write it as s-17/physical_shadow.", question=question
            )
        asked_aspects.setdefault(name, set()).add(aspect_ids[key])
    known = catalog_samples.by_external_ids(project_id, asked_aspects)
    aspects_of = {known[name]: tuple(sorted(asked)) for name, asked in asked_aspects.items() if name in known}
    if batch_id is not None:
        aspects_of |= _pieces_of(batch_id, project_id=project_id, only_unfinished=only_unfinished)
    found = funnel(
        project_id=project_id,
        sample_ids=None if everything else list(aspects_of),
        only_not_judged=only_not_judged and not only_disputed,
        only_not_in_batch=only_not_in_batch and not only_disputed,
    )
    left = [Target(sample_id, aspects_of.get(sample_id, ())) for sample_id in found.sample_ids]
    if only_disputed:
        left = _disputed(left, project_id=project_id)
    return Choice(
        targets=left if most is None else left[: max(0, most)],
        funnel=found,
        unknown=[name for name in asked_aspects if name not in known],
        not_disputed=len(found.sample_ids) - len(left),
    )


def _disputed(targets: Sequence[Target], *, project_id: UUID) -> list[Target]:
    """Each with the aspects it disputes, of those asked; what disputes none is left out."""
    disputed = consensus.disputed(project_id=project_id)
    narrowed = [
        Target(
            each.sample_id, tuple(a for a in disputed[each.sample_id] if not each.aspect_ids or a in each.aspect_ids)
        )
        for each in targets
        if each.sample_id in disputed
    ]
    return [each for each in narrowed if each.aspect_ids]


def _pieces_of(batch_id: UUID, *, project_id: UUID, only_unfinished: bool) -> dict[int, tuple[int, ...]]:
    pieces = Piece.objects.filter(batch_id=batch_id, batch__project_id=project_id, gold__isnull=True)
    if only_unfinished:
        pieces = pieces.unfinished()
    return {sample_id: tuple(aspects) for sample_id, aspects in pieces.values_list("sample_id", "aspects")}


def not_in_project(project_id: UUID, sample_ids: Sequence[int]) -> list[int]:
    """Ids among these that are no samples of this project."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select x.id from unnest(%s::bigint[]) as x(id) left join catalog_sample s "
            "on s.id = x.id and s.project_id = %s where s.id is null order by 1",
            [list(set(sample_ids)), project_id],
        )
        return [row[0] for row in cursor.fetchall()]
