"""Replies of this app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import msgspec
from django.conf import settings

from annotation import kinds
from annotation.choices import (
    AfterDeadline,
    AssistPolicy,
    BatchOrder,
    BatchState,
    GoldEnd,
    GoldSource,
    LeaseKind,
    Purpose,
    ReviewVerdict,
    SkipPolicy,
    SkipReason,
)
from annotation.models import Batch, BatchDraft, Gold
from annotation.selectors import batches, money, opinions
from annotation.selectors.consensus import ConsensusInfo
from annotation.selectors.recounts import RecountProgress
from annotation.services.batches import Terms
from annotation.services.hot import ClaimProgress, turns_of
from annotation.services.leases import Beat
from annotation.shapes import Cells, Region, Suggestion, Tolerances


class BatchRow(msgspec.Struct):
    """A batch with its progress. `accepted` of `places` are filled; `mine` are the caller's own turns.

    To those who cannot tell gold apart both are turns: else progress would stand still at each gold question.
    `idle_ms`: without a sign from the person for so long, active time stops. `paused_for`: the aspect on which the
    caller fell below the batch's gold floor; null while they may go on.
    """

    id: UUID
    number: int
    kind: str
    kind_label: str
    name: str
    state: BatchState
    wanted: int
    maximum: int
    order: BatchOrder
    skip_policy: SkipPolicy
    people: list[int]
    assist: AssistPolicy
    person_cap: int | None
    day_cap: int | None
    due_at: datetime | None
    after_due: AfterDeadline
    training_count: int
    idle_ms: int
    guideline_version: int
    pieces: int
    places: int
    accepted: int
    skipped: int
    active_ms: int
    people_count: int
    mine: int
    may_work: bool
    paused_for: str | None
    created_at: datetime
    closed_at: datetime | None

    @classmethod
    def of(
        cls, batch: Batch, *, totals: batches.Totals, own: batches.OwnTurn, may_work: bool, tells_gold: bool
    ) -> BatchRow:
        done, places = totals.accepted, batch.place_count
        if not tells_gold:
            done, places = totals.turns, turns_of(batch.place_count, batch.gold_share)
        return cls(
            id=batch.pk,
            number=batch.number,
            kind=batch.kind,
            kind_label=kinds.by_code(batch.kind).label,
            name=batch.name,
            state=BatchState(batch.state),
            wanted=batch.wanted,
            maximum=batch.maximum,
            order=BatchOrder(batch.order),
            skip_policy=SkipPolicy(batch.skip_policy),
            people=batch.people,
            assist=AssistPolicy(batch.assist),
            person_cap=batch.person_cap,
            day_cap=batch.day_cap,
            due_at=batch.due_at,
            after_due=AfterDeadline(batch.after_due),
            training_count=batch.training_count,
            idle_ms=1000 * settings.IDLE_SECONDS,
            guideline_version=batch.guideline_version,
            pieces=batch.piece_count,
            places=places,
            accepted=min(done, places),
            skipped=totals.skipped,
            active_ms=totals.active_ms,
            people_count=totals.people,
            mine=own.submitted,
            may_work=may_work,
            paused_for=own.paused_for,
            created_at=batch.created_at,
            closed_at=batch.closed_at,
        )


class BatchDraftRow(msgspec.Struct):
    """A batch that is not started yet."""

    id: UUID
    name: str
    version: int
    saved_by: str
    saved_at: datetime

    @classmethod
    def of(cls, draft: BatchDraft, *, names: Mapping[int, str]) -> BatchDraftRow:
        return cls(draft.pk, draft.name, draft.version, names.get(draft.saved_by_id, ""), draft.saved_at)


class BatchDraftList(msgspec.Struct):
    results: list[BatchDraftRow]


class BatchDraftDetail(msgspec.Struct):
    """With what the page kept in it."""

    draft: BatchDraftRow
    body: dict[str, object]


class BatchList(msgspec.Struct):
    results: list[BatchRow]
    after: str | None


class GoldScore(msgspec.Struct):
    """Hidden gold questions of one aspect judged right, of those that say something (unsure says nothing)."""

    aspect: str
    right: int
    judged: int


class BatchPersonRow(msgspec.Struct):
    user_id: int
    name: str
    submitted: int
    skipped: int
    sent_back: int
    held: int
    active_ms: int
    last_at: datetime | None
    practised: int
    gold: list[GoldScore]
    paused_at: datetime | None
    paused_for: str | None

    @classmethod
    def of(cls, person: batches.PersonInBatch, *, gold: list[GoldScore], paused_for: str | None) -> BatchPersonRow:
        return cls(
            user_id=person.user_id,
            name=person.name,
            submitted=person.submitted,
            skipped=person.skipped,
            sent_back=person.sent_back,
            held=person.held,
            active_ms=person.active_ms,
            last_at=person.last_at,
            practised=person.practised,
            gold=gold,
            paused_at=person.paused_at,
            paused_for=paused_for,
        )


class HeldRow(msgspec.Struct):
    """A piece that is out; a lead may take it back by its assignment."""

    assignment_id: int
    sample: str
    name: str
    lease: LeaseKind
    lease_until: datetime | None
    sent_back: bool


class SkippedRow(msgspec.Struct):
    sample: str
    name: str
    reason: SkipReason
    note: str
    is_out: bool


class BatchMoney(msgspec.Struct):
    """All of a batch's active time at today's rate, in US dollars. `expected_usd`: for all its places at this pace."""

    hourly_usd: Decimal
    rate_since: date | None
    spent_usd: Decimal
    expected_usd: Decimal | None
    budget_usd: Decimal | None

    @classmethod
    def of(cls, spent: money.Spent) -> BatchMoney:
        return cls(spent.rate.usd_per_hour, spent.rate.since, spent.usd, spent.expected, spent.budget)


class BatchDetail(msgspec.Struct):
    """One batch; terms, money, people, held and skipped pieces are shown to leads only, and what gold it has."""

    batch: BatchRow
    terms: Terms | None
    money: BatchMoney | None
    gold_stock: GoldStock | None
    people: list[BatchPersonRow]
    held: list[HeldRow]
    skipped: list[SkippedRow]
    out: int
    invited: list[str]


class BatchOption(msgspec.Struct):
    """What this number of opinions would take instead. Expected further opinions are in it.

    `to_adjudicate`: pieces expected to stay tied; null where that was never seen, and for one opinion. `wrong`: share
    of hidden gold questions that the vote of so many people answers wrongly, ± `wrong_margin` (95 %), over
    `wrong_questions` that enough people judged.
    """

    wanted: int
    maximum: int
    turns: int
    active_ms: int
    usd: Decimal
    to_adjudicate: int | None
    wrong: float | None
    wrong_margin: float | None
    wrong_questions: int


class BatchPreview(msgspec.Struct):
    """What a batch would hold and take.

    `turns` = `places` (wanted and extra share) + `further` (expected where opinions differ) + `gold`; `most_turns` if
    every piece needed the most. `pace_ms` is the mean active time of the newest opinions of this project with its 95 %
    interval, null before the first; `rate_since`: from when on the rate holds, null where nobody entered one;
    `per_day_ms` what people gave a day over the last week, to all its work.
    `not_disputed`: samples without a question to rule on, where rulings are asked for.
    `known_difficulty`: of how many pieces it is known how hard they are; null unless the hardest come first.
    """

    asked: int
    unknown: list[str]
    unknown_count: int
    pictures_missing: int
    judged: int
    in_open_batch: int
    not_disputed: int
    samples: int
    pieces: int
    known_difficulty: int | None
    places: int
    further: int
    gold: int
    turns: int
    most_turns: int
    pace_ms: int | None
    pace_low_ms: int | None
    pace_high_ms: int | None
    pace_opinions: int
    active_ms: int | None
    usd: Decimal | None
    hourly_usd: Decimal
    rate_since: date | None
    per_day_ms: int
    people: int
    gold_stock: GoldStock
    options: list[BatchOption]


class GoldStock(msgspec.Struct):
    """Live gold questions: to practise on, and hidden."""

    training: int
    hidden: int


class ClaimedPicture(msgspec.Struct):
    """`O` is the original. `url` takes `?fit=320`, `768` or `full`."""

    slot: str
    sha256: str
    width: int
    height: int
    url: str


class ClaimedSample(msgspec.Struct):
    id: int
    external_id: str


class ClaimedDraft(msgspec.Struct):
    version: int
    body: dict[str, object]
    saved_at: datetime


class ClaimedAssignment(msgspec.Struct):
    """One piece to judge. `letters[i]` is the slot shown under letter A + i; `sent_back` says why it came back.

    `practice`: the submit answers with feedback. `suggestion`: imported verdicts, where the batch shows them at once.
    """

    assignment_id: int
    fence: int
    lease_until: datetime
    letters: str
    active_ms: int
    sent_back: str
    subject_id: int | None
    practice: bool
    suggestion: Suggestion | None
    sample: ClaimedSample
    pictures: list[ClaimedPicture]
    aspects: list[str]
    draft: ClaimedDraft | None


class HeldAssignment(msgspec.Struct):
    assignment_id: int
    fence: int
    lease_until: datetime


class ClaimReply(msgspec.Struct):
    """New pieces first to last in working order; `held` confirms known ones (what is missing there is lost).

    `nothing_left`: no piece is open to the caller. `retry_after_ms`: others have the last ones locked; ask again.
    `cap_reached`: `batch` or `day`, when the caller may do no more in all or today; else empty.
    """

    assignments: list[ClaimedAssignment]
    held: list[HeldAssignment]
    batch: ClaimProgress
    nothing_left: bool
    retry_after_ms: int | None
    cap_reached: str


class BeatReply(msgspec.Struct):
    lease_until: datetime
    active_ms: int

    @classmethod
    def of(cls, beat: Beat) -> BeatReply:
        return cls(lease_until=beat.lease_until, active_ms=beat.active_ms)


class DraftReply(msgspec.Struct):
    version: int


class LeaveReply(msgspec.Struct):
    returned: int


class DecisionRow(msgspec.Struct):
    """One of the caller's own opinions; `revisable` while nothing was built on it."""

    annotation_id: int
    assignment_id: int
    batch_id: UUID
    sample: str
    revision: int
    letters: str
    cells: Cells
    regions: list[Region]
    active_ms: int
    submitted_at: datetime
    revisable: bool

    @classmethod
    def of(cls, decision: opinions.Decision, *, sample: str) -> DecisionRow:
        return cls(
            annotation_id=decision.annotation_id,
            assignment_id=decision.assignment_id,
            batch_id=decision.batch_id,
            sample=sample,
            revision=decision.revision,
            letters=decision.letters,
            cells=decision.cells,
            regions=list(decision.regions),
            active_ms=decision.active_ms,
            submitted_at=decision.submitted_at,
            revisable=decision.revisable,
        )


