"""Landing one chunk of lines: known ids looked up set-wise, ids reserved, every table by COPY, one transaction.

Belongs here: the chunk's transaction, absorbers included.
Does not: cutting chunks and counting progress (run.py).

Shape and speed from a measured prototype: no staging table, no row per question, deferred foreign keys
(8,000–11,600 annotated rows a second on two cores).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from catalog import dispatch
from catalog.choices import SampleState
from catalog.imports import copying, references, updating
from catalog.imports.manifest import ManifestRow, Parsed, Refusal, Rules, parse
from catalog.imports.updating import Change
from catalog.models import ImportRefusal, Sample
from catalog.selectors import aspects, rules
from catalog.selectors.rules import RuleInfo
from catalog.shapes import Sources
from config.base.choices import WorkState

# Any constant nothing else takes: it makes "read the sequence and move it on" one step for two processes.
NUMBER_LOCK = 7_201_534
KEPT = "a sample with this id is here already with other content; it is kept as it is, an update would take the row"


@dataclass(frozen=True)
class ImportChunk:
    """What an absorber gets, inside the chunk's transaction.

    New rows with their reserved ids, and the rows that replaced what a stored sample said.
    """

    project_id: UUID
    cursor: Any
    rows: Sequence[tuple[int, ManifestRow]]
    aspect_ids: Mapping[str, int]
    rule: RuleInfo
    actor_id: int | None
    now: datetime
    updated: Sequence[tuple[int, ManifestRow]] = ()


@dataclass
class Landed:
    """What became of a chunk's lines. `changed` were taken where the import updates; else they are listed in `kept`."""

    new: int = 0
    unchanged: int = 0
    changed: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    kept: list[Refusal] = field(default_factory=list)
    # Unchanged samples whose pictures could not be stored last time, with their line here: they are fetched again.
    unfinished: dict[int, int] = field(default_factory=dict)

    @property
    def refused(self) -> int:
        """Lines that were refused, however many reasons each has."""
        return len({refusal.line for refusal in self.refusals})

    @property
    def report(self) -> list[Refusal]:
        """Every line that was not taken, with its reasons, in order."""
        return sorted([*self.refusals, *self.kept], key=lambda each: (each.line, each.field))

    def add(self, other: Landed) -> None:
        self.new += other.new
        self.unchanged += other.unchanged
        self.changed += other.changed
        self.refusals += other.refusals
        self.kept += other.kept
        self.unfinished |= other.unfinished


@dataclass(frozen=True)
class Context:
    """What every chunk of one import shares. Crosses process borders."""

    project_id: UUID
    run_id: UUID | None
    actor_id: int | None
    now: datetime
    dry: bool
    update: bool = False


def land(context: Context, lines: Sequence[tuple[int, bytes]]) -> Landed:
    """Parse, compare with what is there, write what is new. Nothing is written when `context.dry`."""
    # Once a chunk, since a lead may change them while an import goes on; two rows out of four thousand.
    aspect_ids = {aspect.key: aspect.id for aspect in aspects.of_project(context.project_id)}
    rule = rules.current(context.project_id)
    checks = Rules(
        aspects=aspect_ids.keys(), hosts=tuple(settings.IMPORT_HOSTS), buckets=tuple(settings.IMPORT_BUCKETS)
    )
    landed = Landed()
    parsed: list[Parsed] = []
    for number, raw in lines:
        outcome = parse(number, raw, checks)
        if isinstance(outcome, Parsed):
            parsed.append(outcome)
        else:
            landed.refusals += outcome
    with transaction.atomic():
        fresh, changes = _compare(context, parsed, landed)
        landed.new += len(fresh)
        landed.changed += len(changes)
        if not context.update:
            landed.kept += [Refusal(each.parsed.line, each.parsed.row.id, "id", KEPT) for each in changes]
        if not context.dry:
            taken = _update(context, changes, landed) if context.update and changes else []
            _write(context, fresh, taken, aspect_ids, rule)
            _finish(context, landed.unfinished)
            _note(context, landed)
    return landed


def _compare(context: Context, parsed: Sequence[Parsed], landed: Landed) -> tuple[list[Parsed], list[Change]]:
    rows = Sample.objects.in_project(context.project_id).filter(external_id__in=[each.row.id for each in parsed])
    found = rows.values_list("external_id", "content_hash", "pk", "state", "run_id", "revision")
    known = {external_id: (bytes(digest), *stored) for external_id, digest, *stored in found}
    fresh: list[Parsed] = []
    changes: list[Change] = []
    for each in parsed:
        before = known.get(each.row.id)
        if before is None:
            fresh.append(each)
            continue
        digest, sample_id, state, run_id, revision = before
        if digest != each.content_hash:
            changes.append(Change(sample_id, each))
        elif run_id == context.run_id:  # this very import landed it before it was cut off
            landed.new += revision == 1
            landed.changed += revision > 1
        else:
            landed.unchanged += 1
            if state == SampleState.FAILED:
                landed.unfinished[sample_id] = each.line
    return fresh, changes


