"""Where each question stands, kept in the transaction of whatever moves it.

Belongs here: voting again over stored opinions, writing a ruling's answer.
Does not: the arithmetic (votes.py); a submit votes in its own two statements (hot.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from django.db import connection, transaction

from annotation import dispatch, votes
from annotation.choices import ConsensusSource
from annotation.models import Annotation, Consensus
from annotation.querying import run
from annotation.shapes import Cells
from catalog.selectors import aspects as catalog_aspects
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
def recompute(*, project_id: UUID, sample_ids: Sequence[int]) -> None:
    """Vote again over the counted opinions. Adjudicated answers stay; a question without any opinion left goes."""
    lock(sample_ids)
    rule = catalog_rules.current(project_id)
    aspects = [(each.id, each.key, None) for each in catalog_aspects.of_project(project_id)]
    slots = slots_of(sample_ids)
    opinions: dict[int, list[Cells]] = defaultdict(list)
    counted = Annotation.objects.filter(sample_id__in=list(sample_ids)).counted()
    for annotation in counted.order_by("pk"):
        opinions[annotation.sample_id].append(annotation.cells)
    said, silent = [], []
    for sample_id in sorted(set(sample_ids)):
        outcomes = votes.outcomes(
            opinions=opinions[sample_id], slots=slots.get(sample_id, []), aspects=aspects, threshold=rule.threshold
        )
        said += [{"sample_id": sample_id, **each} for each in outcomes]
        heard = {each["aspect_id"] for each in outcomes}
        silent += [(sample_id, aspect_id) for aspect_id, _, _ in aspects if aspect_id not in heard]
    write(project_id=project_id, rule_version=rule.version, outcomes=said, over_rulings=False)
    voted = [ConsensusSource.SINGLE, ConsensusSource.MAJORITY, ConsensusSource.DAWID_SKENE]
    for sample_id, aspect_id in silent:
        Consensus.objects.filter(sample_id=sample_id, aspect_id=aspect_id, source__in=voted).delete()
    dispatch.sample_changed(project_id=project_id, sample_ids=sorted(set(sample_ids)))


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