class DecisionList(msgspec.Struct):
    results: list[DecisionRow]


class DisputedQuestion(msgspec.Struct):
    sample: str
    aspects: list[str]


class DisputeList(msgspec.Struct):
    """Disputed questions that nobody adjudicates yet, by sample."""

    samples: int
    questions: int
    results: list[DisputedQuestion]


class OpinionShown(msgspec.Struct):
    """An opinion without its name."""

    label: str
    cells: Cells
    regions: list[Region]


class QuestionStanding(msgspec.Struct):
    """A question's standing; `tied` and `unsure` are slots."""

    aspect: str
    answer: list[str] | None
    tied: list[str]
    unsure: list[str]
    source: str
    opinions: int
    agreement: float | None

    @classmethod
    def of(cls, info: ConsensusInfo, *, aspect: str) -> QuestionStanding:
        return cls(
            aspect=aspect,
            answer=None if info.answer is None else list(info.answer),
            tied=list(info.tied),
            unsure=list(info.unsure),
            source=info.source,
            opinions=info.opinions,
            agreement=info.agreement,
        )


class AdjudicationDetail(msgspec.Struct):
    """What an adjudicator rules on: the opinions unnamed, and the disputed questions.

    `precedents`: by aspect, how often each severity was ruled before on a cell whose opinions differed.
    """

    assignment_id: int
    fence: int
    opinions: list[OpinionShown]
    questions: list[QuestionStanding]
    precedents: dict[str, dict[str, int]]


