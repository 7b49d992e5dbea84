"""Claim and submit: the two requests that every annotator pays for all day.

Belongs here: one statement for a claim, two for a submit, and what Python decides between them.
Does not: the statements' text (statements.py), giving places back (leases.py), other kinds' results (their owners).

Why not the ORM: at 128,000 pieces and 32 people the ordinary shape costs 5.6 and 9.2 ms of CPU a request, this one 1.5
and 1.9. Statement counts are pinned by tests (one for a claim, two for a submit, and one more for who asks).
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.selectors.hot import HotAccess
from annotation import kinds, votes
from annotation.choices import PauseReason, Purpose
from annotation.errors import BatchNotOpen, DeadlinePassed, LeaseLost, NotOnThisBatch, PausedByGold, PracticeBelowFloor
from annotation.models import Annotation
from annotation.querying import Row, first, rows, run
from annotation.selectors import opinions
from annotation.services import drafts, golds, practice, statements, verdicts
from annotation.shapes import Cells, Region, Suggestion
from config.base import work
from config.base.errors import Forbidden, InvalidInput, KeyReused, NotFound

LEASE = timedelta(minutes=15)
MOST_HELD = 8  # one in work and some prefetched; a person never hoards more
SLACK = 50  # positions behind the furthest piece taken; what others had locked lies this close
BEATS_MS = 60_000  # pages beat twice as often; what one beat may add lies this far above the idle rule
LEAST_TURNS = 3  # before anybody is told a pace of their own
HINT_EVERY_S = 1.0  # the sweep finds what no hint announced, so a hint a second is plenty

_sorted_json = msgspec.json.Encoder(order="sorted").encode
_hinted_at = 0.0


class PracticeProgress(msgspec.Struct, frozen=True):
    """How much of the practice is done, further rounds each from nothing. `of` is what there is for this person.

    `floor`: the share that must be right on each aspect before anything else comes; null where practice only teaches.
    `below`: the aspects on which the last round was not; empty in the first.
    """

    done: int
    of: int
    floor: float | None
    below: list[str]


class ClaimProgress(msgspec.Struct, frozen=True):
    """Own turns and time, and how many of the batch's turns are done, as those see them who cannot tell gold apart.

    Practice is no turn of the batch: it is told by `practice`, which is null when none is left to do. `pace_ms` is
    one's own mean time a turn, practice too; null before the third.
    """

    submitted: int
    active_ms: int
    pace_ms: int | None
    accepted: int
    places: int
    practice: PracticeProgress | None


class Claimed(msgspec.Struct, frozen=True):
    """What a claim gives: assignments as PostgreSQL wrote them, what is still held, and how far the batch is."""

    assignments: msgspec.Raw
    held: msgspec.Raw
    batch: ClaimProgress
    nothing_left: bool
    retry_after_ms: int | None
    cap_reached: str


class SubmittedReply(msgspec.Struct, frozen=True):
    """What a submit answers, now and whenever it is repeated with the same key.

    `feedback` comes with practice only, `suggestion` where the batch shows imported verdicts after the submit.
    """

    annotation_id: int
    assignment_id: int
    revision: int
    submitted_at: datetime
    active_ms: int
    feedback: golds.Feedback | None = None
    suggestion: Suggestion | None = None


def claim(*, access: HotAccess, slug: str, batch_id: UUID, count: int, known: Sequence[int] = ()) -> Claimed:
    """Fill up to `count` held pieces. `known` are assignments the caller already has; they are only confirmed.

    Raises NotFound, Forbidden (the kind needs a higher role), NotOnThisBatch, BatchNotOpen, DeadlinePassed,
    PausedByGold, PracticeBelowFloor.
    """
    values = {
        "b": batch_id,
        "p": access.project_id,
        "u": access.user_id,
        "n": max(1, min(count, MOST_HELD)),
        "known": list(known),
        "kinds": [kind.code for kind in kinds.open_to(access.role)],
        "referees": kinds.independent(),
        "lease": LEASE,
        "slack": SLACK,
        "salt": f"{batch_id}{access.user_id}",
        "pictures": f"/api/v1/projects/{slug}/pictures/",
    }
    row = _claim_once(values)
    if not row["has_turn"]:
        _refuse(row)
        run(statements.START_TURN, values)
        row = _claim_once(values)
    if _practice_ended(row):
        practice.settle(project_id=access.project_id, batch_id=batch_id, user_id=access.user_id)
        row = _claim_once(values)
        if not row["has_turn"]:
            _refuse(row)
    empty = bool(row["known_empty"])
    retry_after_ms = None
    if row["needed"] and not row["picked"] and row["is_open"]:
        if run(statements.WALK_AGAIN, values):
            row = _claim_once(values)
        if not row["picked"]:
            empty = bool(run(statements.REMEMBER_EMPTY, values))
            retry_after_ms = None if empty else 500
    return Claimed(
        assignments=msgspec.Raw(row["assignments"].encode()),
        held=msgspec.Raw(row["held"].encode()),
        batch=ClaimProgress(
            submitted=row["submitted"],
            active_ms=row["active_ms"],
            pace_ms=round(row["active_ms"] / row["turns"]) if row["turns"] >= LEAST_TURNS else None,
            accepted=int(row["accepted"] or 0),
            places=turns_of(row["place_count"], row["gold_share"]),
            practice=_practice(row),
        ),
        nothing_left=empty,
        retry_after_ms=retry_after_ms,
        cap_reached="batch" if row["full_batch"] else "day" if row["full_day"] else "",
    )


def _practice_ended(row: Row) -> bool:
    """Nothing to practise on is left or out, and nothing else may come before it is passed."""
    return bool(row["needed"]) and not row["is_open"] and not row["to_practise"]


def _practice(row: Row) -> PracticeProgress | None:
    if row["is_open"] and not row["to_practise"]:
        return None
    return PracticeProgress(
        done=row["practised"],
        of=row["practised"] + row["to_practise"],
        floor=row["training_floor"],
        below=[] if row["is_open"] else [each["key"] for each in msgspec.json.decode(row["below"] or "[]")],
    )


def most_per_beat_ms() -> int:
    """Active time that one beat or submit is believed at most, whatever the page says."""
    return 1000 * int(settings.IDLE_SECONDS) + BEATS_MS


def turns_of(places: int, gold_share: float) -> int:
    """Turns that so many places take with the gold between them: progress in places would stand still at each gold."""
    return round(places / (1 - gold_share))


def submit(
    *,
    access: HotAccess,
    assignment_id: int,
    fence: int,
    key: UUID,
    cells: Cells,
    regions: Sequence[Region],
    active_ms: int,
) -> SubmittedReply:
    """One opinion, its consensus and its counters, in one transaction. The same key again gives the same reply.

    Raises LeaseLost (the body is kept as the draft), KeyReused, VerdictsIncomplete, VerdictsOutside, RegionOutside.
    """
    digest = body_hash(cells, regions)
    if b"\\u0000" in msgspec.json.encode(regions):
        raise InvalidInput("Text cannot hold the character U+0000.")
    values: dict[str, object] = {
        "a": assignment_id,
        "p": access.project_id,
        "u": access.user_id,
        "f": fence,
        "ms": max(0, active_ms),
        "idle_ms": most_per_beat_ms(),
        "cells": msgspec.json.encode(cells).decode(),
        "regions": msgspec.json.encode(list(regions)).decode(),
        "key": key,
        "hash": digest,
    }
    try:
        with transaction.atomic():
            row = first(statements.SUBMIT_1, values)
            feedback = None if row is None else _settle(row, access=access, cells=cells, regions=regions)
    except IntegrityError as error:
        if "annotation_once_per_key" not in str(error):
            raise
        row = None
    if row is not None:
        hint()
        return SubmittedReply(
            row["id"],
            assignment_id,
            row["revision"],
            row["submitted_at"],
            row["active_ms"],
            feedback,
            msgspec.json.decode(row["suggestion"], type=Suggestion) if row["suggestion"] else None,
        )
    return _said_before(
        access=access, assignment_id=assignment_id, key=key, digest=digest, cells=cells, regions=regions
    )


def body_hash(cells: Cells, regions: Sequence[Region]) -> bytes:
    """Of what was said, not of how the request was written: a resend may carry another fence or time."""
    return hashlib.sha256(_sorted_json([cells, list(regions)])).digest()


def hint() -> None:
    """Say, at most once a second, that events wait; the sweep would find them within five."""
    global _hinted_at
    now = time.monotonic()
    if settings.SUBSCRIBERS["sample_changed"] and now - _hinted_at >= HINT_EVERY_S:
        _hinted_at = now
        work.announce("base.OutboxMessage")


def _settle(row: Row, *, access: HotAccess, cells: Cells, regions: Sequence[Region]) -> golds.Feedback | None:
    aspects: list[tuple[int, str, list[str]]] = msgspec.json.decode(row["aspects"] or "[]")
    slots: list[tuple[str, int, int]] = msgspec.json.decode(row["slots"] or "[]")
    verdicts.check(cells=cells, regions=regions, aspects=aspects, slots=slots)
    if row["purpose"] != Purpose.OPINION:
        return golds.settle(row, cells=cells, user_id=access.user_id, project_id=access.project_id)
    others: list[Cells] = msgspec.json.decode(row["others"])
    seen: int = row["seen"]
    if row["judged_otherwise"]:
        # Rare, so a statement of its own; the vote below finds the opinions changed and asks for them again.
        turns = {"s": row["sample_id"], "u": access.user_id, "a": row["assignment_id"]}
        left = dict(rows(statements.SUPERSEDE, turns))
        if row["assignment_id"] in left:
            cells = msgspec.json.decode(left[row["assignment_id"]], type=Cells)
    while True:
        outcomes = votes.outcomes(
            opinions=[*others, cells], slots=[slot for slot, _, _ in slots], aspects=aspects, threshold=row["threshold"]
        )
        fresh = first(
            statements.SUBMIT_2,
            {
                "s": row["sample_id"],
                "p": access.project_id,
                "u": access.user_id,
                "b": row["batch_id"],
                "piece": row["piece_id"],
                "ms": row["added"],
                "rule": row["version"],
                "seen": seen,
                "outcomes": msgspec.json.encode(outcomes).decode(),
                "extra": _wants_another(row, outcomes),
                "event": msgspec.json.encode(
                    {"project_id": str(access.project_id), "sample_ids": [row["sample_id"]]}
                ).decode(),
                "subscribers": settings.SUBSCRIBERS["sample_changed"],
            },
        )
        if fresh is None or fresh["ok"]:
            return None
        # Somebody else's opinion was committed while we waited for the sample; vote again with it.
        again = first(statements.OPINIONS, {"s": row["sample_id"], "a": row["assignment_id"]})
        assert again is not None
        others, seen = msgspec.json.decode(again["others"]), again["seen"]


def _wants_another(row: Row, outcomes: Sequence[Mapping[str, Any]]) -> bool:
    """An extra opinion: all are in, they are tied or agree less than the batch asks for, and it allows one more."""
    floor = row["agreement_floor"]
    full = row["accepted"] >= row["wanted"] and row["wanted"] < row["maximum"] and not row["is_out"]
    return full and any(
        outcome["tied"] or (floor is not None and outcome["agreement"] is not None and outcome["agreement"] < floor)
        for outcome in outcomes
    )


def _said_before(
    *,
    access: HotAccess,
    assignment_id: int,
    key: UUID,
    digest: bytes,
    cells: Cells,
    regions: Sequence[Region],
) -> SubmittedReply:
    """The first reply again, for a repeated submit. Raises KeyReused, LeaseLost, AssignmentNotFound."""
    said = Annotation.objects.filter(annotator_id=access.user_id, key=key).first()
    if said is None:
        body = {"cells": cells, "regions": msgspec.to_builtins(list(regions))}
        drafts.keep(user_id=access.user_id, project_id=access.project_id, assignment_id=assignment_id, body=body)
        raise LeaseLost(assignment_id=assignment_id)
    if said.assignment_id != assignment_id or bytes(said.body_hash or b"") != digest:
        raise KeyReused(assignment_id=assignment_id)
    return SubmittedReply(
        said.pk,
        assignment_id,
        said.revision,
        said.submitted_at,
        said.active_ms,
        golds.feedback_on(assignment_id),
        opinions.suggested_after(assignment_id),
    )


def _claim_once(values: Mapping[str, object]) -> Row:
    row = first(statements.CLAIM, values)
    if row is None:
        raise NotFound
    return row


def _refuse(row: Row) -> None:
    """Nobody without a right gets a turn in the batch."""
    if not row["fits"]:
        raise Forbidden("This kind of work needs another role; ask a lead of the project.")
    if not row["invited"]:
        raise NotOnThisBatch
    if row["state"] != "open":
        raise BatchNotOpen(state=row["state"])
    if row["overdue"]:
        raise DeadlinePassed(due_at=row["due_at"].isoformat())
    if row["paused_why"] == PauseReason.PRACTICE:
        below: list[dict[str, str]] = msgspec.json.decode(row["below"] or "[]")
        if not below:
            raise PracticeBelowFloor(aspects=[])
        raise PracticeBelowFloor(
            "In practice, fewer of your verdicts were as known than this batch asks for on: {names}. No practice is "
            "left; a lead will talk to you and can let you go on.",
            names=", ".join(each.get("en") or each["key"] for each in below),
            aspects=below,
        )
    if row["paused_for"]:
        # Pages say it in their reader's language by the code and the aspect's names.
        names: dict[str, str] = msgspec.json.decode(row["paused_for"])
        raise PausedByGold(
            "Your work in this batch is paused: on '{name}' your verdicts often differ from known answers. A "
            "lead will talk to you and can let you go on.",
            name=names.get("en") or names["key"],
            aspect=names["key"],
            names={locale: name for locale, name in names.items() if locale != "key"},
        )
