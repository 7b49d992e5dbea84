"""Where each question stands, kept in the transaction of whatever moves it.

Belongs here: voting again over stored opinions, writing a ruling's answer.
Does not: the statements of the vote (recount_statements.py), which say in SQL what votes.py says in Python; a submit
votes in its own two statements (hot.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from django.db import connection, transaction

from annotation import dispatch
from annotation.querying import rows, run
from annotation.services import recount_statements as statements
from catalog.selectors import pictures as catalog_pictures
from catalog.selectors import rules as catalog_rules

ORIGINAL = "O"

WRITE = """
insert into annotation_consensus (sample_id, aspect_id, project_id, answer, tied, unsure, disputed, source, confidence,
    agreement, opinions, rule_version, revision)
select v.sample_id, v.aspect_id, %(p)s, v.answer, v.tied, v.unsure, v.tied <> '', v.source, v.confidence, v.agreement,
    v.opinions, %(rule)s, 1
from json_to_recordset(%(outcomes)s::json) as v(sample_id bigint, aspect_id bigint, answer text, tied text, unsure text,
    source text, confidence float, agreement float, opinions int)
on conflict (sample_id, aspect_id) do update
set answer = excluded.answer, tied = excluded.tied, unsure = excluded.unsure, disputed = excluded.disputed,
    source = excluded.source, confidence = excluded.confidence, agreement = excluded.agreement,
    opinions = excluded.opinions, rule_version = excluded.rule_version, revision = annotation_consensus.revision + 1,
    changed_at = now()
where %(over)s or annotation_consensus.source <> 'adjudicated'
"""


def lock(sample_ids: Sequence[int]) -> None:
    """Nobody else moves these samples' answers until this transaction ends. Always after pieces, before batches."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(-id) from (select unnest(%s::bigint[]) as id order by 1) x",
            [sorted(set(sample_ids))],
        )


@transaction.atomic
def recompute(*, project_id: UUID, sample_ids: Sequence[int]) -> int:
    """Vote again over the counted opinions; returns how many answers moved.

    Adjudicated answers stay; an answer by vote that has no opinion left goes; one that stays keeps its revision.
    """
    moved = vote(project_id=project_id, sample_ids=sample_ids, by=(statements.VOTES,))
    dispatch.sample_changed(project_id=project_id, sample_ids=sorted(set(sample_ids)))
    return moved


def vote(*, project_id: UUID, sample_ids: Sequence[int], by: Sequence[str]) -> int:
    """Run statements of recount_statements.py over these samples under the present rule; how many answers moved."""
    lock(sample_ids)
    rule = catalog_rules.current(project_id)  # after the lock: no older rule is written over a newer one
    values = {"p": project_id, "ids": list(sample_ids), "rule": rule.version, "threshold": rule.threshold}
    return sum(int(rows(statement, values)[0][0]) for statement in by)


def write(*, project_id: UUID, rule_version: int, outcomes: Sequence[Mapping[str, object]], over_rulings: bool) -> None:
    """Store answers. `over_rulings`: a new ruling replaces an old one; a vote never does."""
    if not outcomes:
        return
    values = {
        "p": project_id,
        "rule": rule_version,
        "outcomes": msgspec.json.encode(outcomes).decode(),
        "over": over_rulings,
    }
    run(WRITE, values)


def slots_of(sample_ids: Sequence[int]) -> dict[int, list[str]]:
    """Candidate slots by sample."""
    found = catalog_pictures.of_samples(sample_ids)
    return {
        sample_id: sorted(each.slot for each in pictures if each.slot != ORIGINAL)
        for sample_id, pictures in found.items()
    }
