"""Replies of this app."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from catalog.selectors.pictures import PictureInfo
from cot_generation.prompts.diffing import PartChange
from cot_generation.selectors.rationales import RationaleInfo
from cot_generation.selectors.readings import ReadVersion
from curation.choices import StoppingRule, TrialState, Work
from curation.models import SampleRow, Slice, Trial
from curation.selectors.audits import EntryInfo, Interval, LotInfo
from curation.selectors.books import Day
from curation.selectors.differences import ChangedQuestion, Difference
from curation.selectors.economics import By, GroupEconomics
from curation.selectors.life import Event, Trained
from curation.selectors.overview import Overview
from curation.selectors.prompt_versions import Compared
from curation.selectors.releases import ReleaseInfo
from curation.selectors.trials import TrialInfo
from curation.shapes import Arm, LookResult, TrialDecision


class NeedRow(msgspec.Struct):
    key: str
    count: int
    action: str


class OverviewDetail(msgspec.Struct):
    """The loop in numbers, and what needs a person."""

    samples: int
    ready: int
    failed: int
    waiting: int
    aspects: int
    guideline: int
    judged: int
    questions: int
    answered: int
    disputed: int
    open_places: int
    rationales: int
    passed: int
    sandbox: int
    lots_open: int
    lots_decided: int
    release: str
    release_questions: int
    training: dict[str, int]
    needs: list[NeedRow]

    @classmethod
    def of(cls, found: Overview) -> OverviewDetail:
        return msgspec.convert(found, cls, from_attributes=True)


class PictureRow(msgspec.Struct):
    slot: str
    sha256: str
    width: int
    height: int

    @classmethod
    def of(cls, info: PictureInfo) -> PictureRow:
        return cls(info.slot, info.sha256, info.width, info.height)


class SampleListRow(msgspec.Struct):
    """A sample in a list. `answers` by aspect: slots with the defect; an unanswered question is absent."""

    id: int
    external_id: str
    group: str
    state: str
    answers: dict[str, list[str]]
    sources: dict[str, str]
    disputed: list[str]
    opinion_count: int
    rationale_count: int
    passed_count: int
    ways: list[str]
    sandbox: bool
    training: list[str]
    pictures: list[PictureRow]

    @classmethod
    def of(cls, row: SampleRow, pictures: list[PictureInfo]) -> SampleListRow:
        return cls(
            id=row.pk,
            external_id=row.external_id,
            group=row.group,
            state=row.state,
            answers=row.answers,
            sources=row.sources,
            disputed=list(row.disputed),
            opinion_count=row.opinion_count,
            rationale_count=row.rationale_count,
            passed_count=row.passed_count,
            ways=list(row.ways),
            sandbox=row.sandbox,
            training=list(row.training),
            pictures=[PictureRow.of(picture) for picture in pictures],
        )


class SampleListPage(msgspec.Struct):
    results: list[SampleListRow]
    after: str | None


class Facets(msgspec.Struct):
    """How many match, and how many would match with another choice in each facet."""

    count: int
    facets: dict[str, dict[str, int]]


class MatchedSamples(msgspec.Struct):
    samples: list[str]


class SliceRow(msgspec.Struct):
    id: UUID
    name: str
    query: dict[str, str]

    @classmethod
    def of(cls, row: Slice) -> SliceRow:
        return cls(row.pk, row.name, row.query)


class SliceList(msgspec.Struct):
    results: list[SliceRow]


class LifeRationale(msgspec.Struct):
    """A rationale on a sample's page."""

    id: int
    aspect: str
    way: str
    stage: str
    text: str
    concluded: list[str] | None
    passed: bool
    sandbox: bool
    cost_usd: Decimal
    created_at: datetime

    @classmethod
    def of(cls, info: RationaleInfo, aspect: str) -> LifeRationale:
        return cls(
            id=info.id,
            aspect=aspect,
            way=info.way.value,
            stage=info.stage.value,
            text=info.text,
            concluded=None if info.concluded is None else list(info.concluded),
            passed=info.passed,
            sandbox=info.sandbox,
            cost_usd=info.cost_usd,
            created_at=info.created_at,
        )


