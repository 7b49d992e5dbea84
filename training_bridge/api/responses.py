"""Replies of this app."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from config.base.choices import WorkState
from config.base.words import retold
from training_bridge.choices import ExportFormat, ModelKind, QuestionStanding, RunState
from training_bridge.models import Export, RunEvent, TrainingRun
from training_bridge.selectors.evaluations import Figure, Row
from training_bridge.selectors.returns import Doubt, Returned
from training_bridge.shapes import Ceiling, Habits


class EndpointChoice(msgspec.Struct):
    id: UUID
    name: str
    model: str
    sandbox: bool


class TrainingOptions(msgspec.Struct):
    """What a run can be started with."""

    recipes: list[str]
    endpoints: list[EndpointChoice]


class TrainingRunRow(msgspec.Struct):
    """A run in a list; `exact` is the trained model's on the test split, once it was measured."""

    id: UUID
    number: int
    release: str
    recipe: str
    seed: int
    smoke: bool
    state: RunState
    stage: str
    stage_number: int
    stage_count: int
    progress: float
    message: str
    failure: str
    resumable: bool
    created_at: datetime
    finished_at: datetime | None
    exact: float | None

    @classmethod
    def of(cls, run: TrainingRun, exact: float | None) -> TrainingRunRow:
        return cls(
            id=run.pk,
            number=run.number,
            release=run.release_name,
            recipe=run.recipe,
            seed=run.seed,
            smoke=run.smoke,
            state=RunState(run.state),
            stage=run.stage,
            stage_number=run.stage_number,
            stage_count=run.stage_count,
            progress=run.progress,
            message=retold(run.message),
            failure=retold(run.failure),
            resumable=run.resumable,
            created_at=run.created_at,
            finished_at=run.finished_at,
            exact=exact,
        )


class TrainingRunList(msgspec.Struct):
    results: list[TrainingRunRow]
    after: str | None


class FigureValue(msgspec.Struct):
    """A share between its bounds, over `n` questions."""

    value: float
    low: float | None
    high: float | None
    n: int

    @classmethod
    def of(cls, figure: Figure | Ceiling) -> FigureValue:
        return cls(figure.value, figure.low, figure.high, figure.n)


class HabitRow(msgspec.Struct):
    """Shares of the readable answers that name too few or too many; how letters named and those true are spread."""

    too_few: float | None
    too_many: float | None
    chosen: dict[str, float]
    right: dict[str, float]

    @classmethod
    def of(cls, habits: Habits) -> HabitRow:
        return cls(habits.too_few, habits.too_many, habits.chosen, habits.right)


class EvaluationRow(msgspec.Struct):
    """One answerer. `rank` is null for what is never ranked: trivial policies, earlier stages, the sandbox.

    `by_size`: exact match by the size of the true set. `habits`: null for policies and where they were not written.
    """

    name: str
    kind: ModelKind
    sandbox: bool
    rank: int | None
    run_id: UUID
    run_number: int
    figures: dict[str, FigureValue]
    per_aspect: dict[str, FigureValue]
    by_size: dict[str, float]
    habits: HabitRow | None
    usd_per_1000: Decimal | None

    @classmethod
    def of(cls, row: Row) -> EvaluationRow:
        habits = row.answerer.habits if row.answerer else None
        return cls(
            name=row.name,
            kind=row.kind,
            sandbox=row.sandbox,
            rank=row.rank,
            run_id=row.run.pk,
            run_number=row.run.number,
            figures={name: FigureValue.of(figure) for name, figure in row.figures.items()},
            per_aspect={name: FigureValue.of(figure) for name, figure in row.per_aspect.items()},
            by_size=row.answerer.by_size if row.answerer else {},
            habits=HabitRow.of(habits) if habits else None,
            usd_per_1000=row.usd_per_1000,
        )


class ComparisonRow(msgspec.Struct):
    """The trained model's exact match less that of `other`, on the same questions."""

    other: str
    difference: float
    low: float
    high: float
    mcnemar_p: float | None


class ReturnedBatch(msgspec.Struct):
    """A batch this run gave to people; `changed` answers differ from the release by now."""

    batch_id: UUID
    at: datetime
    questions: int
    changed: int

    @classmethod
    def of(cls, returned: Returned) -> ReturnedBatch:
        return cls(returned.batch_id, returned.at, returned.questions, returned.changed)


