"""Cutting work into batches and steering them.

Belongs here: making a batch with its order, changing how many opinions are wanted, pausing, closing, who works on it.
Does not: handing pieces out (hot.py), taking single leases back (leases.py).
"""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec
from django.db import connection, transaction
from django.db.models import F, Max

from accounts.services import audit_log
from annotation import kinds
from annotation.choices import AfterDeadline, AssistPolicy, BatchOrder, BatchState, SkipPolicy
from annotation.errors import BatchClosed, NothingToJudge, UnknownSamples
from annotation.models import Batch, BatchDraft
from annotation.selectors import difficulty
from annotation.selectors import targets as target_selectors
from annotation.selectors.targets import Target as Target  # callers write batches.Target
from annotation.services import golds, leases, practice
from catalog.selectors import guidelines as catalog_guidelines
from config.base.errors import InvalidInput, NotFound

MOST_WANTED = 20
MOST_GOLD = 0.5
MOST_USD = 1_000_000_000

# Pieces that were full and are open again go to lane 0 under a fresh ticket: a cursor may be past their old position.
CHANGE_WANTED = """
with locked as (
    select id, %(w)s + extra as wanted from annotation_piece
    where batch_id = %(b)s and not is_out and gold_id is null and wanted <> %(w)s + extra order by id for update)
update annotation_piece q
set wanted = w.wanted, accepted = least(q.accepted + q.surplus, w.wanted),
    surplus = q.accepted + q.surplus - least(q.accepted + q.surplus, w.wanted),
    lane = case when q.wanted <= q.held + q.accepted and w.wanted > q.held + least(q.accepted + q.surplus, w.wanted)
        then 0 else q.lane end,
    position = case when q.wanted <= q.held + q.accepted and w.wanted > q.held + least(q.accepted + q.surplus, w.wanted)
        then nextval('annotation_ticket') else q.position end
from locked w where q.id = w.id
"""


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """How a batch is judged, beyond its kind, pieces and number of opinions. The defaults: blind, letters shuffled,
    no gold, no caps, no deadline.

    Shares lie between 0 and 1. `extra_share` of the pieces, drawn by the seed, want `extra_wanted` opinions more.
    `agreement_floor`: below this share of agreeing pairs on a question one more is asked for, up to the maximum.
    Every `1 / gold_share`-th turn is hidden gold; below `gold_floor` over `gold_window` gold questions of an aspect the
    person is paused. `training_count` practice pieces come first, with feedback; with a `training_floor` nothing else
    comes before that share of them is right on each aspect. `budget_usd` warns and stops nobody.
    """

    assist: AssistPolicy = AssistPolicy.BLIND
    shuffled: bool = True
    extra_share: float = 0.0
    extra_wanted: int = 0
    agreement_floor: float | None = None
    person_cap: int | None = None
    day_cap: int | None = None
    due_at: datetime | None = None
    after_due: AfterDeadline = AfterDeadline.GO_ON
    training_count: int = 0
    training_floor: float | None = None
    gold_share: float = 0.0
    gold_window: int = 10
    gold_floor: float | None = None
    budget_usd: Decimal | None = None


class TermChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What of the terms may change while a batch runs; null takes a cap, floor, deadline or budget away."""

    agreement_floor: float | msgspec.UnsetType | None = msgspec.UNSET
    person_cap: int | msgspec.UnsetType | None = msgspec.UNSET
    day_cap: int | msgspec.UnsetType | None = msgspec.UNSET
    due_at: datetime | msgspec.UnsetType | None = msgspec.UNSET
    after_due: AfterDeadline | msgspec.UnsetType = msgspec.UNSET
    training_count: int | msgspec.UnsetType = msgspec.UNSET
    training_floor: float | msgspec.UnsetType | None = msgspec.UNSET
    gold_share: float | msgspec.UnsetType = msgspec.UNSET
    gold_window: int | msgspec.UnsetType = msgspec.UNSET
    gold_floor: float | msgspec.UnsetType | None = msgspec.UNSET
    budget_usd: Decimal | msgspec.UnsetType | None = msgspec.UNSET


def lock(project_id: UUID) -> None:
    """Nobody else makes a batch of this project until the transaction ends.

    Who leaves out what waits in other batches reads that behind this lock; under it, nothing asks for another one.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s), 1)", [f"batch number {project_id}"])