class LifeEvent(msgspec.Struct):
    """One thing that happened to the sample. `cells` is slot → aspect → severity where somebody judged.

    `facts` by name (batch, state, until, letters, revision, release, …), `text` what somebody wrote.
    """

    at: datetime
    kind: str
    group: str
    who: str
    text: str
    facts: dict[str, str]
    cells: dict[str, dict[str, str]]

    @classmethod
    def of(cls, event: Event) -> LifeEvent:
        cells = {slot: dict(by_aspect) for slot, by_aspect in event.cells.items()}
        return cls(event.at, event.kind, event.group, event.who, event.text, dict(event.facts), cells)


class QuestionLife(msgspec.Struct):
    """Where one question stands. `answer` is null while it has none; `model` is what Dawid–Skene would answer."""

    aspect: str
    answer: list[str] | None
    source: str
    opinions: int
    agreement: float | None
    confidence: float | None
    disputed: bool
    tied: list[str]
    model: list[str] | None
    model_confidence: float | None


class MarkedRegion(msgspec.Struct):
    """A region on one candidate, in pixels of the stored raster."""

    slot: str
    aspect: str
    point: tuple[float, float] | None
    box: tuple[float, float, float, float] | None
    polygon: list[tuple[float, float]] | None


class VisitRow(msgspec.Struct):
    """One visit in training: of so many rollouts, so many exact."""

    stage: str
    step: int
    exact: int
    of: int


class TrainedRow(msgspec.Struct):
    """How one run saw one question. `seen` are the newest of its `visits`, the oldest first."""

    run_id: UUID
    run_number: int
    recipe: str
    aspect: str
    state: str
    visits: int
    rollouts: int
    exact: int
    seen: list[VisitRow]

    @classmethod
    def of(cls, found: Trained) -> TrainedRow:
        return cls(
            run_id=found.run_id,
            run_number=found.run_number,
            recipe=found.recipe,
            aspect=found.aspect,
            state=found.state,
            visits=found.visits,
            rollouts=found.rollouts,
            exact=found.right,
            seen=[VisitRow(*each) for each in found.seen],
        )


class SampleLife(msgspec.Struct):
    """The whole life of a sample. `cells` and `regions` are what stands, merged over the opinions that count.

    `trained`: by run, the newest first, and aspect.
    """

    row: SampleListRow
    questions: list[QuestionLife]
    cells: dict[str, dict[str, str]]
    regions: list[MarkedRegion]
    active_ms: int
    metadata: dict[str, Any]
    events: list[LifeEvent]
    rationales: list[LifeRationale]
    releases: list[str]
    training: dict[str, str]
    trained: list[TrainedRow]


class IntervalRow(msgspec.Struct):
    """A share with its Wilson interval of 95 %; null where nothing was judged."""

    value: float | None
    low: float | None
    high: float | None

    @classmethod
    def of(cls, interval: Interval) -> IntervalRow:
        return cls(interval.value, interval.low, interval.high)


class LotRow(msgspec.Struct):
    id: UUID
    number: int
    way: str
    state: str
    population_count: int
    sample_count: int
    judged: int
    accepted: int
    rejected: int
    rate: IntervalRow
    drawn_at: datetime
    decided_at: datetime | None

    @classmethod
    def of(cls, info: LotInfo) -> LotRow:
        return cls(
            id=info.id,
            number=info.number,
            way=info.way,
            state=info.state.value,
            population_count=info.population_count,
            sample_count=info.sample_count,
            judged=info.judged,
            accepted=info.accepted,
            rejected=info.rejected,
            rate=IntervalRow.of(info.rate),
            drawn_at=info.drawn_at,
            decided_at=info.decided_at,
        )


class LotList(msgspec.Struct):
    results: list[LotRow]


class EntrySentence(msgspec.Struct):
    text: str
    slot: str | None
    aspect: str | None


class EntryReading(msgspec.Struct):
    """Where a reader found the first faulty sentence, of this text (`of_this`) or of a draft before it."""

    of_this: bool
    first_fault: int | None
    sentence: str


