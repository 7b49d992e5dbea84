"""Questions whose answer is known: practice first, then hidden ones that nobody can tell from the rest."""

from __future__ import annotations

from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from accounts.models import AuditLogEntry, Project, User
from annotation.choices import GoldEnd, GoldSource, Purpose
from annotation.errors import GoldUnusable, NotPaused, PausedByGold
from annotation.models import Annotation, Assignment, Batch, Consensus, Gold, GoldResult, PersonTurn, Piece
from annotation.selectors import batches as batch_selectors
from annotation.selectors import golds as gold_selectors
from annotation.services import golds, leases
from annotation.services.batches import Terms
from annotation.shapes import Cells
from tests.builders import accounts, catalog
from tests.builders import annotation as build

pytestmark = pytest.mark.django_db
FLAWED = build.verdicts({"B/physical_shadow": "major"})


@pytest.fixture
def project() -> Project:
    return accounts.project()


@pytest.fixture
def one(project: Project) -> User:
    return accounts.member(project, Role.ANNOTATOR)


def make(
    project: Project, count: int, *, purpose: Purpose = Purpose.GOLD, expected: Cells | None = None, **more: object
) -> list[Gold]:
    return golds.make(
        project_id=project.pk,
        questions=[
            golds.NewGold(sample.pk, FLAWED if expected is None else expected)
            for sample in catalog.samples(project.pk, count)
        ],
        purpose=purpose,
        source=GoldSource.BY_HAND,
        actor_id=None,
        **{"tolerance": {}, **more},  # type: ignore[arg-type]  # each test names what it needs
    )


def purposes(*, of: User) -> list[str]:
    return list(Assignment.objects.filter(annotator=of).order_by("pk").values_list("purpose", flat=True))


