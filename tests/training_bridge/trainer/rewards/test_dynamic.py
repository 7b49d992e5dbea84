"""Each reading of "dynamic" on hand-worked numbers, with a case in which it differs from the plain one."""

import pytest

from training_bridge.trainer.rewards import dynamic, scoring
from training_bridge.trainer.rewards.scoring import Answer, Key, Rewarding

OPTIONS = frozenset("ABCD")


def said(picked: str | None, *, well_formed: bool = True, think: str = "", tokens: int = 30) -> Answer:
    letters = None if picked is None else frozenset(picked)
    return Answer(letters, letters, well_formed, think, tokens)


def totals(gold: str, *picked: str | None, variant: str = "right_minus_wrong", **more: object) -> list[float | None]:
    progress = {key: more.pop(key) for key in ("step", "steps") if key in more}
    weight = float(more.pop("aspect_weight", 1.0))  # type: ignore[arg-type]
    key = Key(frozenset(gold), OPTIONS, aspect_weight=weight)
    answers = [said(each) for each in picked]
    earned = scoring.of_group(answers, key, variant=variant, settings=Rewarding(**more), **progress)  # type: ignore[arg-type]
    return [one.total for one in earned]


def test_size_pays_a_right_letter_by_the_size_of_the_gold_set_and_none_pays_it_alike() -> None:
    assert totals("AB", "A", dynamic="size") == [1 / 2]
    assert totals("ABC", "A", dynamic="size") == [1 / 3]
    assert totals("AB", "A", dynamic="none") == totals("ABC", "A", dynamic="none") == [1 / 4]
    assert totals("AB", "AB", dynamic="none") == [1.0]
    assert totals("AB", "ABC", dynamic="none") == [1 / 4]
    assert totals("AB", "AC", "BC", variant="jaccard", dynamic="none") == [1 / 3, 1 / 3]


def test_schedule_moves_from_partial_credit_to_exact_match() -> None:
    def at(step: int) -> list[float | None]:
        return totals("AB", "A", "AB", dynamic="schedule", schedule_start=0.25, schedule_end=0.75, step=step, steps=100)

    assert at(0) == at(25) == [1 / 2, 1.0]
    assert at(50) == [1 / 4, 1.0]
    assert at(75) == at(100) == [0.0, 1.0]


def test_group_pays_partial_credit_until_somebody_in_the_group_is_right() -> None:
    assert totals("AB", "A", "ABC", "C", dynamic="group") == [1 / 2, 1 / 2, 0.0]
    assert totals("AB", "A", "AB", "C", dynamic="group") == [0.0, 1.0, 0.0]


def test_aspect_pays_more_where_defects_are_rarer() -> None:
    weights = dynamic.aspect_weights([("shadow", 1, 40), ("shadow", 0, 38), ("layout", 19, 38)])
    # (78 + 2) / (1 + 1) = 40 and (38 + 2) / (19 + 1) = 2; their mean is 21; held within one half and two.
    assert weights == {"layout": 0.5, "shadow": pytest.approx(40 / 21)}
    assert totals("AB", "A", dynamic="aspect", aspect_weight=weights["layout"]) == [1 / 4]


def test_the_gate_takes_all_and_can_be_switched_off() -> None:
    key = Key(frozenset("A"), OPTIONS)
    loose = [said("A", well_formed=False)]
    assert scoring.of_group(loose, key, variant="exact", settings=Rewarding())[0].total == 0.0
    assert scoring.of_group(loose, key, variant="exact", settings=Rewarding(gate=False))[0].total == 1.0


def test_every_part_is_told_alone_and_counts_by_its_weight() -> None:
    key = Key(frozenset("A"), OPTIONS, marked={"A": [(0.1, 0.1, 0.2, 0.2)]}, words=frozenset({"shadow"}))
    answers = [said("A", think="A shadow [100, 100, 200, 200]. B ok. C ok. D ok.", tokens=30)]
    plain = scoring.of_group(answers, key, variant="exact", settings=Rewarding())[0]
    assert plain.total == 1.0
    assert plain.parts == pytest.approx(
        dict.fromkeys(("accuracy", "format", "consistency", "grounding", "length"), 1.0)
    )
    paid = scoring.of_group(answers, key, variant="exact", settings=Rewarding(grounding=0.5, consistency=0.1))[0]
    assert paid.total == pytest.approx(1.6)


def test_the_matrix_leaves_unsure_cells_out() -> None:
    sure = Key(frozenset("A"), OPTIONS)
    open_ = Key(frozenset("A"), OPTIONS, unsure=frozenset("D"))
    answers = [said("AD"), said("A"), said(""), said(None)]
    earned = [
        [one.total for one in scoring.of_group(answers, key, variant="matrix", settings=Rewarding())]
        for key in (sure, open_)
    ]
    assert earned == [[3 / 4, 1.0, 3 / 4, 0.0], [1.0, 1.0, 2 / 3, 0.0]]
