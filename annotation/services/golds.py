"""Questions whose answer is known: making them, stocking batches with them, and what follows from a judgement.

Belongs here: gold for practice and hidden gold, their results, the pause of a person below a batch's floor.
Does not: which claim gets one (statements.CLAIM), whether a cell is right (gold.py), figures about people (selectors).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models.functions import Now

from accounts.services import audit_log
from annotation import gold
from annotation.choices import BatchState, GoldEnd, GoldSource, PauseReason, Purpose
from annotation.errors import GoldNotFound, GoldUnusable, NotPaused
from annotation.models import Annotation, Batch, Gold, GoldResult, PersonTurn
from annotation.querying import Row, first, run
from annotation.selectors import golds as gold_selectors
from annotation.services import practice, statements
from annotation.shapes import Cells, Tolerances
from catalog.selectors import aspects as catalog_aspects
from catalog.selectors import samples as catalog_samples
from config.base.errors import InvalidInput

MOST_JUDGED = 40  # people; after so many, word of a hidden question has had its chance to go round

# One gold piece a live gold question whose sample the batch does not hold anyway and that checks something of what
# the batch's pieces ask (the commonest set of aspects). Assisted batches take only gold that has imported verdicts too:
# a piece without any would stand out. The position is drawn, so that it tells nothing within one reply.
STOCK = """
with b as (select id, project_id, piece_count, assist, kind, gold_share, training_count from annotation_batch where id = %(b)s),
asked as (
    select aspects from annotation_piece where batch_id = %(b)s and gold_id is null
    group by aspects order by count(*) desc, aspects limit 1),
keys as (
    select array_agg(e.key) as keys from catalog_aspect e, asked, b
    where e.project_id = b.project_id and e.retired_at is null and (asked.aspects = '{}' or e.id = any(asked.aspects)))
insert into annotation_piece (batch_id, sample_id, aspects, lane, position, wanted, held, accepted, surplus, skips, is_out, gold_id)
select b.id, g.sample_id, asked.aspects, 1, 1 + floor(random() * greatest(b.piece_count, 1))::bigint, 0, 0, 0, 0, 0, false, g.id
from b, asked, keys, annotation_gold g
where g.project_id = b.project_id and g.retired_at is null and b.kind = 'label'
    and ((g.purpose = 'gold' and b.gold_share > 0) or (g.purpose = 'training' and b.training_count > 0))
    and not exists (select 1 from annotation_piece p where p.batch_id = b.id and p.sample_id = g.sample_id and p.gold_id is null)
    and exists (select 1 from jsonb_each(g.expected) as cell(slot, said) where said ?| keys.keys)
    and (b.assist = 'blind' or exists (
        select 1 from annotation_annotation x where x.sample_id = g.sample_id and x.origin = 'imported'))
