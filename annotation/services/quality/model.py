"""Dawid–Skene over a project, and its answers beside the vote's or in their place.

Belongs here: estimating per aspect, storing what changed, applying the project's policy.
Does not: the estimate (annotation.dawid_skene), the vote (services.consensus).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection, transaction

from annotation import dawid_skene, dispatch
from annotation.choices import ConsensusMethod, ConsensusSource
from annotation.figures import ModelAspect, ModelFigures
from annotation.models import Consensus
from annotation.querying import first, rows, run
from annotation.selectors import quality
from annotation.services import consensus, recounting
from annotation.services.quality.agreeing import Lists
from annotation.services.quality.table import MISSING, Ints, Opinions, Small

CHUNK = 1_000  # samples whose answers move in one transaction, each under a lock of its own

STAGE = """
create temporary table model_answer_staged (
    sample_id bigint, aspect_id bigint, answer text, confidence float, opinions int) on commit drop
"""
STORE = """
insert into annotation_modelanswer (sample_id, aspect_id, project_id, answer, confidence, opinions)
select s.sample_id, s.aspect_id, %(p)s, s.answer, s.confidence, s.opinions from model_answer_staged s
left join annotation_modelanswer m on m.sample_id = s.sample_id and m.aspect_id = s.aspect_id
where (m.answer, m.confidence, m.opinions) is distinct from (s.answer, s.confidence, s.opinions)
on conflict (sample_id, aspect_id) do update
set answer = excluded.answer, confidence = excluded.confidence, opinions = excluded.opinions
"""
# A sample whose last opinion was taken back has no estimate any more.
FORGET = """
delete from annotation_modelanswer m where m.project_id = %(p)s and m.aspect_id = %(a)s
    and not exists (select 1 from model_answer_staged s where s.sample_id = m.sample_id and s.aspect_id = m.aspect_id)
"""
DIFFERING = """
select m.sample_id from annotation_modelanswer m
join annotation_consensus c on c.sample_id = m.sample_id and c.aspect_id = m.aspect_id
where m.project_id = %(p)s and m.aspect_id = %(a)s and c.answer <> m.answer
"""
COULD_SETTLE = """
select count(*) as n from annotation_modelanswer m
join annotation_consensus c on c.sample_id = m.sample_id and c.aspect_id = m.aspect_id
where m.project_id = %(p)s and m.aspect_id = %(a)s and c.disputed and m.confidence >= %(at)s
"""
# Only where the estimate rests on all opinions there are now: a submit that came meanwhile has voted, and stands until
# the next run. Cells that everybody is unsure of stay open; a ruling is never replaced.
DUE = """
select m.sample_id from annotation_modelanswer m
join annotation_consensus c on c.sample_id = m.sample_id and c.aspect_id = m.aspect_id
where m.project_id = %(p)s and c.source = any(%(voted)s) and c.unsure = '' and c.opinions = m.opinions
    and (not c.disputed or m.confidence >= %(at)s)
    and (c.answer is distinct from m.answer or c.source <> 'dawid_skene' or c.confidence is distinct from m.confidence)
group by m.sample_id order by m.sample_id
"""
APPLY = """
update annotation_consensus c
set answer = m.answer, tied = '', disputed = false, source = 'dawid_skene', confidence = m.confidence,
    revision = c.revision + (c.answer is distinct from m.answer)::int, changed_at = now()
from annotation_modelanswer m
where c.sample_id = any(%(ids)s) and m.sample_id = c.sample_id and m.aspect_id = c.aspect_id
    and c.source = any(%(voted)s) and c.unsure = '' and c.opinions = m.opinions
    and (not c.disputed or m.confidence >= %(at)s)