class EarlierReview(msgspec.Struct):
    """What was said of this turn before: the reason, and where it looks."""

    round: int
    reason: str
    regions: list[Region]
    reviewed_at: datetime


class ReviewDetail(msgspec.Struct):
    """The opinion under review, without its author. `earlier`: what this turn was sent back for, oldest first."""

    assignment_id: int
    fence: int
    annotation_id: int
    revision: int
    cells: Cells
    regions: list[Region]
    aspects: list[str]
    active_ms: int
    submitted_at: datetime
    earlier: list[EarlierReview]


class ReviewReply(msgspec.Struct):
    annotation_id: int
    verdict: ReviewVerdict
    reviewed_at: datetime


class RecountDetail(msgspec.Struct):
    """How far the answers have followed the newest change of rule or aspects, in samples; `failed` counts ranges."""

    rule_version: int
    samples: int
    done: int
    changed: int
    failed: int
    failure: str
    asked_at: datetime
    finished_at: datetime | None

    @classmethod
    def of(cls, found: RecountProgress) -> RecountDetail:
        return cls(**asdict(found))


class RecountReply(msgspec.Struct):
    """`recount` is null while neither rule nor aspects have changed."""

    recount: RecountDetail | None


class OutdatedAspectRow(msgspec.Struct):
    """Questions judged under other words, by the version they were judged under; `waiting` are asked again."""

    aspect: str
    questions: int
    waiting: int
    by_version: dict[int, int]