def _update(context: Context, changes: Sequence[Change], landed: Landed) -> list[Change]:
    if context.run_id is None:
        return []
    taken, refused = updating.take(changes, run_id=context.run_id, now=context.now)
    landed.changed -= len(refused)
    landed.refusals += refused
    return taken


def _finish(context: Context, unfinished: Mapping[int, int]) -> None:
    """Whoever reads a manifest again may have put the pictures right; what is still bad is in this import's report."""
    if not unfinished or context.run_id is None:
        return
    updating.fetch_again(unfinished, run_id=context.run_id, now=context.now)
    dispatch.samples_changed(project_id=context.project_id, sample_ids=sorted(unfinished))
    dispatch.pictures_due()


def _write(
    context: Context, fresh: Sequence[Parsed], taken: Sequence[Change], aspect_ids: Mapping[str, int], rule: RuleInfo
) -> None:
    if not fresh and not taken:
        return
    common: dict[str, Any] = {
        "project_id": context.project_id,
        "aspect_ids": aspect_ids,
        "rule": rule,
        "actor_id": context.actor_id,
        "now": context.now,
    }
    with connection.cursor() as cursor:
        # A chunk need not wait for the disk: the order of commits holds, and the import's own last word, which waits,
        # takes every chunk before it along. What a crash of the database loses, the next run reads again.
        cursor.execute("set local synchronous_commit = off")
        first = _reserve(cursor, len(fresh)) if fresh else 0
        numbered = [(first + place, each) for place, each in enumerate(fresh)]
        # Django's wrapper does not pass copy_expert through; psycopg2's own cursor lies inside it.
        raw = cursor.cursor
        rows = [(sample_id, each.row) for sample_id, each in numbered]
        with references.held(cursor, context.project_id, context.run_id, aspect_ids.values()):
            _copy_samples(raw, context, numbered)
            for absorb in _absorbers():
                absorb(ImportChunk(cursor=raw, rows=rows, **common))
        if taken:
            updated = [(change.sample_id, change.parsed.row) for change in taken]
            for absorb in _absorbers():
                absorb(ImportChunk(cursor=raw, rows=(), updated=updated, **common))
    if fresh:
        dispatch.samples_landed(project_id=context.project_id, first=first, last=first + len(fresh) - 1)
    dispatch.samples_changed(project_id=context.project_id, sample_ids=[change.sample_id for change in taken])
    dispatch.pictures_due()


def _reserve(cursor: Any, count: int) -> int:
    """The first of `count` ids in a row that nobody else gets."""
    cursor.execute("select pg_advisory_lock(%s)", [NUMBER_LOCK])
    try:
        cursor.execute("select setval('catalog_sample_number', nextval('catalog_sample_number') + %s - 1)", [count])
        last: int = cursor.fetchone()[0]
    finally:
        cursor.execute("select pg_advisory_unlock(%s)", [NUMBER_LOCK])
    return last - count + 1


SAMPLE_COLUMNS = (
    *("id", "project_id", "external_id", "group", "sources", "generator"),
    *("metadata", "revision", "state", "content_hash", "run_id", "line"),
)
WORK_COLUMNS = ("sample_id", "state", "owner", "fence", "attempts", "max_attempts", "failure", "next_attempt_at")


def _copy_samples(cursor: Any, context: Context, numbered: Sequence[tuple[int, Parsed]]) -> None:
    json, text, bytea = copying.json, copying.text, copying.bytea
    project, state, run = str(context.project_id), SampleState.WAITING.value, str(context.run_id)
    copying.lines(
        cursor,
        "catalog_sample",
        SAMPLE_COLUMNS,
        (
            f"{sample_id}\t{project}\t{text(row.id)}\t{text(row.group)}\t"
            f"{json(Sources(row.original, row.candidates))}\t{json(row.generator)}\t{json(row.metadata)}\t"
            f"1\t{state}\t{bytea(each.content_hash)}\t{run}\t{each.line}"
            for sample_id, each in numbered
            for row in (each.row,)
        ),
    )
    rest = f"\t{WorkState.WAITING.value}\t\t0\t0\t3\t\t{context.now.isoformat()}"
    copying.lines(cursor, "catalog_picturework", WORK_COLUMNS, (f"{sample_id}{rest}" for sample_id, _ in numbered))


def _absorbers() -> list[Callable[[ImportChunk], None]]:
    return [import_string(dotted) for dotted in settings.IMPORT_ABSORBERS]


def _note(context: Context, landed: Landed) -> None:
    if context.run_id is None:
        return
    ImportRefusal.objects.bulk_create(
        (
            ImportRefusal(
                run_id=context.run_id, line=each.line, external_id=each.id, field=each.field, reason=each.reason[:400]
            )
            for each in landed.report
        ),
        ignore_conflicts=True,
    )
