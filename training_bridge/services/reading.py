"""A run's files into tables, each line once.

Belongs here: events, ledger visits, states, evaluations. Called under the run's row lock.
Does not: whether the run lives (supervision.py).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import structlog

from catalog.selectors import samples as sample_selectors
from curation.services import projection
from curation.services.projection import Noted
from training_bridge import segments
from training_bridge.choices import Metric, ModelKind, QuestionStanding
from training_bridge.errors import BrokenReport
from training_bridge.models import Evaluation, QuestionState, RunEvent, TrainingRun
from training_bridge.services.runs import folder_of
from training_bridge.shapes import Answered, Answerer, Ceiling, Comparison, Habits
from training_bridge.shapes import Visit as SeenVisit

log = structlog.get_logger()

ROUNDS = 4  # files' chunks a sweep, so that a run that tells much does not hold up the others
VISITS_KEPT = 40  # of one question in one run, one by one; older ones are in the sums only


class Event(msgspec.Struct, frozen=True):
    """The part of an event that every kind has."""

    n: int
    at: datetime
    kind: str


class Visit(msgspec.Struct, frozen=True):
    """One ledger line, as far as it is kept."""

    question: str
    source: str
    rewards: list[float]
    exact: list[bool]
    picked: list[list[str] | None]
    dead: bool
    stage: str = ""
    step: int = 0


class Mined(msgspec.Struct, frozen=True):
    """One line of mining/questions.jsonl."""

    question: str
    state: str
    weight: float | None = None
    loss: float | None = None


class Interval(msgspec.Struct, frozen=True):
    """A value between its bounds."""

    value: float
    low: float | None = None
    high: float | None = None


class Part(msgspec.Struct, frozen=True):
    """Exact match on a part of the questions: those of one aspect, or of one size of the true set."""

    n: int
    exact: float
    low: float | None = None
    high: float | None = None


class Model(msgspec.Struct, frozen=True):
    """One answerer of evaluation/test.json."""

    name: str
    kind: str
    answered: int
    exact: Interval
    jaccard: Interval
    reward: float
    per_option: float
    unparsable: float
    per_aspect: dict[str, Part]
    per_gold_size: dict[str, Part] = {}
    habits: Habits | None = None


class Report(msgspec.Struct, frozen=True):
    """evaluation/test.json."""

    split: str
    questions: int
    models: list[Model]
    best_trivial: str | None = None
    comparisons: list[Comparison] = []
    human_ceiling: Ceiling | None = None


_event = msgspec.json.Decoder(Event)
_visit = msgspec.json.Decoder(Visit)
_mined = msgspec.json.Decoder(Mined)
_report = msgspec.json.Decoder(Report)


def take_in(run: TrainingRun) -> bool:
    """Everything new in the run's folder. False: there is more than one round takes."""
    events, ledger = take_in_events(run), take_in_ledger(run)
    if ledger:
        take_in_standings(run)
    take_in_evaluation(run)
    return events and ledger


def take_in_events(run: TrainingRun) -> bool:
    """New events. False: there are more."""
    folder = folder_of(run)
    for _ in range(ROUNDS):
        lines, cursor = segments.new_lines(folder, "events", run.event_cursor)
        if not lines:
            return True
        events = [(_decode(_event, line, "events"), line) for line in lines if line.strip()]
        RunEvent.objects.bulk_create(
            (
                RunEvent(run=run, n=event.n, at=event.at, kind=event.kind[:20], body=msgspec.json.decode(line))
                for event, line in events
            ),
            ignore_conflicts=True,
        )
        run.event_cursor = cursor
        run.save(update_fields=["event_cursor"])
    return False


def take_in_ledger(run: TrainingRun) -> bool:
    """New visits, summed per question. False: there are more."""
    folder = folder_of(run)
    for _ in range(ROUNDS):
        lines, cursor = segments.new_lines(folder, "ledger", run.ledger_cursor)
        if not lines:
            return True
        visits = [_decode(_visit, line, "ledger") for line in lines if line.strip()]
        _sum_up(run, [visit for visit in visits if visit.source != "evaluation"])
        run.ledger_cursor = cursor
        run.save(update_fields=["ledger_cursor"])
    return False


def _sum_up(run: TrainingRun, visits: Iterable[Visit]) -> None:
    by_question: dict[str, list[Visit]] = {}
    for visit in visits:
        by_question.setdefault(visit.question, []).append(visit)
    states = {row.question: row for row in QuestionState.objects.of_run(run.pk).filter(question__in=by_question)}
    for question, seen in by_question.items():
        state = states.get(question)
        if state is None:  # not a training question of this release: nothing that could go back to people
            continue
        answers: Counter[tuple[str, ...] | None] = Counter({each.picked: each.count for each in state.answers})
        for visit in seen:
            state.visits += 1
            state.rollouts += len(visit.exact)
            state.right += sum(visit.exact)
            state.reward_sum += sum(visit.rewards)
            state.dead_visits += visit.dead
            answers.update(None if picked is None else tuple(sorted(picked)) for picked in visit.picked)
        state.seen = [
            *state.seen,
            *(SeenVisit(each.stage, each.step, sum(each.exact), len(each.exact)) for each in seen),
        ]
        del state.seen[:-VISITS_KEPT]
        state.answers = [Answered(picked, count) for picked, count in answers.most_common()]
    QuestionState.objects.bulk_update(
        states.values(), ["visits", "rollouts", "right", "reward_sum", "dead_visits", "answers", "seen"], batch_size=500
    )