class EntryRow(msgspec.Struct):
    """One rationale as an auditor meets it: nothing here tells by which way it came."""

    id: int
    position: int
    sample: str
    aspect: str
    text: str
    sentences: list[EntrySentence]
    concluded: list[str] | None
    pictures: list[PictureRow]
    accepted: bool | None
    reason: str
    note: str
    first_fault: int | None
    readings: list[EntryReading]

    @classmethod
    def of(
        cls,
        entry: EntryInfo,
        rationale: RationaleInfo,
        *,
        sample: str,
        aspect: str,
        pictures: list[PictureInfo],
        read: Sequence[ReadVersion],
    ) -> EntryRow:
        return cls(
            id=entry.id,
            position=entry.position,
            sample=sample,
            aspect=aspect,
            text=rationale.text,
            sentences=[EntrySentence(each.text, each.slot, each.aspect) for each in rationale.sentences],
            concluded=None if rationale.concluded is None else list(rationale.concluded),
            pictures=[PictureRow.of(picture) for picture in pictures],
            accepted=entry.accepted,
            reason=entry.reason,
            note=entry.note,
            first_fault=entry.first_fault,
            readings=[
                EntryReading(
                    of_this=each.rationale_id == rationale.id,
                    first_fault=each.first_fault,
                    sentence="" if each.first_fault is None else each.sentences[each.first_fault],
                )
                for each in read
            ],
        )


class EntryList(msgspec.Struct):
    """The drawn sample; `way` is told once the lot is decided."""

    results: list[EntryRow]


class ShardRow(msgspec.Struct):
    path: str
    split: str
    rows: int
    sha256: str


class ReleaseDetail(msgspec.Struct):
    id: UUID
    name: str
    state: str
    hash: str
    seed: int
    guideline_version: int
    sandbox: bool
    questions: dict[str, int]
    samples: int
    families: int
    rationales: int
    left_out: dict[str, int]
    shards: list[ShardRow]
    cut_at: datetime

    @classmethod
    def of(cls, info: ReleaseInfo) -> ReleaseDetail:
        return cls(
            id=info.id,
            name=info.name,
            state=info.state,
            hash=info.hash,
            seed=info.seed,
            guideline_version=info.guideline_version,
            sandbox=info.sandbox,
            questions=info.counts.questions,
            samples=info.counts.samples,
            families=info.counts.families,
            rationales=info.counts.rationales,
            left_out=info.counts.left_out,
            shards=[ShardRow(each.path, each.split, each.rows, each.sha256) for each in info.shards],
            cut_at=info.cut_at,
        )


class ReleaseList(msgspec.Struct):
    """Newest first; `waits_for` says why a new one should not be cut yet."""

    results: list[ReleaseDetail]
    waits_for: str | None


class DifferenceDetail(msgspec.Struct):
    """From `before` to `after`, in questions. `read` of the changed ones were read for their reasons."""

    before: str
    after: str
    added: int
    added_samples: int
    removed: int
    removed_samples: int
    changed: int
    same: int
    reasons: dict[str, int]
    read: int

    @classmethod
    def of(cls, found: Difference, *, before: str, after: str) -> DifferenceDetail:
        return cls(before=before, after=after, **asdict(found))


class ChangedRow(msgspec.Struct):
    """One question that differs; null for an answer where that release has no such question."""

    question: str
    before: list[str] | None
    after: list[str] | None
    reasons: list[str]

    @classmethod
    def of(cls, found: ChangedQuestion) -> ChangedRow:
        return msgspec.convert(found, cls, from_attributes=True)


class ChangedPage(msgspec.Struct):
    results: list[ChangedRow]
    after: str | None


class Verified(msgspec.Struct):
    intact: bool
    rows: int
    faults: list[str]


class GroupEconomicsRow(msgspec.Struct):
    """One group; money in US dollars as text, so that no cent is lost. `way`, `stage`: "" where it has several.

    Of the texts whose writing was noted (`traced`), `mostly_pasted` came by paste or drop for half or more.
    `equal`: the cost of an accepted one once auditors have sorted the group to the quality that was asked for.
    """

    key: str
    name: str
    way: str
    stage: str
    sandbox: bool
    written: int
    passed: int
    calls: int
    calls_usd: Decimal
    writing_ms: int
    writing_usd: Decimal
    rework: int
    rework_ms: int
    rework_usd: Decimal
    audit_ms: int
    audit_usd: Decimal
    total_usd: Decimal
    judged: int
    accepted: int
    rate: IntervalRow
    per_accepted: Decimal | None
    per_accepted_low: Decimal | None
    per_accepted_high: Decimal | None
    traced: int
    mostly_pasted: int
    equal: Decimal | None
    equal_low: Decimal | None
    equal_high: Decimal | None

    @classmethod
    def of(cls, found: GroupEconomics) -> GroupEconomicsRow:
        return msgspec.convert(found, cls, from_attributes=True)