class OutdatedReply(msgspec.Struct):
    version: int
    results: list[OutdatedAspectRow]


class PrelabelRefusalRow(msgspec.Struct):
    """Why one was not taken; `index` is its place in the request."""

    index: int
    sample: str
    field: str
    reason: str


class PrelabelReply(msgspec.Struct):
    """What became of the request: everything that is not refused is stored, or was already."""

    stored: int
    unchanged: int
    refused: list[PrelabelRefusalRow]


class GoldRow(msgspec.Struct):
    """A gold question and how people did on it. Leads only: nobody who judges may read any of this."""

    id: UUID
    sample: str
    purpose: Purpose
    source: GoldSource
    expected: Cells
    tolerance: Tolerances
    note: str
    judged: int
    most_judged: int
    scores: list[GoldScore]
    created_at: datetime
    retired_at: datetime | None
    retired_why: GoldEnd | None

    @classmethod
    def of(cls, gold: Gold, *, sample: str, scores: list[GoldScore]) -> GoldRow:
        return cls(
            id=gold.pk,
            sample=sample,
            purpose=Purpose(gold.purpose),
            source=GoldSource(gold.source),
            expected=gold.expected,
            tolerance=gold.tolerance,
            note=gold.note,
            judged=gold.judged_count,
            most_judged=gold.most_judged,
            scores=scores,
            created_at=gold.created_at,
            retired_at=gold.retired_at,
            retired_why=GoldEnd(gold.retired_why) if gold.retired_why else None,
        )


class GoldList(msgspec.Struct):
    results: list[GoldRow]
    after: str | None


class GoldCandidates(msgspec.Struct):
    """Samples with answers that could become gold, by where the answer comes from."""

    adjudicated: int
    consensus: int
    imported: int


class GoldSummary(msgspec.Struct):
    """Live gold, what is retired, and what more could be made."""

    training: int
    hidden: int
    retired: int
    candidates: GoldCandidates


class GoldMade(msgspec.Struct):
    made: int
