"""Making a project's figures: when, in what order, and where they are kept.

Belongs here: the sweep that finds projects in which people have worked, one run over a project, the policy's change.
Does not: any figure (agreeing.py, people.py, model.py), reading them (selectors.quality).

A run is a `QualityWork` row like all machine work. The next one of a project starts when turns have ended since, and no
sooner than `REST` times what the last one took: figures never cost more than a twentieth of one worker.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import numpy as np
import numpy.typing as npt
import structlog
from django.db import transaction

from accounts.services import audit_log
from annotation.choices import ConsensusMethod
from annotation.figures import PairFigures
from annotation.models import ConsensusPolicy, QualityFigures, QualitySamples, QualityWork, SignalPolicy
from annotation.querying import rows
from annotation.selectors import quality
from annotation.services.quality import agreeing, depth, model, people, rulings, table
from annotation.services.quality.agreeing import Lists
from annotation.signals import Sizes
from config.base import work
from config.base.choices import WorkState
from config.base.errors import InvalidInput

log = structlog.get_logger()

LEASE = timedelta(minutes=9)  # a task may take ten
REST = 20
LEAST_REST = timedelta(seconds=20)
ALL = "all"

# The sum of turns that ended, by project, and what was done of it; few rows, since counters are kept per person.
MARKS = """
select x.project_id, x.mark from (
    select b.project_id, sum(t.submitted + t.sent_back) as mark
    from annotation_personturn t join annotation_batch b on b.id = t.batch_id group by b.project_id) x
left join annotation_qualitywork w on w.project_id = x.project_id
where w.id is null or (w.state = 'done' and (w.asked or w.done_mark <> x.mark)) or (w.state = 'failed' and w.asked)
"""


def sweep(*, now: datetime) -> None:
    """Make due what people have changed since. The work table's own part of the sweep sends the hint."""
    for project_id, _ in rows(MARKS, {}):
        row, made = QualityWork.objects.get_or_create(project_id=project_id, defaults={"next_attempt_at": now})
        if not made:
            QualityWork.objects.filter(pk=row.pk, state__in=[WorkState.DONE, WorkState.FAILED]).update(
                state=WorkState.WAITING, attempts=0, next_attempt_at=_not_before(row, now), failure=""
            )


def ask(*, project_id: UUID, now: datetime) -> None:
    """Somebody wants fresh figures: due at once, whatever changed."""
    row, made = QualityWork.objects.get_or_create(project_id=project_id, defaults={"next_attempt_at": now})
    if not made:
        QualityWork.objects.filter(pk=row.pk).update(asked=True)
        QualityWork.objects.filter(pk=row.pk).exclude(state=WorkState.RUNNING).update(
            state=WorkState.WAITING, attempts=0, next_attempt_at=now, failure=""
        )
    work.announce("annotation.QualityWork")


def make_due(*, clock: Callable[[], datetime], until: datetime) -> int:
    """Work off what is due. Returns how many projects."""
    done = 0
    while (now := clock()) < until:
        claimed = work.claim(QualityWork, limit=1, lease=LEASE, now=now)
        if not claimed:
            break
        _make(claimed[0], now=now)
        done += 1
    return done


@transaction.atomic
def set_policy(
    *, project_id: UUID, method: ConsensusMethod, settles_at: float, actor_id: int, now: datetime
) -> ConsensusPolicy:
    """From now on answers follow this estimate; the next run moves them. Raises InvalidInput."""
    if not 0.5 <= settles_at <= 1:
        raise InvalidInput("How sure the model must be lies between 0.5 and 1.")
    # The work row is the project's lock: two leads who choose at once get versions of their own.
    QualityWork.objects.get_or_create(project_id=project_id, defaults={"next_attempt_at": now})
    QualityWork.objects.select_for_update().get(project_id=project_id)
    before = quality.policy(project_id)
    made = ConsensusPolicy.objects.create(
        project_id=project_id,
        version=before.version + 1,
        method=method,
        settles_at=settles_at,
        made_by_id=actor_id,
        made_at=now,
    )
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="consensus.method_changed",
        subject=str(project_id),
        details={"from": before.method, "to": method, "settles_at": settles_at},
    )
    ask(project_id=project_id, now=now)
    return made


@transaction.atomic
def set_signal_sizes(*, project_id: UUID, sizes: Sizes, actor_id: int, now: datetime) -> None:
    """From the next run on signals have these sizes; those who set them are written down."""
    before = quality.signal_sizes(project_id)
    SignalPolicy.objects.create(project_id=project_id, sizes=sizes, made_by_id=actor_id, made_at=now)
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="signals.sizes_changed",
        subject=str(project_id),
        details={"from": msgspec.to_builtins(before), "to": msgspec.to_builtins(sizes)},
    )
    ask(project_id=project_id, now=now)