on conflict (batch_id, sample_id, subject_id, aspects) do update set gold_id = excluded.gold_id
where annotation_piece.gold_id is not null
"""  # noqa: E501  (a statement reads better unwrapped)


class Feedback(msgspec.Struct, frozen=True):
    """What somebody learns from a practice piece: each checked cell, and why."""

    cells: list[FeedbackCell]
    note: str


class FeedbackCell(msgspec.Struct, frozen=True):
    """`is_right` is null where the answer was unsure."""

    slot: str
    aspect: str
    expected: str
    said: str
    is_right: bool | None


@dataclass(frozen=True)
class NewGold:
    """One gold question to be made: the sample and the cells that are checked."""

    sample_id: int
    expected: Cells
    note: str = ""


@transaction.atomic
def make(
    *,
    project_id: UUID,
    questions: Sequence[NewGold],
    purpose: Purpose,
    source: GoldSource,
    tolerance: Tolerances,
    actor_id: int | None,
    most_judged: int = MOST_JUDGED,
) -> list[Gold]:
    """New gold, at once in every open batch that takes some. A sample's earlier gold is retired and replaced.

    Raises InvalidInput (purpose, tolerance), GoldUnusable with the samples whose cells do not fit them.
    """
    keys = {aspect.key for aspect in catalog_aspects.of_project(project_id)}
    if purpose == Purpose.OPINION or most_judged < 1 or not set(tolerance) <= keys:
        raise InvalidInput("Gold is for practice or hidden; its tolerances name aspects of the project.")
    if not questions:
        raise GoldUnusable("No sample has an answer of this kind that could be gold.")
    sample_ids = [each.sample_id for each in questions]
    infos = catalog_samples.infos(sample_ids)
    slots = {sample_id: info.slots for sample_id, info in infos.items() if info.project_id == project_id}
    unusable = [each.sample_id for each in questions if not _fits(each.expected, slots.get(each.sample_id, ()), keys)]
    if unusable or len(set(sample_ids)) < len(sample_ids):
        raise GoldUnusable(samples=[infos[each].external_id for each in unusable[:20]], count=len(unusable))
    practice.reconsider(project_id=project_id)
    Gold.objects.live().filter(sample_id__in=sample_ids).update(retired_at=Now(), retired_why=GoldEnd.BY_LEAD)
    Gold.objects.bulk_create(
        Gold(
            project_id=project_id,
            sample_id=each.sample_id,
            purpose=purpose,
            source=source,
            expected=each.expected,
            tolerance=tolerance,
            note=each.note.strip()[:2000],
            most_judged=most_judged,
            created_by_id=actor_id,
        )
        for each in questions
    )
    for batch_id in (
        Batch.objects.in_project(project_id)
        .exclude(state=BatchState.CLOSED)
        .order_by("pk")
        .values_list("pk", flat=True)
    ):
        stock(batch_id)
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="gold.made",
        subject=str(project_id),
        details={"count": len(questions), "purpose": purpose.value, "source": source.value},
    )
    return list(Gold.objects.live().filter(sample_id__in=sample_ids).order_by("pk"))


def make_from_answers(
    *,
    project_id: UUID,
    source: GoldSource,
    purpose: Purpose,
    tolerance: Tolerances,
    sample_ids: Sequence[int] | None,
    most: int,
    actor_id: int | None,
    most_judged: int = MOST_JUDGED,
) -> list[Gold]:
    """Gold out of answers that stand: adjudicated, of two or more agreeing opinions, or imported; not gold yet.

    `sample_ids` None: whichever have one, the most certain first, `most` of them. Raises as `make`.
    """
    found = gold_selectors.answered(project_id=project_id, source=source, sample_ids=sample_ids, most=most)
    questions = [NewGold(sample_id, cells) for sample_id, cells in found.items()]
    return make(
        project_id=project_id,
        questions=questions,
        purpose=purpose,
        source=source,
        tolerance=tolerance,
        actor_id=actor_id,
        most_judged=most_judged,
    )


@transaction.atomic
def retire(*, project_id: UUID, gold_id: UUID, why: GoldEnd, actor_id: int) -> None:
    """Give it out no more. `wrong` also takes its results out of everybody's figures. Raises GoldNotFound."""
    practice.reconsider(project_id=project_id)
    retired = Gold.objects.in_project(project_id).live().filter(pk=gold_id).update(retired_at=Now(), retired_why=why)
    if not retired:
        raise GoldNotFound
    if why == GoldEnd.WRONG:
        GoldResult.objects.filter(gold_id=gold_id).update(is_void=True)
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="gold.retired",
        subject=str(gold_id),
        details={"why": why.value},
    )


def stock(batch_id: UUID) -> int:
    """Put into a batch every gold question it may use and does not hold yet. Returns how many."""
    return run(STOCK, {"b": batch_id})


@transaction.atomic
def let_go_on(*, project_id: UUID, batch_id: UUID, user_id: int, actor_id: int) -> None:
    """Lift a pause (the window of hidden gold starts anew), or let somebody below the practice floor through.

    Raises NotPaused.
    """
    turns = PersonTurn.objects.filter(batch_id=batch_id, batch__project_id=project_id, annotator_id=user_id)
    turn = turns.select_for_update(of=("self",)).first()
    if turn is None:
        raise NotPaused
    why = turn.paused_why or PauseReason.PRACTICE
    if why == PauseReason.GOLD:
        turn.paused_at, turn.paused_why, turn.paused_aspect, turn.gold_since = None, "", None, Now()
        turn.save(update_fields=["paused_at", "paused_why", "paused_aspect", "gold_since"])
    elif not practice.let_through(turn):
        raise NotPaused
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="person.resumed",
        subject=str(batch_id),
        details={"user": user_id, "why": str(why)},
    )