"""
VOTED = [ConsensusSource.SINGLE.value, ConsensusSource.MAJORITY.value, ConsensusSource.DAWID_SKENE.value]


@dataclass
class Modelled:
    """What came out: figures, and by person and aspect what they see and leave clean."""

    figures: ModelFigures
    sees: dict[int, dict[str, tuple[float, float]]] = field(default_factory=dict)


def estimate(opinions: Opinions, lists: Lists) -> Modelled:
    """Estimate every aspect and store what moved. One transaction an aspect."""
    policy = quality.policy(opinions.terms.project_id)
    modelled = Modelled(ModelFigures([]))
    for place, key in enumerate(opinions.terms.aspects):
        found = _estimate(opinions, opinions.votes_on(place))
        _store(opinions, place, found)
        values = {"p": opinions.terms.project_id, "a": opinions.terms.aspect_ids[place], "at": policy.settles_at}
        differing = np.array([row[0] for row in rows(DIFFERING, values)], np.int64)
        settled = first(COULD_SETTLE, values)
        modelled.figures.aspects.append(
            ModelAspect(
                aspect=key,
                questions=len(found.sample_ids),
                differing=lists.add(f"model/{key}", differing),
                settled=int(settled["n"]) if settled else 0,
                rounds=found.rounds,
            )
        )
        for person, user_id in enumerate(opinions.person_ids):
            if found.voted[person]:
                rates = round(float(found.sensitivity[person]), 4), round(float(found.specificity[person]), 4)
                modelled.sees.setdefault(user_id, {})[key] = rates
    return modelled


@dataclass(frozen=True)
class _Found:
    """One aspect: questions whose every candidate has a vote. Masks of slots, and how sure the least sure cell is."""

    sample_ids: Ints
    masks: Ints
    confidence: dawid_skene.Floats
    opinions: Ints
    sensitivity: dawid_skene.Floats
    specificity: dawid_skene.Floats
    voted: Ints
    rounds: int


def _estimate(opinions: Opinions, votes: Small) -> _Found:
    slots = votes.shape[1]
    # In 32 bits, and nothing kept that is not needed below: there are slots times as many votes as opinions.
    place = np.flatnonzero(votes != MISSING).astype(np.int32)
    row = place // slots
    cell = opinions.group.astype(np.int32)[row] * slots + place % slots
    said = (votes == 1).reshape(-1)[place]
    del place
    voted_on = np.zeros(len(opinions.sample_ids) * slots, bool)
    voted_on[cell] = True
    cells = np.flatnonzero(voted_on)
    found = dawid_skene.estimate(
        (np.cumsum(voted_on, dtype=np.int32) - 1)[cell],
        opinions.people.astype(np.int32)[row],
        said,
        cell_count=len(cells),
        person_count=len(opinions.person_ids),
    )
    samples = len(opinions.sample_ids)
    by_cell = np.full(samples * slots, np.nan)
    by_cell[cells] = found.truths
    truths = by_cell.reshape(samples, slots)
    asked = _any_by_sample(opinions, _judged(opinions, votes))
    whole = asked.any(axis=1) & ~(asked & np.isnan(truths)).any(axis=1)
    bits = 1 << np.arange(slots, dtype=np.int64)
    sure = np.where(np.isnan(truths), 1.0, np.maximum(truths, 1 - truths))
    heard = np.bincount(opinions.group, weights=(votes != MISSING).any(axis=1), minlength=samples)
    return _Found(
        sample_ids=opinions.sample_ids[whole],
        masks=((truths > 0.5) * bits).sum(axis=1)[whole],
        confidence=np.round(sure.min(axis=1, initial=1.0)[whole], 3),
        opinions=heard[whole].astype(np.int64),
        sensitivity=found.sensitivity,
        specificity=found.specificity,
        voted=np.bincount(opinions.people[row], minlength=len(opinions.person_ids)),
        rounds=found.rounds,
    )


def _judged(opinions: Opinions, votes: Small) -> Small:
    """[rows, slots]: 1 where the candidate was there to be judged at all."""
    return np.asarray((opinions.cells != MISSING).any(axis=1) | (votes != MISSING)).astype(np.int8)


def _any_by_sample(opinions: Opinions, said: Small) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    found = np.zeros((len(opinions.sample_ids), said.shape[1]), bool)
    np.logical_or.at(found, opinions.group, said.astype(bool))
    return found


@transaction.atomic
def _store(opinions: Opinions, place: int, found: _Found) -> None:
    aspect_id = opinions.terms.aspect_ids[place]
    names = {int(mask): _letters(int(mask), opinions.slots) for mask in np.unique(found.masks)}
    lines = io.StringIO()
    for sample_id, mask, confidence, heard in zip(
        found.sample_ids.tolist(),
        found.masks.tolist(),
        found.confidence.tolist(),
        found.opinions.tolist(),
        strict=True,
    ):
        lines.write(f"{sample_id}\t{aspect_id}\t{names[mask]}\t{confidence}\t{heard}\n")
    lines.seek(0)
    values = {"p": opinions.terms.project_id, "a": aspect_id}
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        cursor.copy_expert("copy model_answer_staged from stdin", lines)
        cursor.execute("analyze model_answer_staged")
        run(STORE, values)
        run(FORGET, values)
        cursor.execute("drop table model_answer_staged")


def _letters(mask: int, slots: str) -> str:
    return "".join(slot for place, slot in enumerate(slots) if mask >> place & 1)


def apply_policy(project_id: UUID) -> int:
    """Give the questions the answers the policy wants, some samples at a time. Returns how many were touched."""
    policy = quality.policy(project_id)
    if policy.method == ConsensusMethod.MAJORITY:
        return _back_to_votes(project_id)
    touched = 0
    values: dict[str, Any] = {"p": project_id, "voted": VOTED, "at": policy.settles_at}
    for ids in _chunks([row[0] for row in rows(DUE, values)]):
        with transaction.atomic():
            consensus.lock(ids)
            run(APPLY, {**values, "ids": ids})
            dispatch.sample_changed(project_id=project_id, sample_ids=ids)
        touched += len(ids)
    return touched


def _back_to_votes(project_id: UUID) -> int:
    modelled = Consensus.objects.in_project(project_id).filter(source=ConsensusSource.DAWID_SKENE)
    ids = sorted(set(modelled.values_list("sample_id", flat=True)))
    for some in _chunks(ids):
        with transaction.atomic():
            recounting.vote_again(project_id=project_id, sample_ids=some)
            dispatch.sample_changed(project_id=project_id, sample_ids=some)
    return len(ids)


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