def compute(project_id: UUID, *, now: datetime) -> int:
    """All figures of one project, stored. Returns how many opinions they rest on."""
    opinions = table.load(table.terms_of(project_id))
    lists = Lists()
    modelled = model.estimate(opinions, lists)
    model.apply_policy(project_id)
    parts: dict[str, Any] = {"agreement": agreeing.of(opinions, lists, weeks=True), "model": modelled.figures}
    parts["precedents"] = rulings.precedents(opinions)
    parts["depth"] = depth.of(opinions, now=now)
    parts |= _pairs(agreeing.pairs(opinions, lists))
    parts["people"] = people.of(
        opinions,
        lists=lists,
        alphas=agreeing.of_person(opinions),
        sees=modelled.sees,
        sizes=quality.signal_sizes(project_id),
    )
    _store(project_id, ALL, parts, lists, now=now)
    scopes = [ALL]
    for scope, mask, narrowed in _scopes(opinions):
        scopes.append(scope)
        if mask.all():  # the only batch, the only guideline: nothing to count again
            same = {name: part for name, part in parts.items() if name == "agreement" or name.startswith("pairs/")}
            same["agreement"] = msgspec.structs.replace(parts["agreement"], weeks=[])
            _store(project_id, scope, same, lists, now=now)
        else:
            _scope(opinions.where(mask), scope, now=now, **narrowed)
    for kept in (QualityFigures, QualitySamples):
        kept.objects.filter(project_id=project_id).exclude(scope__in=scopes).delete()
    return len(opinions)


def _scopes(opinions: table.Opinions) -> Iterator[tuple[str, npt.NDArray[np.bool_], dict[str, Any]]]:
    """Every batch and every version of the guideline: name, rows, and what narrows the regions to them."""
    for place, batch_id in enumerate(opinions.batch_ids):
        yield f"batch:{batch_id}", opinions.batches == place, {"batch": UUID(batch_id)}
    for version in sorted(set(opinions.guidelines.tolist())):
        yield f"guideline:{version}", opinions.guidelines == version, {"guideline": version}


def _scope(
    opinions: table.Opinions, scope: str, *, now: datetime, batch: UUID | None = None, guideline: int | None = None
) -> None:
    lists = Lists()
    parts: dict[str, Any] = {"agreement": agreeing.of(opinions, lists, batch=batch, guideline=guideline)}
    parts |= _pairs(agreeing.pairs(opinions, lists))
    _store(opinions.terms.project_id, scope, parts, lists, now=now)


def _pairs(found: dict[str, PairFigures]) -> dict[str, Any]:
    return {f"pairs/{key}": each for key, each in found.items()}


@transaction.atomic
def _store(project_id: UUID, scope: str, parts: dict[str, Any], lists: Lists, *, now: datetime) -> None:
    """Replace a scope's figures and lists as a whole, so that no reader sees half of them."""
    QualityFigures.objects.filter(project_id=project_id, scope=scope).delete()
    QualityFigures.objects.bulk_create(
        QualityFigures(project_id=project_id, scope=scope, part=part, body=msgspec.to_builtins(body), made_at=now)
        for part, body in parts.items()
    )
    QualitySamples.objects.filter(project_id=project_id, scope=scope).delete()
    QualitySamples.objects.bulk_create(
        (
            QualitySamples(project_id=project_id, scope=scope, name=name, sample_ids=ids, total=total)
            for name, (ids, total) in lists.found.items()
        ),
        batch_size=200,
    )


def _make(row: QualityWork, *, now: datetime) -> None:
    began = time.monotonic()
    mark = _mark(row.project_id)
    QualityWork.objects.filter(pk=row.pk, fence=row.fence).update(asked=False)
    try:
        opinions = compute(row.project_id, now=now)
    except Exception as error:
        log.exception("quality.failed", project_id=str(row.project_id))
        work.retry(row, at=now + timedelta(seconds=30 * row.attempts), failure=f"{type(error).__name__}: {error}")
        return
    took_ms = round((time.monotonic() - began) * 1000)
    work.finish(row, done_mark=mark, took_ms=took_ms, opinions=opinions, finished_at=now)
    log.info("quality.made", project_id=str(row.project_id), opinions=opinions, took_ms=took_ms)


def _mark(project_id: UUID) -> int:
    found = rows(
        "select coalesce(sum(t.submitted + t.sent_back), 0) from annotation_personturn t "
        "join annotation_batch b on b.id = t.batch_id where b.project_id = %(p)s",
        {"p": project_id},
    )
    return int(found[0][0])


def _not_before(row: QualityWork, now: datetime) -> datetime:
    rest = max(LEAST_REST, timedelta(milliseconds=REST * row.took_ms))
    return max(now, row.finished_at + rest) if row.finished_at and not row.asked else now