def settle(row: Row, *, cells: Cells, user_id: int, project_id: UUID) -> Feedback | None:
    """The second statement of a submit, where the first one found gold. Feedback for practice, None for hidden gold.

    A pause and the retirement of a leaked question cost a statement more, and happen seldom.
    """
    known = msgspec.json.decode(row["gold"])
    ids = {key: aspect_id for aspect_id, key, _ in msgspec.json.decode(row["aspects"])}
    checked = gold.check(
        expected=known["expected"],
        said=cells,
        tolerance=known["tolerance"],
        threshold=row["threshold"],
        aspects=ids,
    )
    low = first(
        statements.SUBMIT_GOLD,
        {
            "results": msgspec.json.encode(
                [{**asdict(each), "aspect_id": ids[each.aspect]} for each in checked]
            ).decode(),
            "b": row["batch_id"],
            "u": user_id,
            "a": row["assignment_id"],
            "gold": known["id"],
            "purpose": row["purpose"],
            "ms": row["added"],
            "window": row["gold_window"],
            "floor": row["gold_floor"],
        },
    )
    if row["purpose"] == Purpose.TRAINING:
        return Feedback([_cell(each) for each in checked], known["note"])
    if low is not None:
        _pause(row, aspect_id=low["aspect_id"], right=low["right_count"], user_id=user_id, project_id=project_id)
    if known["judged"] + 1 >= gold.LAST + gold.BEFORE:
        _retire_if_leaked(UUID(known["id"]))
    return None


def feedback_on(assignment_id: int) -> Feedback | None:
    """The same feedback once more, for a submit that is repeated."""
    results = list(
        GoldResult.objects.filter(assignment_id=assignment_id, purpose=Purpose.TRAINING)
        .select_related("gold", "aspect")
        .order_by("slot", "aspect__key")
    )
    if not results:
        return None
    cells = [FeedbackCell(each.slot, each.aspect.key, each.expected, each.said, each.is_right) for each in results]
    return Feedback(cells, results[0].gold.note)


def _cell(checked: gold.CheckedCell) -> FeedbackCell:
    return FeedbackCell(checked.slot, checked.aspect, checked.expected, checked.said, checked.is_right)


def _pause(row: Row, *, aspect_id: int, right: int, user_id: int, project_id: UUID) -> None:
    PersonTurn.objects.filter(batch_id=row["batch_id"], annotator_id=user_id, paused_at__isnull=True).update(
        paused_at=Now(), paused_why=PauseReason.GOLD, paused_aspect_id=aspect_id
    )
    audit_log.record(
        actor_id=None,
        project_id=project_id,
        action="person.paused",
        subject=str(row["batch_id"]),
        details={
            "user": user_id,
            "why": PauseReason.GOLD.value,
            "aspect": aspect_id,
            "right": right,
            "of": row["gold_window"],
        },
    )


def _retire_if_leaked(gold_id: UUID) -> None:
    said = (
        Annotation.objects.filter(revision=1, assignment__purpose=Purpose.GOLD, assignment__piece__gold_id=gold_id)
        .order_by("-pk")
        .values_list("cells", "active_ms")[: gold.LAST + gold.BEFORE]
    )
    if gold.has_leaked(list(said)[::-1]):
        Gold.objects.live().filter(pk=gold_id).update(retired_at=Now(), retired_why=GoldEnd.LEAKED)


def _fits(expected: Cells, slots: Sequence[str], keys: set[str]) -> bool:
    named = {key for by_aspect in expected.values() for key in by_aspect}
    return bool(named) and set(expected) <= set(slots) and named <= keys