@transaction.atomic
def create(
    *,
    project_id: UUID,
    kind: str,
    name: str,
    targets: Sequence[Target],
    wanted: int = 1,
    actor_id: int | None,
    now: datetime,
    maximum: int | None = None,
    order: BatchOrder = BatchOrder.DRAWN,
    seed: int | None = None,
    skip_policy: SkipPolicy = SkipPolicy.TO_OTHERS,
    people: Sequence[int] = (),
    terms: Terms | None = None,
    guideline_version: int | None = None,
    draft_id: UUID | None = None,
) -> Batch:
    """A new, open batch. The order is drawn once, from `seed` (the batch's number unless given).

    People see `guideline_version` while they work, the newest unless given. The draft it was written as (`draft_id`) is
    gone with it.

    Raises UnknownKind, NothingToJudge, UnknownSamples, InvalidInput.
    """
    kinds.by_code(kind)
    if not targets:
        raise NothingToJudge
    if not 1 <= wanted <= MOST_WANTED or (maximum is not None and not wanted <= maximum <= MOST_WANTED):
        raise InvalidInput(
            "Opinions wanted lie between 1 and {most}, and the most is no less than that.", most=MOST_WANTED
        )
    terms = terms or Terms()
    _check(terms, most=maximum or wanted + terms.extra_wanted, wanted=wanted)
    unknown = target_selectors.not_in_project(project_id, [target.sample_id for target in targets])
    if unknown:
        raise UnknownSamples(sample_ids=unknown[:20], count=len(unknown))
    number = _next_number(project_id)
    drawn_from = number if seed is None else seed
    batch = Batch.objects.create(
        project_id=project_id,
        number=number,
        kind=kind,
        name=name.strip()[:160] or f"Batch {number}",
        wanted=wanted,
        maximum=maximum or wanted + terms.extra_wanted,
        order=order,
        seed=drawn_from,
        skip_policy=skip_policy,
        people=sorted(set(people)),
        **msgspec.structs.asdict(terms),
        guideline_version=_guideline(project_id, guideline_version),
        piece_count=len(targets),
        place_count=len(targets) * wanted + round(terms.extra_share * len(targets)) * terms.extra_wanted,
        created_by_id=actor_id,
    )
    _copy_pieces(batch, _ordered(targets, order=order, seed=drawn_from, project_id=project_id))
    golds.stock(batch.pk)
    if draft_id is not None:
        BatchDraft.objects.filter(project_id=project_id, pk=draft_id).delete()
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="batch.created",
        subject=str(batch.pk),
        details={"number": number, "kind": kind, "pieces": len(targets), "wanted": wanted},
    )
    return batch


@transaction.atomic
def change(
    *,
    project_id: UUID,
    batch_id: UUID,
    actor_id: int,
    now: datetime,
    name: str | None = None,
    state: BatchState | None = None,
    wanted: int | None = None,
    maximum: int | None = None,
    people: Sequence[int] | None = None,
    terms: TermChanges | None = None,
) -> None:
    """Several changes at once, each only when given; closing comes last. Raises what each of them raises."""
    if name is not None:
        rename(project_id=project_id, batch_id=batch_id, name=name, actor_id=actor_id)
    if people is not None:
        set_people(project_id=project_id, batch_id=batch_id, people=people, actor_id=actor_id)
    if wanted is not None or maximum is not None:
        change_wanted(project_id=project_id, batch_id=batch_id, wanted=wanted, maximum=maximum, actor_id=actor_id)
    if terms is not None:
        change_terms(project_id=project_id, batch_id=batch_id, changes=terms, actor_id=actor_id)
    if state is not None:
        set_state(project_id=project_id, batch_id=batch_id, state=state, actor_id=actor_id, now=now)


