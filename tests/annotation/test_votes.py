"""Consensus arithmetic, against tables worked by hand."""

from __future__ import annotations

import pytest

from annotation import votes
from annotation.choices import ConsensusSource
from annotation.shapes import Cells, Severity

ASPECT = "physical_shadow"


def said(a: Severity, b: Severity) -> Cells:
    return {"A": {ASPECT: a}, "B": {ASPECT: b}}


def outcome(*opinions: Cells, threshold: str = "minor") -> votes.Outcome:
    found = votes.outcome(opinions=opinions, slots=["A", "B"], aspect=ASPECT, threshold=threshold)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("opinions", "answer", "tied", "unsure"),
    [
        # one voice
        ([said("none", "major")], "B", "", ""),
        ([said("none", "none")], "", "", ""),
        ([said("none", "unsure")], None, "", "B"),
        # two that agree, though not on the severity
        ([said("minor", "none"), said("major", "none")], "A", "", ""),
        # two that differ
        ([said("minor", "none"), said("none", "none")], None, "A", ""),
        # sure against unsure is a difference between two
        ([said("minor", "none"), said("unsure", "none")], None, "A", ""),
        # both unsure: nobody differs, nobody knows
        ([said("unsure", "none"), said("unsure", "none")], None, "", "A"),
        # three: two to one
        ([said("minor", "none"), said("none", "none"), said("major", "none")], "A", "", ""),
        # three: one abstains, the others differ
        ([said("minor", "none"), said("none", "none"), said("unsure", "none")], None, "A", ""),
        # three: two abstain
        ([said("minor", "none"), said("unsure", "none"), said("unsure", "none")], "A", "", ""),
        # four: two to two
        ([said("minor", "none"), said("minor", "none"), said("none", "none"), said("none", "none")], None, "A", ""),
    ],
)
def test_a_question_is_voted_on_cell_by_cell(opinions: list[Cells], answer: str | None, tied: str, unsure: str) -> None:
    found = outcome(*opinions)

    assert (found.answer, found.tied, found.unsure) == (answer, tied, unsure)
    assert found.disputed == bool(tied)


def test_the_threshold_decides_what_is_a_defect() -> None:
    opinions = [said("minor", "major"), said("minor", "major")]

    assert outcome(*opinions, threshold="minor").answer == "AB"
    assert outcome(*opinions, threshold="major").answer == "B"


def test_two_severities_on_the_same_side_of_the_threshold_do_not_differ() -> None:
    assert outcome(said("minor", "none"), said("none", "none"), threshold="major").answer == ""


def test_confidence_follows_the_weakest_cell() -> None:
    assert outcome(said("none", "none")).confidence == pytest.approx(2 / 3)
    assert outcome(said("none", "none"), said("none", "none")).confidence == pytest.approx(3 / 4)
    two_to_one = outcome(said("minor", "none"), said("minor", "none"), said("none", "none"))
    assert two_to_one.confidence == pytest.approx(3 / 5)
    assert outcome(said("minor", "none"), said("none", "none")).confidence is None


def test_agreement_is_the_share_of_pairs_that_say_the_same() -> None:
    # A: three pairs, one of which agrees; B: three pairs, all agree.
    found = outcome(said("minor", "none"), said("minor", "none"), said("none", "none"))

    assert found.agreement == pytest.approx(4 / 6)
    assert outcome(said("none", "none")).agreement is None


def test_who_did_not_judge_the_aspect_has_no_voice_in_it() -> None:
    other: Cells = {"A": {"placement_layout": "major"}, "B": {"placement_layout": "none"}}

    found = outcome(said("major", "none"), other)

    assert (found.opinions, found.source, found.answer) == (1, ConsensusSource.SINGLE, "A")
    assert votes.outcome(opinions=[other], slots=["A", "B"], aspect=ASPECT, threshold="minor") is None