class RateRow(msgspec.Struct):
    """US dollars an hour of one kind of work; `since` null: the instance's own rate holds."""

    work: Work
    usd_per_hour: Decimal
    since: date | None


class DayRow(msgspec.Struct):
    """One closed day of the books, by UTC: what was posted, and what every single row gives when computed again."""

    day: date
    closed_at: datetime
    posted: Decimal
    recomputed: Decimal
    agrees: bool

    @classmethod
    def of(cls, found: Day) -> DayRow:
        return msgspec.convert(found, cls, from_attributes=True)


class EconomicsDetail(msgspec.Struct):
    """Groups, the rates of people's time that hold today, and the last closed days."""

    by: By
    results: list[GroupEconomicsRow]
    rates: list[RateRow]
    days: list[DayRow]


class TrialRow(msgspec.Struct):
    """A trial in a list."""

    id: UUID
    number: int
    name: str
    state: TrialState
    arms: list[str]
    looks: int
    per_arm: int
    chosen: str
    started_at: datetime

    @classmethod
    def of(cls, row: Trial) -> TrialRow:
        labels = [arm.label for arm in row.arms]
        chosen = labels[row.decision.chosen] if row.decision else ""
        return cls(
            row.pk, row.number, row.name, TrialState(row.state), labels, row.looks, row.per_arm, chosen, row.started_at
        )


class TrialList(msgspec.Struct):
    """Newest first."""

    results: list[TrialRow]


class LookRow(msgspec.Struct):
    """One look: how far its lot is judged, and what it showed. `z` to reach: `result.arms[].boundary`."""

    number: int
    covered: int
    lot_id: UUID | None
    lot_number: int | None
    entries: int
    judged: int
    result: LookResult | None
    drawn_at: datetime


class TrialDetail(msgspec.Struct):
    """A trial. `waiting`: an entry an arm, how many questions of the next look have no rationale yet."""

    id: UUID
    number: int
    name: str
    state: TrialState
    arms: list[Arm]
    reference: int
    margin: float
    confidence: float
    rule: StoppingRule
    looks: int
    per_arm: int
    seed: int
    taken: list[LookRow]
    waiting: list[int]
    decision: TrialDecision | None
    started_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, found: TrialInfo) -> TrialDetail:
        return msgspec.convert(found, cls, from_attributes=True)


class TrialPlan(msgspec.Struct):
    """The chance to show "not worse" by the end when the way is as good as its reference, and the z to reach."""

    chance: float
    boundaries: list[float | None]
    questions: int


class FailureShareRow(msgspec.Struct):
    """`of_check`: rationales that failed this check, of all written; else calls with this outcome, of all settled."""

    reason: str
    of_check: bool
    count: int
    share: IntervalRow


class VersionFiguresRow(msgspec.Struct):
    """What one version of a prompt led to; no `groups` before its first call, two when it ran in a sandbox too."""

    id: UUID
    name: str
    locale: str
    version: int
    pass_rate: IntervalRow
    groups: list[GroupEconomicsRow]
    failures: list[FailureShareRow]


class TermChangeRow(msgspec.Struct):
    name: str
    before: str
    after: str


class PromptVersions(msgspec.Struct):
    """Two versions side by side: texts, settings that differ, figures with their 95 % intervals."""

    before: VersionFiguresRow
    after: VersionFiguresRow
    parts: list[PartChange]
    terms: list[TermChangeRow]

    @classmethod
    def of(cls, found: Compared) -> PromptVersions:
        return cls(
            msgspec.convert(found.before, VersionFiguresRow, from_attributes=True),
            msgspec.convert(found.after, VersionFiguresRow, from_attributes=True),
            list(found.parts),
            [TermChangeRow(*each) for each in found.terms],
        )