@transaction.atomic
def change_wanted(*, project_id: UUID, batch_id: UUID, wanted: int | None, maximum: int | None, actor_id: int) -> None:
    """Want more or fewer opinions of every piece, or allow more of them.

    Opinions beyond become surplus; they are kept, and count again when more are wanted. Raises BatchClosed, NotFound,
    InvalidInput.
    """
    batch = _changeable(project_id, batch_id)
    wanted = batch.wanted if wanted is None else wanted
    most = max(wanted + batch.extra_wanted, maximum if maximum is not None else batch.maximum)
    if not 1 <= wanted <= MOST_WANTED or most > MOST_WANTED:
        raise InvalidInput("Opinions wanted lie between 1 and {most}.", most=MOST_WANTED)
    with connection.cursor() as cursor:
        cursor.execute(CHANGE_WANTED, {"b": batch_id, "w": wanted})
        cursor.execute(
            "update annotation_batch set wanted = %s, maximum = %s, opened_seq = opened_seq + 1, place_count = "
            "(select sum(wanted) from annotation_piece where batch_id = %s) where id = %s",
            [wanted, most, batch_id, batch_id],
        )
    _record(batch, "batch.wanted_changed", actor_id, {"from": batch.wanted, "to": wanted, "maximum": most})


@transaction.atomic
def change_terms(*, project_id: UUID, batch_id: UUID, changes: TermChanges, actor_id: int) -> None:
    """Caps, floors, gold, deadline and budget of a running batch. Raises BatchClosed, NotFound, InvalidInput."""
    changed = {name: value for name, value in msgspec.structs.asdict(changes).items() if value is not msgspec.UNSET}
    if not changed:
        return
    batch = _changeable(project_id, batch_id)
    now = {name: changed.get(name, getattr(batch, name)) for name in Terms.__struct_fields__}
    _check(Terms(**now), most=batch.maximum, wanted=batch.wanted)
    practice.reconsider(project_id=project_id, batch_id=batch_id)
    # Who was told that nothing is left looks anew: a cap may be gone, practice may have come.
    Batch.objects.filter(pk=batch_id).update(**changed, opened_seq=F("opened_seq") + 1)
    golds.stock(batch_id)
    _record(batch, "batch.terms_changed", actor_id, msgspec.to_builtins(changed))


@transaction.atomic
def set_state(*, project_id: UUID, batch_id: UUID, state: BatchState, actor_id: int, now: datetime) -> None:
    """Pause (what is held may still be submitted), resume, or close (what is held goes back, for good).

    Raises BatchClosed, NotFound.
    """
    batch = _changeable(project_id, batch_id)
    if state == BatchState.CLOSED:
        leases.release_all(batch_id=batch_id)
    Batch.objects.filter(pk=batch_id).update(
        state=state, closed_at=now if state == BatchState.CLOSED else None, opened_seq=F("opened_seq") + 1
    )
    _record(batch, f"batch.{state}", actor_id, {})


@transaction.atomic
def rename(*, project_id: UUID, batch_id: UUID, name: str, actor_id: int) -> None:
    """Raises BatchClosed, NotFound, InvalidInput."""
    if not name.strip():
        raise InvalidInput("A batch needs a name.")
    batch = _changeable(project_id, batch_id)
    Batch.objects.filter(pk=batch_id).update(name=name.strip()[:160])
    _record(batch, "batch.renamed", actor_id, {"from": batch.name, "to": name.strip()})


@transaction.atomic
def set_people(*, project_id: UUID, batch_id: UUID, people: Sequence[int], actor_id: int) -> None:
    """Who may work on it; nobody named means every member whose role fits. Raises BatchClosed, NotFound."""
    batch = _changeable(project_id, batch_id)
    Batch.objects.filter(pk=batch_id).update(people=sorted(set(people)), opened_seq=F("opened_seq") + 1)
    _record(batch, "batch.people_changed", actor_id, {"people": sorted(set(people))})


