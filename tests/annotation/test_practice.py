"""Practice that has to be passed: nothing else comes before it, and who is below practises again or waits."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from accounts.models import AuditLogEntry, Project, User
from annotation.choices import GoldEnd, GoldSource, Purpose, SkipReason
from annotation.errors import NotPaused, PracticeBelowFloor
from annotation.models import Assignment, Batch, Gold, GoldResult, PersonTurn
from annotation.selectors import batches as batch_selectors
from annotation.selectors import practice as practice_selectors
from annotation.services import batches, golds, leases, practice
from annotation.services.batches import TermChanges, Terms
from annotation.shapes import Cells
from config.base.errors import InvalidInput
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
RIGHT = build.verdicts({"B/physical_shadow": "major"})
WRONG = build.verdicts()
UNSURE = build.verdicts({f"{slot}/physical_shadow": "unsure" for slot in "ABCD"})


@pytest.fixture
def project() -> Project:
    return accounts.project(slug="p")


@pytest.fixture
def one(project: Project) -> User:
    return accounts.member(project, Role.ANNOTATOR)


def known(project: Project, count: int, *, expected: Cells = RIGHT, purpose: Purpose = Purpose.TRAINING) -> list[Gold]:
    return golds.make(
        project_id=project.pk,
        questions=[golds.NewGold(sample.pk, expected) for sample in catalog.samples(project.pk, count)],
        purpose=purpose,
        source=GoldSource.BY_HAND,
        tolerance={},
        actor_id=None,
    )


def batch_of(project: Project, *, count: int = 2, floor: float | None = 0.5, gold_share: float = 0.0) -> Batch:
    terms = Terms(training_count=count, training_floor=floor, gold_share=gold_share)
    return build.batch(project, catalog.samples(project.pk, 6), terms=terms)


def purposes(of: User) -> list[str]:
    return list(Assignment.objects.filter(annotator=of).order_by("pk").values_list("purpose", flat=True))


def judge(batch: Batch, person: User, *said: Cells) -> None:
    for cells in said:
        build.submit(batch, person, build.claim(batch, person)[0], cells)


def test_practice_is_no_progress_of_its_batch(project: Project, one: User) -> None:
    known(project, 3)
    batch = batch_of(project, count=3, floor=None)
    lead = accounts.member(project, Role.LEAD)

    judge(batch, one, RIGHT, RIGHT)
    told = build.claimed_reply(batch, one).batch
    listed = batch_selectors.own_turns(batch_ids=[batch.pk], user_id=one.pk)[batch.pk]

    assert (told.submitted, told.accepted, told.places) == (0, 0, 6)
    assert (listed.submitted, batch_selectors.totals([batch.pk])[batch.pk].turns) == (0, 0)
    assert told.practice is not None
    assert (told.practice.done, told.practice.of, told.practice.floor) == (2, 3, None)
    for person in (one, lead):
        row = ApiClient().signed_in_as(person).get(f"/projects/p/batches/{batch.pk}").json()["batch"]
        assert (row["accepted"], row["mine"], row["places"]) == (0, 0, 6)

    judge(batch, one, RIGHT, RIGHT)
    told = build.claimed_reply(batch, one).batch
    assert (told.submitted, told.accepted, told.practice) == (1, 1, None)
    assert told.pace_ms is not None


def test_practice_of_before_leaves_the_progress_of_its_batch_too(project: Project, one: User) -> None:
    known(project, 2)
    batch = batch_of(project, count=2, floor=None)
    judge(batch, one, RIGHT, RIGHT, RIGHT)
    PersonTurn.objects.update(practised_here=0)

    migration = import_module("annotation.migrations.0018_practice_of_turns")
    for _ in range(2):
        with connection.schema_editor() as editor:
            migration.fill(apps, editor)

    assert PersonTurn.objects.get().practised_here == 2
    assert build.claimed_reply(batch, one).batch.accepted == 1


def test_practice_promises_no_more_pieces_than_there_are(project: Project, one: User) -> None:
    known(project, 2)
    batch = batch_of(project, count=10, floor=None)

    first = build.claimed_reply(batch, one, count=1).batch.practice

    assert first is not None
    assert (first.done, first.of) == (0, 2)


def test_under_a_floor_neither_work_nor_hidden_gold_comes_before_practice_is_passed(
    project: Project, one: User
) -> None:
    known(project, 2)
    known(project, 4, purpose=Purpose.GOLD)
    batch = batch_of(project, count=2, floor=1.0, gold_share=0.5)

    build.claimed_reply(batch, one, count=8)
    assert purposes(one) == ["training", "training"]
    waiting = build.claimed_reply(batch, one, count=8)
    assert (waiting.nothing_left, waiting.retry_after_ms) == (False, None)
    assert PersonTurn.objects.get().practice_passed_at is None

    judge(batch, one, RIGHT, RIGHT, RIGHT, RIGHT)

    assert PersonTurn.objects.get().practice_passed_at is not None
    assert purposes(one)[:2] == ["training", "training"]
    assert set(purposes(one)[2:]) == {"opinion", "gold"}


def test_below_the_floor_practice_goes_on_with_pieces_not_seen_before(project: Project, one: User) -> None:
    known(project, 4)
    batch = batch_of(project, count=2, floor=1.0)

    judge(batch, one, RIGHT, WRONG)
    again = build.claimed_reply(batch, one, count=8).batch.practice

    assert again is not None
    assert (again.done, again.of, again.floor, again.below) == (0, 2, 1.0, ["physical_shadow"])
    assert purposes(one) == ["training"] * 4
    assert len(set(Assignment.objects.values_list("piece__sample_id", flat=True))) == 4
    entry = AuditLogEntry.objects.get(action="practice.again")
    assert entry.details["below"] == {"physical_shadow": {"right": 1, "of": 2}}

    judge(batch, one, RIGHT, RIGHT, RIGHT)
    assert purposes(one)[4:] == ["opinion"]
    turn = PersonTurn.objects.get()
    assert (turn.practice_below, turn.practised, turn.practised_here) == ([], 4, 4)


def test_a_claim_still_costs_one_statement_under_a_floor(project: Project, one: User) -> None:
    known(project, 2)
    batch = batch_of(project)
    build.claimed_reply(batch, one, count=1)
    with CaptureQueriesContext(connection) as ran:
        build.claimed_reply(batch, one, count=2)
    assert len(ran) == 1


def test_who_is_below_with_none_left_waits_and_reads_aspects_only(project: Project, one: User) -> None:
    gold = known(project, 2)
    batch = batch_of(project, count=2, floor=1.0)
    judge(batch, one, WRONG, RIGHT)

    refused = ApiClient().signed_in_as(one).post(f"/projects/p/batches/{batch.pk}/claim", {"count": 1})

    assert (refused.status_code, refused.json()["code"]) == (409, "practice_below_floor")
    assert [each["key"] for each in refused.json()["details"]["aspects"]] == ["physical_shadow"]
    for each in gold:
        assert each.sample.external_id not in refused.content.decode()
    row = ApiClient().signed_in_as(one).get(f"/projects/p/batches/{batch.pk}").json()["batch"]
    assert (row["may_work"], row["paused_why"], row["paused_for"]) == (False, "practice", "physical_shadow")


def test_a_lead_sees_who_is_below_and_lets_them_through(project: Project, one: User) -> None:
    known(project, 3)
    batch = batch_of(project, count=2, floor=1.0)
    lead = ApiClient().signed_in_as(accounts.member(project, Role.LEAD))
    people = "/projects/p/agreement/people"
    resume = f"/projects/p/batches/{batch.pk}/people/{one.pk}/resume"
    judge(batch, one, WRONG, RIGHT)
    assert lead.get(people).json()["practising"] == []
    assert lead.post(resume).json()["code"] == "not_paused"

    build.claimed_reply(batch, one, count=8)
    (again,) = lead.get(people).json()["practising"]
    assert (again["user_id"], again["number"], again["waiting"], again["floor"]) == (one.pk, 1, False, 1.0)
    assert again["below"] == ["physical_shadow"]
    shadow = next(each for each in again["scores"] if each["aspect"] == "physical_shadow")
    assert (shadow["right"], shadow["judged"]) == (1, 2)
    person = lead.get(f"/projects/p/batches/{batch.pk}").json()["people"][0]
    assert (person["practice_below"], person["paused_why"], person["submitted"]) == (["physical_shadow"], None, 0)

    judge(batch, one, WRONG)
    with pytest.raises(PracticeBelowFloor):
        build.claim(batch, one)
    assert lead.get(people).json()["practising"][0]["waiting"] is True
    assert lead.get("/projects/p/overview").json()["needs"][0]["count"] == 1

    assert lead.post(resume).status_code == 204
    assert lead.post(resume).json()["code"] == "not_paused"
    assert lead.get(people).json()["practising"] == []
    judge(batch, one, RIGHT)
    assert purposes(one)[-1] == "opinion"
    assert AuditLogEntry.objects.get(action="person.resumed").details["why"] == "practice"


def test_two_claims_at_one_instant_begin_one_round(project: Project, one: User) -> None:
    known(project, 4)
    batch = batch_of(project, count=2, floor=1.0)
    judge(batch, one, WRONG, WRONG)

    for _ in range(2):
        practice.settle(project_id=project.pk, batch_id=batch.pk, user_id=one.pk)

    assert AuditLogEntry.objects.filter(action="practice.again").count() == 1
    assert PersonTurn.objects.get().practice_more == 2


def test_a_lead_may_let_through_who_practises_again_at_that_moment(project: Project, one: User) -> None:
    known(project, 4)
    batch = batch_of(project, count=2, floor=1.0)
    judge(batch, one, WRONG, WRONG)
    build.claimed_reply(batch, one, count=1)

    golds.let_go_on(project_id=project.pk, batch_id=batch.pk, user_id=one.pk, actor_id=one.pk)
    judge(batch, one, WRONG, RIGHT)

    assert purposes(one) == ["training", "training", "training", "opinion"]


def test_new_practice_lets_a_waiting_person_go_on_with_it(project: Project, one: User) -> None:
    known(project, 2)
    batch = batch_of(project, count=2, floor=1.0)
    judge(batch, one, WRONG, WRONG)
    with pytest.raises(PracticeBelowFloor):
        build.claim(batch, one)

    known(project, 2)

    assert PersonTurn.objects.get().paused_at is None
    judge(batch, one, RIGHT, RIGHT, RIGHT)
    assert purposes(one)[2:] == ["training", "training", "opinion"]


def test_a_practice_answer_that_was_wrong_keeps_nobody_out(project: Project, one: User) -> None:
    known(project, 2)
    batch = batch_of(project, count=2, floor=1.0)
    judge(batch, one, RIGHT, WRONG)
    with pytest.raises(PracticeBelowFloor):
        build.claim(batch, one)

    failed = GoldResult.objects.filter(is_right=False).values_list("gold_id", flat=True)[0]
    golds.retire(project_id=project.pk, gold_id=failed, why=GoldEnd.WRONG, actor_id=one.pk)

    judge(batch, one, RIGHT)
    assert purposes(one)[-1] == "opinion"


def test_who_passed_in_one_batch_need_not_practise_again_in_the_next(project: Project, one: User) -> None:
    known(project, 2)
    judge(batch_of(project, count=2, floor=1.0), one, RIGHT, RIGHT)
    later = batch_of(project, count=2, floor=1.0)
    harder = batch_of(project, count=2, floor=1.0)

    judge(later, one, RIGHT)

    assert purposes(one)[-1] == "opinion"
    assert PersonTurn.objects.get(batch=later).practised_here == 0
    GoldResult.objects.filter(slot="B", aspect__key="physical_shadow").update(is_right=False)
    with pytest.raises(PracticeBelowFloor):
        build.claim(harder, one)


def test_who_skips_their_practice_or_is_unsure_throughout_passes_nothing(project: Project, one: User) -> None:
    known(project, 2)
    batch = batch_of(project, count=2, floor=0.5)
    (given,) = build.claim(batch, one)
    leases.skip(
        user_id=one.pk,
        project_id=project.pk,
        assignment_id=given.assignment_id,
        fence=given.fence,
        reason=SkipReason.NOT_MY_FIELD,
    )
    judge(batch, one, RIGHT)
    with pytest.raises(PracticeBelowFloor) as refused:
        build.claim(batch, one)
    assert refused.value.details["aspects"] == []
    (waiting,) = practice_selectors.below(project_id=project.pk)
    assert (waiting.is_waiting, waiting.below) == (True, ())

    two = accounts.member(project, Role.ANNOTATOR)
    judge(batch, two, UNSURE, UNSURE)
    with pytest.raises(PracticeBelowFloor) as refused:
        build.claim(batch, two)
    assert "Physical shadow" in refused.value.message
    assert "Placement" not in refused.value.message


def test_where_there_is_nothing_to_practise_on_nobody_waits(project: Project, one: User) -> None:
    judge(batch_of(project), one, RIGHT)

    assert purposes(one) == ["opinion"]


def test_a_floor_may_come_go_and_move_while_the_batch_runs(project: Project, one: User) -> None:
    known(project, 2)
    batch = batch_of(project, count=2, floor=None)
    judge(batch, one, RIGHT, WRONG, RIGHT)
    assert purposes(one) == ["training", "training", "opinion"]

    def change(floor: float | None) -> None:
        batches.change_terms(
            project_id=project.pk, batch_id=batch.pk, changes=TermChanges(training_floor=floor), actor_id=one.pk
        )

    change(0.9)
    with pytest.raises(PracticeBelowFloor):
        build.claim(batch, one)
    change(0.5)
    judge(batch, one, RIGHT)
    turn = PersonTurn.objects.get()
    assert (turn.paused_at, turn.practice_passed_at is None) == (None, False)


def test_a_floor_needs_practice_and_is_a_share(project: Project) -> None:
    for terms in (Terms(training_floor=0.5), Terms(training_count=2, training_floor=1.5)):
        with pytest.raises(InvalidInput):
            build.batch(project, catalog.samples(project.pk, 1), terms=terms)


def test_nobody_else_may_be_let_through(project: Project, one: User) -> None:
    batch = batch_of(project)
    with pytest.raises(NotPaused):
        golds.let_go_on(project_id=project.pk, batch_id=batch.pk, user_id=one.pk, actor_id=one.pk)
