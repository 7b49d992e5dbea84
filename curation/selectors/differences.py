"""What changed from one release to another of the same project.

Belongs here: counting and listing added, removed and changed questions, and saying why they differ.
Does not: which release came before (pages choose), what is in one (releases.card).

Both releases are frozen, so the same two always give the same reply. Counting is set arithmetic on the row table; only
changed rows are read from their shards, by offset.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

import msgspec
from django.core.files.storage import storages
from django.db import connection

from curation.selectors.releases import ReleaseInfo

Kind = Literal["added", "removed", "changed"]
KINDS: tuple[Kind, ...] = ("added", "removed", "changed")
READ_MOST = 20_000  # changed rows whose reasons are read; about two seconds
REASONS = ("answer", "cells", "regions", "rationales", "split", "instruction", "other")
_OF_REASON = {
    "answer": ("answer",),
    "cells": ("cells",),
    "regions": ("regions",),
    "rationales": ("rationales",),
    "split": ("split", "family_id"),
    "instruction": ("instruction", "guideline", "locale"),
}
_NAMED = {name for names in _OF_REASON.values() for name in names}

_COUNT = """
with a as materialized (select distinct sample_id from curation_releaserow where release_id = %(before)s),
     b as materialized (select distinct sample_id from curation_releaserow where release_id = %(after)s),
     pairs as (
       select a.question as was, b.question as now, a.row_hash as old, b.row_hash as new,
              coalesce(b.sample_id, a.sample_id) as sample_id
       from (select question, sample_id, row_hash from curation_releaserow where release_id = %(before)s) a
       full join (select question, sample_id, row_hash from curation_releaserow where release_id = %(after)s) b
       using (question))
select count(*) filter (where was is null),
       count(*) filter (where was is null and sample_id not in (select sample_id from a)),
       count(*) filter (where now is null),
       count(*) filter (where now is null and sample_id not in (select sample_id from b)),
       count(*) filter (where old <> new),
       count(*) filter (where old = new)
from pairs
"""
_LIST = """
select question, a.shard, a."offset", b.shard, b."offset"
from (select question, row_hash, shard, "offset" from curation_releaserow where release_id = %(before)s) a
full join (select question, row_hash, shard, "offset" from curation_releaserow where release_id = %(after)s) b
using (question)
where question > %(after_question)s
  and case %(kind)s when 'added' then a.row_hash is null when 'removed' then b.row_hash is null
      else a.row_hash <> b.row_hash end
order by question limit %(limit)s
"""


@dataclass(frozen=True)
class Difference:
    """Questions. A changed one may differ for several reasons; `read` of the changed ones were read for them."""

    added: int
    added_samples: int  # of these, questions of samples that were not in the release before
    removed: int
    removed_samples: int  # of these, questions of samples that are not in the release after
    changed: int
    same: int
    reasons: dict[str, int]
    read: int


@dataclass(frozen=True)
class ChangedQuestion:
    """One question that differs; None for the answer where the release has no such question."""

    question: str
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None
    reasons: tuple[str, ...]


def difference(before: ReleaseInfo, after: ReleaseInfo) -> Difference:
    """Counts by kind and, for changed questions, by reason."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"before": before.id, "after": after.id})
        added, added_samples, removed, removed_samples, changed, same = cursor.fetchone()
    reasons: Counter[str] = Counter()
    read = 0
    for found in listed(before, after, kind="changed", limit=READ_MOST):
        reasons.update(found.reasons)
        read += 1
    return Difference(
        added=added,
        added_samples=added_samples,
        removed=removed,
        removed_samples=removed_samples,
        changed=changed,
        same=same,
        reasons={name: reasons[name] for name in REASONS if reasons[name]},
        read=read,
    )


def listed(
    before: ReleaseInfo, after: ReleaseInfo, *, kind: Kind, limit: int, after_question: str = ""
) -> list[ChangedQuestion]:
    """Questions of one kind by name, those after `after_question`."""
    parameters = {
        "before": before.id,
        "after": after.id,
        "kind": kind,
        "limit": limit,
        "after_question": after_question,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LIST, parameters)
        places = cursor.fetchall()
    was = dict(_rows(before, ((place[0], place[1], place[2]) for place in places)))
    now = dict(_rows(after, ((place[0], place[3], place[4]) for place in places)))
    return [
        ChangedQuestion(
            question=place[0],
            before=_answer(was.get(place[0])),
            after=_answer(now.get(place[0])),
            reasons=reasons(was[place[0]], now[place[0]]) if kind == "changed" else (),
        )
        for place in places
    ]


def reasons(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    """Why two rows of one question differ, in the order of `REASONS`; `other` where nothing named does."""
    found = [reason for reason, names in _OF_REASON.items() if any(before.get(n) != after.get(n) for n in names)]
    rest = (set(before) | set(after)) - _NAMED
    # A changed answer moves what is said of its quality too: that alone is no reason of its own.
    if not found and any(before.get(name) != after.get(name) for name in rest):
        return ("other",)
    return tuple(found)


def _answer(row: dict[str, Any] | None) -> tuple[str, ...] | None:
    return None if row is None else tuple(row["answer"])


def _rows(
    release: ReleaseInfo, places: Iterable[tuple[str, int | None, int | None]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    by_shard: dict[int, list[tuple[int, str]]] = {}
    for question, shard, offset in places:
        if shard is not None and offset is not None:
            by_shard.setdefault(shard, []).append((offset, question))
    for shard, wanted in sorted(by_shard.items()):
        yield from _of_shard(release, shard, sorted(wanted))


def _of_shard(
    release: ReleaseInfo, shard: int, wanted: Sequence[tuple[int, str]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    with storages["media"].open(f"{release.folder}/{release.shards[shard].path}") as file:
        for offset, question in wanted:
            file.seek(offset)
            yield question, msgspec.json.decode(file.readline())


def previous(found: Sequence[ReleaseInfo], release_id: UUID) -> ReleaseInfo | None:
    """The release cut before this one, of a list that is newest first."""
    ids = [each.id for each in found]
    return next(iter(found[ids.index(release_id) + 1 :]), None)