def test_one_turn_in_every_so_many_is_gold_and_nobody_can_count_to_it(project: Project, one: User) -> None:
    make(project, 8)
    batch = build.batch(project, catalog.samples(project.pk, 40), terms=Terms(gold_share=0.2))
    two = accounts.member(project, Role.ANNOTATOR)

    for person in (one, two):
        for _ in range(20):
            build.opinion(batch, person, FLAWED)

    for person in (one, two):
        ranks = [rank for rank, purpose in enumerate(purposes(of=person)) if purpose == "gold"]
        assert [rank // 5 for rank in ranks] == [0, 1, 2, 3]
    assert [purpose == "gold" for purpose in purposes(of=one)] != [purpose == "gold" for purpose in purposes(of=two)]


def test_gold_is_kept_out_of_places_counters_and_answers(project: Project, one: User) -> None:
    gold = make(project, 4)
    batch = build.batch(project, catalog.samples(project.pk, 4), terms=Terms(gold_share=0.5))

    for _ in range(8):
        build.opinion(batch, one, FLAWED)

    turn = PersonTurn.objects.get()
    assert (turn.submitted, turn.uncounted) == (8, 4)
    totals = batch_selectors.totals([batch.pk])[batch.pk]
    assert (totals.accepted, totals.turns) == (4, 8)
    batch.refresh_from_db()
    assert (batch.piece_count, batch.place_count) == (4, 4)
    assert set(Piece.objects.filter(gold__isnull=False).values_list("wanted", "held", "accepted")) == {(0, 0, 0)}
    samples = {each.sample_id for each in gold}
    assert not Consensus.objects.filter(sample_id__in=samples).exists()
    assert set(Annotation.objects.filter(sample_id__in=samples).values_list("counts", flat=True)) == {False}


def test_gold_looks_like_any_other_piece_in_every_reply(project: Project, one: User) -> None:
    (gold,) = make(project, 1)
    batch = build.batch(project, catalog.samples(project.pk, 3), terms=Terms(gold_share=0.5))
    replies = []
    for _ in range(4):
        claimed = build.claimed_reply(batch, one)
        (given,) = build.claim(batch, one)
        said = build.submit(batch, one, given, FLAWED)
        replies.append((given.sample["id"] == gold.sample_id, claimed.batch, said))

    assert [is_gold for is_gold, _, _ in replies].count(True) == 1
    assert [progress.submitted for _, progress, _ in replies] == [0, 1, 2, 3]
    assert [progress.accepted for _, progress, _ in replies] == [0, 1, 2, 3]
    assert {(said.feedback, said.suggestion) for _, _, said in replies} == {(None, None)}


def test_a_submit_of_gold_costs_two_statements_as_well(project: Project, one: User) -> None:
    make(project, 1)
    batch = build.batch(project, catalog.samples(project.pk, 1), terms=Terms(gold_share=0.5, gold_floor=0.5))
    given = build.claim(batch, one, count=2)
    gold = next(each for each in given if Assignment.objects.get(pk=each.assignment_id).purpose == "gold")
    plain = next(each for each in given if each is not gold)
    build.submit(batch, one, plain, FLAWED)  # prepares the statements

    with CaptureQueriesContext(
        connection,
    ) as asked:
        build.submit(batch, one, gold, FLAWED)

    statements = [each["sql"] for each in asked if "SAVEPOINT" not in each["sql"]]
    assert len(statements) == 2


def test_a_claim_that_gives_gold_costs_one_statement_as_well(project: Project, one: User) -> None:
    make(project, 2)
    make(project, 1, purpose=Purpose.TRAINING)
    batch = build.batch(
        project, catalog.samples(project.pk, 4), terms=Terms(gold_share=0.5, gold_floor=0.5, training_count=1)
    )
    build.claim(batch, one)  # begins the turn, and prepares the statement

    with CaptureQueriesContext(connection) as asked:
        given = build.claim(batch, one, count=4)

    assert "gold" in purposes(of=one)
    assert len(given) == 4
    assert len(asked) == 1


def test_every_checked_cell_leaves_a_row(project: Project, one: User) -> None:
    make(project, 1, expected={"B": {"physical_shadow": "major"}, "C": {"physical_shadow": "none"}})
    batch = build.batch(project, catalog.samples(project.pk, 1), terms=Terms(gold_share=0.5))
    said = build.verdicts({"B/physical_shadow": "minor", "C/physical_shadow": "unsure"})

    build.opinion(batch, one, said)
    build.opinion(batch, one, said)

    # `side`: minor and major are the same vote; unsure is no mistake.
    assert set(GoldResult.objects.values_list("slot", "expected", "said", "is_right")) == {
        ("B", "major", "minor", True),
        ("C", "none", "unsure", None),
    }


def test_a_tolerance_can_ask_for_the_same_severity(project: Project, one: User) -> None:
    make(project, 1, expected={"B": {"physical_shadow": "major"}}, tolerance={"physical_shadow": "exact"})
    batch = build.batch(project, catalog.samples(project.pk, 1), terms=Terms(gold_share=0.5))

    for _ in range(2):
        build.opinion(batch, one, build.verdicts({"B/physical_shadow": "minor"}))

    assert [result.is_right for result in GoldResult.objects.all()] == [False]


def test_practice_comes_first_with_feedback_and_only_once_in_a_project(project: Project, one: User) -> None:
    make(project, 3, purpose=Purpose.TRAINING)
    batch = build.batch(project, catalog.samples(project.pk, 4), terms=Terms(training_count=2))

    given = build.claim(batch, one, count=4)
    first = build.submit(batch, one, given[0], build.verdicts())
    again = build.submit(batch, one, given[1], FLAWED)

    shown = [Assignment.objects.get(pk=each.assignment_id).purpose for each in given]
    assert shown == ["training", "training", "opinion", "opinion"]
    assert first.feedback is not None
    wrong = [(cell.slot, cell.aspect, cell.expected, cell.said) for cell in first.feedback.cells if not cell.is_right]
    assert wrong == [("B", "physical_shadow", "major", "none")]
    assert again.feedback is not None
    assert all(cell.is_right for cell in again.feedback.cells)
    later = build.batch(project, catalog.samples(project.pk, 4), terms=Terms(training_count=2))
    assert all(
        Assignment.objects.get(pk=each.assignment_id).purpose == "opinion" for each in build.claim(later, one, count=4)
    )


def test_a_repeated_submit_gets_the_same_feedback(project: Project, one: User) -> None:
    make(project, 1, purpose=Purpose.TRAINING)
    batch = build.batch(project, catalog.samples(project.pk, 1), terms=Terms(training_count=1))
    given, key = build.claim(batch, one)[0], uuid4()

    assert build.submit(batch, one, given, FLAWED, key=key) == build.submit(batch, one, given, FLAWED, key=key)


def test_one_who_said_what_made_it_gold_never_gets_it(project: Project, one: User) -> None:
    (sample,) = catalog.samples(project.pk, 1)
    build.opinion(build.batch(project, [sample]), one, FLAWED)
    golds.make(
        project_id=project.pk,
        questions=[golds.NewGold(sample.pk, FLAWED)],
        purpose=Purpose.GOLD,
        source=GoldSource.BY_HAND,
        tolerance={},
        actor_id=None,
    )
    batch = build.batch(project, catalog.samples(project.pk, 4), terms=Terms(gold_share=0.5))

    assert sample.pk not in [each.sample["id"] for each in build.claim(batch, one, count=4)]
    others = build.claim(batch, accounts.member(project, Role.ANNOTATOR), count=2)
    assert sample.pk in [each.sample["id"] for each in others]


def test_a_sample_of_the_batch_is_no_gold_in_it(project: Project) -> None:
    (gold,) = make(project, 1)
    batch = build.batch(project, [gold.sample], terms=Terms(gold_share=0.5))

    assert list(Piece.objects.filter(batch=batch).values_list("gold", flat=True)) == [None]


def test_new_gold_reaches_batches_that_run(project: Project, one: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 2), terms=Terms(gold_share=0.5))
    without = build.batch(project, catalog.samples(project.pk, 2))

    make(project, 1)

    assert Piece.objects.filter(batch=batch, gold__isnull=False).count() == 1
    assert not Piece.objects.filter(batch=without, gold__isnull=False).exists()