class TrainingRunDetail(msgspec.Struct):
    """Everything about a run but its curves and its doubted questions."""

    run: TrainingRunRow
    release_hash: str
    step: int
    steps: int
    cancel_asked_at: datetime | None
    launched_at: datetime | None
    standings: dict[str, int]
    evaluation: list[EvaluationRow]
    best_trivial: str
    comparisons: list[ComparisonRow]
    endpoint: str
    endpoint_sandbox: bool
    endpoint_note: str
    endpoint_answered: bool
    returned: list[ReturnedBatch]


class RunEventRow(msgspec.Struct):
    """One event as the trainer told it; `body` has the fields of its kind."""

    n: int
    at: datetime
    kind: str
    body: dict[str, object]

    @classmethod
    def of(cls, event: RunEvent) -> RunEventRow:
        return cls(event.n, event.at, event.kind, event.body)


class RunEventList(msgspec.Struct):
    """`after` continues behind the last one; null when there is no further one yet."""

    results: list[RunEventRow]
    after: int | None


class LogTail(msgspec.Struct):
    """The end of what the run's process printed."""

    text: str


class AnsweredSet(msgspec.Struct):
    """One set of slots that the model gave, and how often; null: an answer that could not be read."""

    picked: list[str] | None
    count: int


class DoubtPicture(msgspec.Struct):
    slot: str
    sha256: str


class DoubtRow(msgspec.Struct):
    """One question the run doubts: as the release froze it, as the model answers, as people answer now."""

    id: int
    question: str
    sample: str
    aspect: str
    standing: QuestionStanding
    answer: list[str]
    answer_source: str
    opinions: int | None
    agreement: float | None
    visits: int
    rollouts: int
    exact_rate: float | None
    loss_rank: int | None
    answers: list[AnsweredSet]
    answer_now: list[str] | None
    disputed_now: bool
    changed: bool
    pictures: list[DoubtPicture]
    returned_batch_id: UUID | None

    @classmethod
    def of(cls, doubt: Doubt) -> DoubtRow:
        state, now = doubt.state, doubt.now
        return cls(
            id=state.pk,
            question=state.question,
            sample=state.sample_external_id,
            aspect=state.aspect,
            standing=QuestionStanding(state.standing),
            answer=list(state.answer),
            answer_source=state.answer_source,
            opinions=state.opinions,
            agreement=state.agreement,
            visits=state.visits,
            rollouts=state.rollouts,
            exact_rate=doubt.exact_rate,
            loss_rank=state.loss_rank,
            answers=[
                AnsweredSet(None if each.picked is None else list(each.picked), each.count)
                for each in state.answers[:4]
            ],
            answer_now=None if now is None or now.answer is None else list(now.answer),
            disputed_now=bool(now and now.disputed),
            changed=doubt.changed,
            pictures=[DoubtPicture(picture.slot, picture.sha256) for picture in doubt.pictures],
            returned_batch_id=state.returned_batch_id,
        )


class DoubtList(msgspec.Struct):
    """The first of them, how many there are of each standing, and how many of those are not with people yet.

    `measured`: how many have a loss, `measured_still_here` without those that are with people.
    """

    results: list[DoubtRow]
    counts: dict[str, int]
    still_here: dict[str, int]
    measured: int
    measured_still_here: int


class ReturnBatchReply(msgspec.Struct):
    batch_id: UUID
    questions: int


class Leaderboard(msgspec.Struct):
    """Everybody on the test split of `release`; `releases` are those that have been measured on.

    `human_ceiling`: how often people agree on the questions that at least two of them answered.
    """

    release: str
    releases: list[str]
    results: list[EvaluationRow]
    comparisons: dict[str, list[ComparisonRow]]
    human_ceiling: FigureValue | None


class ExportRow(msgspec.Struct):
    """An export and how far it is; `bytes` and `sha256` are of the archive."""

    id: UUID
    format: ExportFormat
    seed: int
    state: WorkState
    rows_done: int
    row_count: int
    bytes: int
    sha256: str
    failure: str
    asked_at: datetime

    @classmethod
    def of(cls, export: Export) -> ExportRow:
        return cls(
            id=export.pk,
            format=ExportFormat(export.format),
            seed=export.seed,
            state=WorkState(export.state),
            rows_done=export.rows_done,
            row_count=export.row_count,
            bytes=export.bytes,
            sha256=export.sha256,
            failure=retold(export.failure),
            asked_at=export.asked_at,
        )


class ExportList(msgspec.Struct):
    results: list[ExportRow]