def _check(terms: Terms, *, wanted: int, most: int) -> None:
    for cap in (terms.person_cap, terms.day_cap):
        if cap is not None and cap < 1:
            raise InvalidInput("A cap is at least one piece.")
    if not 0 <= terms.extra_share <= 1 or (terms.extra_share > 0) != (terms.extra_wanted > 0):
        raise InvalidInput("A share with extra opinions lies between 0 and 1, and goes with how many more they get.")
    if wanted + terms.extra_wanted > min(most, MOST_WANTED):
        raise InvalidInput("The most opinions a piece may get cover those wanted and the extra ones.")
    if not 0 <= terms.gold_share <= MOST_GOLD:
        raise InvalidInput("The gold share lies between 0 and 0.5: at most every second piece.")
    if not 1 <= terms.gold_window <= 200 or not 0 <= terms.training_count <= 200:
        raise InvalidInput("The gold window lies between 1 and 200 questions, practice between 0 and 200 pieces.")
    if terms.budget_usd is not None and not Decimal("0.01") <= terms.budget_usd < MOST_USD:
        raise InvalidInput("A budget is an amount of US dollars from 0.01 up.")
    for floor in (terms.gold_floor, terms.training_floor, terms.agreement_floor):
        if floor is not None and not 0 < floor <= 1:
            raise InvalidInput("A floor is a share above 0 and at most 1.")
    if terms.training_floor is not None and not terms.training_count:
        raise InvalidInput("A floor for practice needs practice pieces: say how many come first.")


def _guideline(project_id: UUID, version: int | None) -> int:
    if version is None:
        return catalog_guidelines.current(project_id).version
    try:
        return catalog_guidelines.version(project_id, version).version
    except NotFound:
        raise InvalidInput(
            "This project has no guideline {version}; name one of its versions.", version=version
        ) from None


def _changeable(project_id: UUID, batch_id: UUID) -> Batch:
    batch = Batch.objects.filter(project_id=project_id, pk=batch_id).first()
    if batch is None:
        raise NotFound
    if batch.state == BatchState.CLOSED:
        raise BatchClosed
    return batch


def _record(batch: Batch, action: str, actor_id: int | None, details: dict[str, object]) -> None:
    audit_log.record(
        actor_id=actor_id, project_id=batch.project_id, action=action, subject=str(batch.pk), details=details
    )


def _next_number(project_id: UUID) -> int:
    lock(project_id)
    last = Batch.objects.filter(project_id=project_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _ordered(targets: Sequence[Target], *, order: BatchOrder, seed: int, project_id: UUID) -> list[Target]:
    if order == BatchOrder.BY_ID:
        return sorted(targets, key=lambda each: (each.sample_id, each.aspect_ids, each.subject_id or 0))
    drawn = list(targets)
    if order in (BatchOrder.DRAWN, BatchOrder.HARDEST):
        random.Random(seed).shuffle(drawn)
    return _hardest_first(drawn, project_id=project_id) if order == BatchOrder.HARDEST else drawn


def _hardest_first(drawn: Sequence[Target], *, project_id: UUID) -> list[Target]:
    """Equally hard ones stay as drawn. What nothing is known of stands where the average of the known does."""
    hardness = difficulty.of_targets(project_id=project_id, targets=drawn)
    known = [each for each in hardness if each is not None]
    average = sum(known) / len(known) if known else 0.0
    ranked = sorted(
        zip(hardness, drawn, strict=True), key=lambda each: average if each[0] is None else each[0], reverse=True
    )
    return [target for _, target in ranked]


def _copy_pieces(batch: Batch, targets: Sequence[Target]) -> None:
    lines = io.StringIO()
    draw = random.Random(batch.seed)
    more = set(draw.sample(range(len(targets)), round(batch.extra_share * len(targets))))
    for position, target in enumerate(targets, start=1):
        extra = batch.extra_wanted if position - 1 in more else 0
        aspects = "{" + ",".join(map(str, sorted(target.aspect_ids))) + "}"
        subject = r"\N" if target.subject_id is None else target.subject_id
        lines.write(f"{batch.pk}\t{target.sample_id}\t{aspects}\t{subject}\t1\t{position}")
        lines.write(f"\t{batch.wanted + extra}\t0\t0\t0\t0\tf\t{extra}\n")
    lines.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(
            "copy annotation_piece (batch_id, sample_id, aspects, subject_id, lane, position, wanted, held, accepted, "
            "surplus, skips, is_out, extra) from stdin",
            lines,
        )