def fail(batch: Batch, person: User, times: int) -> None:
    """Judge so many turns clean, though every gold has a shadow; a pause may come one turn before the last."""
    with suppress(PausedByGold):
        for _ in range(times):
            build.opinion(batch, person, build.verdicts())


def test_below_the_floor_a_person_is_paused_and_told_the_aspect_only(project: Project, one: User) -> None:
    gold = make(project, 8)
    batch = build.batch(
        project, catalog.samples(project.pk, 12), terms=Terms(gold_share=0.5, gold_window=3, gold_floor=0.6)
    )
    fail(batch, one, 6)

    with pytest.raises(PausedByGold) as refused:
        build.claim(batch, one)

    assert refused.value.details["aspect"] == "physical_shadow"
    names = refused.value.details["names"]
    assert isinstance(names, dict)
    assert {"en", "zh"} <= set(names)  # pages say it in their reader's language
    text = f"{refused.value.message} {refused.value.details}"
    assert "shadow" in text.lower()
    assert not any(each.sample.external_id in text for each in gold)
    entry = AuditLogEntry.objects.get(action="person.paused")
    assert (entry.details["right"], entry.details["of"]) == (0, 3)
    assert build.claim(batch, accounts.member(project, Role.ANNOTATOR))


def test_one_mistake_in_a_window_that_is_not_full_pauses_nobody(project: Project, one: User) -> None:
    make(project, 8)
    batch = build.batch(
        project, catalog.samples(project.pk, 12), terms=Terms(gold_share=0.5, gold_window=3, gold_floor=0.9)
    )
    fail(batch, one, 4)

    assert GoldResult.objects.filter(is_right=False).count() == 2
    assert build.claim(batch, one)


def test_what_is_held_may_be_submitted_after_the_pause(project: Project, one: User) -> None:
    make(project, 8)
    batch = build.batch(
        project, catalog.samples(project.pk, 12), terms=Terms(gold_share=0.5, gold_window=1, gold_floor=1.0)
    )
    held = build.claim(batch, one, count=4)

    for given in held:
        build.submit(batch, one, given, build.verdicts())

    assert PersonTurn.objects.get().submitted == 4


def test_a_lead_lifts_the_pause_and_the_window_starts_anew(project: Project, one: User) -> None:
    make(project, 8)
    batch = build.batch(
        project, catalog.samples(project.pk, 12), terms=Terms(gold_share=0.5, gold_window=2, gold_floor=1.0)
    )
    fail(batch, one, 4)
    lift = {"project_id": project.pk, "batch_id": batch.pk, "user_id": one.pk, "actor_id": one.pk}

    golds.let_go_on(**lift)  # type: ignore[arg-type]  # one dictionary for two calls

    fail(batch, one, 2)
    assert build.claim(batch, one)
    with pytest.raises(NotPaused):
        golds.let_go_on(**lift)  # type: ignore[arg-type]  # as above