def take_in_standings(run: TrainingRun) -> None:
    """States of all visited questions, and losses, when the file that holds them is another than last time."""
    found = _changed(folder_of(run) / "mining" / "questions.jsonl", run.standings_digest)
    if found is None:
        return
    content, digest = found
    mined = {row.question: row for row in (_decode(_mined, line, "mining") for line in content.splitlines() if line)}
    ranks = _ranks(mined.values())
    known = {choice.value for choice in QuestionStanding}
    states = list(QuestionState.objects.of_run(run.pk).filter(question__in=mined))
    for state in states:
        row = mined[state.question]
        if row.state not in known:
            raise BrokenReport(
                "mining/questions.jsonl of run {run} names the state {named!r}.", run=run.number, named=row.state
            )
        state.standing, state.weight = QuestionStanding(row.state), row.weight
        state.loss, state.loss_rank = row.loss, ranks.get(row.question)
    QuestionState.objects.bulk_update(states, ["standing", "weight", "loss", "loss_rank"], batch_size=1000)
    # Of a question that was not visited the newest run knows nothing that an older one did not.
    _tell_the_lists(run, [state for state in states if state.standing != QuestionStanding.UNSEEN])
    run.standings_digest = digest
    run.save(update_fields=["standings_digest"])


def _ranks(mined: Iterable[Mined]) -> dict[str, int]:
    """Places from the highest loss, 1 first; questions without one have none."""
    losses = {row.question: row.loss for row in mined if row.loss is not None}
    ordered = sorted(losses, key=lambda question: (-losses[question], question))
    return {question: place for place, question in enumerate(ordered, start=1)}


def _tell_the_lists(run: TrainingRun, states: list[QuestionState]) -> None:
    """The explorer and later releases know of each question what the newest run made of it."""
    sample_ids = sample_selectors.by_external_ids(run.project_id, {state.sample_external_id for state in states})
    projection.note_difficulty(
        project_id=run.project_id,
        run=f"r-{run.number}",
        questions=[
            Noted(
                sample_id=sample_ids[state.sample_external_id],
                aspect_key=state.aspect,
                state=state.standing,
                exact_rate=round(state.right / state.rollouts, 4) if state.rollouts else None,
            )
            for state in states
            if state.sample_external_id in sample_ids
        ],
    )


def take_in_evaluation(run: TrainingRun) -> None:
    """The scores of everybody, when they were written anew."""
    found = _changed(folder_of(run) / "evaluation" / "test.json", run.evaluation_digest)
    if found is None:
        return
    content, digest = found
    report: Report = _decode(_report, content, "evaluation")
    Evaluation.objects.filter(run=run, split=report.split).delete()
    Evaluation.objects.bulk_create(figure for model in report.models for figure in _figures(run, report.split, model))
    run.comparisons, run.best_trivial = report.comparisons, report.best_trivial or ""
    run.answerers = [
        Answerer(model.name, {size: part.exact for size, part in model.per_gold_size.items()}, model.habits)
        for model in report.models
    ]
    run.human_ceiling = report.human_ceiling
    run.evaluation_digest = digest
    run.save(update_fields=["comparisons", "best_trivial", "answerers", "human_ceiling", "evaluation_digest"])


def _figures(run: TrainingRun, split: str, model: Model) -> list[Evaluation]:
    kind = ModelKind(model.kind)
    sandbox = kind == ModelKind.ENDPOINT and model.name == run.endpoint_name and run.endpoint_sandbox

    def figure(metric: Metric, value: float, n: int, aspect: str = "", **bounds: float | None) -> Evaluation:
        return Evaluation(
            run=run,
            split=split,
            name=model.name[:80],
            kind=kind,
            sandbox=sandbox,
            metric=metric,
            aspect=aspect,
            value=value,
            n=n,
            **bounds,
        )

    exact, jaccard = model.exact, model.jaccard
    return [
        figure(Metric.EXACT, exact.value, model.answered, low=exact.low, high=exact.high),
        figure(Metric.JACCARD, jaccard.value, model.answered, low=jaccard.low, high=jaccard.high),
        figure(Metric.REWARD, model.reward, model.answered),
        figure(Metric.PER_OPTION, model.per_option, model.answered),
        figure(Metric.UNPARSABLE, model.unparsable, model.answered),
        *(
            figure(Metric.EXACT, each.exact, each.n, aspect, low=each.low, high=each.high)
            for aspect, each in model.per_aspect.items()
        ),
    ]


def _changed(path: Path, digest: str) -> tuple[bytes, str] | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    fresh = hashlib.sha256(content).hexdigest()
    return None if fresh == digest else (content, fresh)


def _decode(decoder: msgspec.json.Decoder[Any], content: bytes, what: str) -> Any:
    try:
        return decoder.decode(content)
    except msgspec.DecodeError as error:
        raise BrokenReport(
            "A line of the run's {what} is not what the contract says: {why}", what=what, why=str(error)
        ) from None
