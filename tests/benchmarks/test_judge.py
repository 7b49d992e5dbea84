"""The judge's benchmark finds planted errors and leanings with their size, and none where none is planted."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from decimal import Decimal

import pytest

from benchmarks import _judge_cases as cases_of
from benchmarks import judge as bench
from benchmarks._judge_asking import Judge
from benchmarks._judge_cases import FAULTS, Case
from benchmarks._planted_judge import Leanings, PlantedJudge
from cot_generation.money import Price
from cot_generation.providers.answers import Answer, Target
from training_bridge.trainer.metrics.intervals import wilson

FREE = Price(Decimal(0), Decimal(0))
NOWHERE = Target("", "")


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [cases_of.case(number, seed=3, side=48) for number in range(160)]


def found_by(cases: list[Case], leanings: Leanings) -> list[bench.Said]:
    judge = Judge(PlantedJudge(cases, leanings, seed=4).ask, NOWHERE, "planted", FREE, Decimal(1), hints=True)
    return asyncio.run(bench.look_at_all(judge, cases))


def test_recall_and_false_alarms_are_those_that_were_planted(cases: list[Case]) -> None:
    found = found_by(cases, Leanings(recall=0.6, false_alarms=0.1))

    recall = wilson(*bench.rate(found, *(f"fault/{kind}" for kind in FAULTS)))
    alarms = wilson(*bench.rate(found, "sound"))

    assert recall.low < 0.6 < recall.high
    assert alarms.low < 0.1 < alarms.high
    assert recall.high - recall.low < 0.1


def test_a_judge_that_sees_everything_misses_no_fault_and_vetoes_nothing_sound(cases: list[Case]) -> None:
    found = found_by(cases, Leanings(recall=1.0, false_alarms=0.0))

    for kind in FAULTS:
        vetoed, of = bench.rate(found, f"fault/{kind}")
        assert (vetoed, of > 20) == (of, True), kind
    for name in ("sound", "padded/sound", "settled/sound", "own/sound"):
        assert bench.rate(found, name) == (0, len(cases)), name


def test_an_even_judge_shows_no_bias(cases: list[Case]) -> None:
    assert [each.name for each in bench.biases(found_by(cases, Leanings())) if each.found] == []


@pytest.mark.parametrize(
    ("planted", "effects"),
    [
        ({"first": 0.2}, {"first_of_two": 0.2}),
        ({"spares_longer": 0.6}, {"padded_faulty": -0.42}),
        ({"overlooks_last": 0.6}, {"fault_last": -0.42}),
        ({"leans_on_settled": 0.8}, {"settled_faulty": 0.24}),
        ({"own": 0.25, "spares_own": 0.6}, {"own_of_two": 0.25, "own_faulty": -0.42}),
        ({"own": -0.25}, {"own_of_two": -0.25}),
    ],
)
def test_a_planted_leaning_is_found_with_its_size_and_no_other(
    cases: list[Case], planted: Mapping[str, float], effects: Mapping[str, float]
) -> None:
    """Of seven faulty texts in ten that it vetoes, a share of six in ten escapes: 0.42."""
    seen = {each.name: each for each in bench.biases(found_by(cases, Leanings(**planted))) if each.found}

    assert set(seen) == set(effects)
    for name, size in effects.items():
        assert seen[name].interval.low < size < seen[name].interval.high, seen[name]


def test_a_longer_text_taken_for_its_length_shows_as_length(cases: list[Case]) -> None:
    seen = {each.name for each in bench.biases(found_by(cases, Leanings(longer=0.25))) if each.found}

    # Its own texts are longer too, so leaning to length shows there as well: the guide says so.
    assert seen == {"longer_of_two", "own_of_two"}


@pytest.mark.parametrize("kind", sorted(FAULTS))
def test_a_planted_fault_changes_what_is_said(cases: list[Case], kind: str) -> None:
    fitting = [(case, text) for case in cases if (text := cases_of.planted(case, kind)) is not None]

    assert len(fitting) > 20
    assert all(cases_of.said(text) != cases_of.said(case.sound) for case, text in fitting)


def test_it_stops_before_the_next_call_could_pass_the_cap(cases: list[Case]) -> None:
    planted = PlantedJudge(cases, Leanings())
    dear = Price(Decimal(10), Decimal(10))  # 2,000 tokens in and 60 out are $0.0206
    judge = Judge(planted.ask, NOWHERE, "planted", dear, Decimal("5.00"), hints=True)

    found = asyncio.run(bench.look_at_all(judge, cases[:40]))

    assert len(found) < 40
    assert judge.spent == Decimal("0.0206") * judge.calls
    assert Decimal("4.5") < judge.spent <= Decimal("5.00")


def test_a_real_endpoint_is_not_told_which_question_it_is_asked(cases: list[Case]) -> None:
    sent: list[Mapping[str, str]] = []

    async def ask(target: Target, body: bytes, headers: Mapping[str, str]) -> Answer:
        sent.append(headers)
        return Answer(status=400, body='{"error": {"message": "no"}}')

    judge = Judge(ask, NOWHERE, "m", FREE, Decimal(1))
    assert asyncio.run(judge.sound(cases[0], cases[0].sound)) is None

    assert sent == [{}]
    assert (judge.unanswered, judge.spent) == (1, Decimal(0))