def test_gold_that_enough_people_have_judged_is_retired(project: Project) -> None:
    (gold,) = make(project, 1, most_judged=2)
    batch = build.batch(project, catalog.samples(project.pk, 8), terms=Terms(gold_share=0.5))

    for _ in range(3):
        person = accounts.member(project, Role.ANNOTATOR)
        for _ in range(2):
            build.opinion(batch, person, FLAWED)

    gold.refresh_from_db()
    assert (gold.judged_count, gold.retired_why) == (2, GoldEnd.WORN)


def test_gold_whose_answers_become_identical_and_fast_is_retired(project: Project) -> None:
    (gold,) = make(project, 1)
    batch = build.batch(project, catalog.samples(project.pk, 20), wanted=3, terms=Terms(gold_share=0.5))

    def judge(active_ms: int, cells: Cells) -> None:
        person = accounts.member(project, Role.ANNOTATOR)
        for given in build.claim(batch, person, count=2):
            Assignment.objects.filter(pk=given.assignment_id).update(active_ms=active_ms)
            build.submit(batch, person, given, cells)

    for number in range(8):
        judge(60_000, build.verdicts({"B/physical_shadow": "major" if number % 2 else "minor"}))
    for _ in range(7):
        judge(5_000, FLAWED)
    gold.refresh_from_db()
    assert gold.retired_why == ""

    judge(5_000, FLAWED)

    gold.refresh_from_db()
    assert gold.retired_why == GoldEnd.LEAKED


def test_gold_that_was_wrong_takes_its_results_with_it(project: Project, one: User) -> None:
    (gold,) = make(project, 1)
    batch = build.batch(project, catalog.samples(project.pk, 1), terms=Terms(gold_share=0.5))
    fail(batch, one, 2)
    shadow = build.aspect_ids(project)["physical_shadow"]
    assert gold_selectors.accuracy_in(batch.pk)[one.pk][shadow] == gold_selectors.Accuracy(0, 1)

    golds.retire(project_id=project.pk, gold_id=gold.pk, why=GoldEnd.WRONG, actor_id=one.pk)

    assert gold_selectors.accuracy_in(batch.pk) == {}


def test_gold_is_made_of_answers_that_all_agree_on(project: Project) -> None:
    people = [accounts.member(project, Role.ANNOTATOR) for _ in range(2)]
    agreed, split = catalog.samples(project.pk, 2)
    batch = build.batch(project, [agreed, split], wanted=2)
    build.opinion(batch, people[0], FLAWED)
    build.opinion(batch, people[1], FLAWED)
    build.opinion(batch, people[0], FLAWED)
    build.opinion(batch, people[1], build.verdicts())

    made = golds.make_from_answers(
        project_id=project.pk,
        source=GoldSource.CONSENSUS,
        purpose=Purpose.GOLD,
        tolerance={},
        sample_ids=None,
        most=10,
        actor_id=None,
    )

    by_sample = {each.sample_id: each.expected for each in made}
    assert by_sample[agreed.pk] == FLAWED
    # On the split sample only the questions on which both agreed are known.
    assert "physical_shadow" not in by_sample[split.pk]["B"]


def test_expected_cells_must_fit_their_sample(project: Project) -> None:
    with pytest.raises(GoldUnusable):
        make(project, 1, expected={"Z": {"physical_shadow": "none"}})
    with pytest.raises(GoldUnusable):
        make(project, 1, expected={})


def test_gold_that_is_skipped_or_returned_opens_no_place(project: Project, one: User) -> None:
    make(project, 1)
    batch = build.batch(project, catalog.samples(project.pk, 2), terms=Terms(gold_share=0.5))
    build.claim(batch, one, count=3)

    leases.leave(user_id=one.pk, project_id=project.pk, batch_id=batch.pk)

    assert not Piece.objects.exclude(held=0).exists()
    assert Piece.objects.get(gold__isnull=False).lane == 1
    assert len(build.claim(batch, one, count=3)) == 3
