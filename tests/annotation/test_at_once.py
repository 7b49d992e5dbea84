"""Real connections at the same time: nobody gets what another has, nothing is counted wrong, nothing is left over."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from accounts.choices import Role
from annotation.choices import GoldSource, Purpose
from annotation.models import Annotation, Assignment, Consensus, Gold, GoldResult, PersonTurn, Piece
from annotation.services import adjudication, batches, golds, leases, reviews
from annotation.services.batches import Terms
from config.base.errors import DomainError
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import ApiClient, at_once, wait_until, waiting_sessions

pytestmark = pytest.mark.django_db(transaction=True)
Clients = Callable[[], ApiClient]


def test_sixteen_people_drain_a_batch_that_wants_two_opinions() -> None:
    project = accounts.project()
    people = [accounts.member(project, Role.ANNOTATOR) for _ in range(16)]
    batch = build.batch(project, catalog.samples(project.pk, 60), wanted=2)

    def work(number: int) -> int:
        """Prefetch three, drop some, submit the rest, until nothing is left."""
        draw, done = random.Random(number), 0
        while True:
            given = build.claim(batch, people[number], count=3)
            if not given:
                if build.claimed_reply(batch, people[number]).nothing_left:
                    return done
                continue
            for each in given:
                if draw.random() < 0.15:
                    leases.give_back(
                        user_id=people[number].pk,
                        project_id=project.pk,
                        assignment_id=each.assignment_id,
                        fence=each.fence,
                    )
                else:
                    build.submit(batch, people[number], each)
                    done += 1

    done = at_once(work, threads=16)

    pieces = list(Piece.objects.values_list("wanted", "held", "accepted", "surplus"))
    assert set(pieces) == {(2, 0, 2, 0)}
    assert sum(done) == Annotation.objects.count() == 120
    assert PersonTurn.objects.aggregate(total=Sum("submitted"))["total"] == 120
    assert not Annotation.objects.filter(assignment__annotator_id__isnull=True).exists()
    twice = Counter(Annotation.objects.values_list("sample_id", "annotator_id"))
    assert set(twice.values()) == {1}
    assert set(Consensus.objects.values_list("opinions", "source")) == {(2, "majority")}


def test_a_piece_asked_for_while_practice_is_being_handed_in_is_the_next_practice() -> None:
    project = accounts.project()
    person = accounts.member(project, Role.ANNOTATOR)
    golds.make(
        project_id=project.pk,
        questions=[golds.NewGold(each.pk, build.verdicts()) for each in catalog.samples(project.pk, 3)],
        purpose=Purpose.TRAINING,
        source=GoldSource.BY_HAND,
        tolerance={},
        actor_id=None,
    )
    batch = build.batch(project, catalog.samples(project.pk, 3), terms=Terms(training_count=3))
    held = build.claim(batch, person, count=2)

    def ask(_: int) -> list[build.Given]:
        return build.claim(batch, person, count=3, known=[each.assignment_id for each in held])

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            build.submit(batch, person, held[0])
            asking = pool.submit(at_once, ask, threads=1)
            wait_until(lambda: waiting_sessions() == 1, what="the claim, which waits for the submit")
        ((given,),) = asking.result()

    assert Assignment.objects.get(pk=given.assignment_id).purpose == Purpose.TRAINING


def test_gold_between_the_work_of_many_is_counted_nowhere() -> None:
    project = accounts.project()
    people = [accounts.member(project, Role.ANNOTATOR) for _ in range(8)]
    golds.make(
        project_id=project.pk,
        questions=[golds.NewGold(each.pk, build.verdicts()) for each in catalog.samples(project.pk, 12)],
        purpose=Purpose.GOLD,
        source=GoldSource.BY_HAND,
        tolerance={},
        actor_id=None,
    )
    batch = build.batch(project, catalog.samples(project.pk, 30), wanted=2, terms=Terms(gold_share=0.25))

    def work(number: int) -> None:
        while True:
            given = build.claim(batch, people[number], count=2)
            for each in given:
                build.submit(batch, people[number], each)
            if not given and build.claimed_reply(batch, people[number]).nothing_left:
                return

    at_once(work, threads=8)

    turns = PersonTurn.objects.aggregate(all=Sum("submitted"), gold=Sum("uncounted"))
    assert set(Piece.objects.filter(gold=None).values_list("wanted", "held", "accepted")) == {(2, 0, 2)}
    assert turns["all"] - turns["gold"] == 60
    assert turns["gold"] == GoldResult.objects.values("assignment").distinct().count() > 0
    assert sum(Gold.objects.values_list("judged_count", flat=True)) == turns["gold"]
    for turn in PersonTurn.objects.all():
        assert abs(turn.uncounted - turn.submitted / 4) <= 1


def test_one_place_has_one_holder_however_many_ask() -> None:
    project = accounts.project()
    people = [accounts.member(project, Role.ANNOTATOR) for _ in range(12)]
    batch = build.batch(project, catalog.samples(project.pk, 5), wanted=1)

    given = at_once(lambda number: build.claim(batch, people[number]), threads=12)

    samples = [each[0].sample["id"] for each in given if each]
    assert len(set(samples)) == len(samples)
    assert not Piece.objects.filter(held__gt=F("wanted")).exists()
    assert Piece.objects.aggregate(total=Sum("held"))["total"] == len(samples) == 5


def test_two_tabs_of_one_person_hold_no_piece_twice() -> None:
    project = accounts.project()
    person = accounts.member(project, Role.ANNOTATOR)
    batch = build.batch(project, catalog.samples(project.pk, 20), wanted=2)
    build.claim(batch, person)

    at_once(lambda _: [build.claim(batch, person, count=3) for _ in range(4)], threads=8)

    held = Piece.objects.aggregate(total=Sum("held"))["total"]
    assert held == Assignment.objects.filter(state="leased").count()
    assert not Piece.objects.filter(held__gt=1).exists()


def test_the_same_submit_from_many_connections_is_one_annotation() -> None:
    project = accounts.project()
    person = accounts.member(project, Role.ANNOTATOR)
    batch = build.batch(project, catalog.samples(project.pk, 1))
    (given,) = build.claim(batch, person)
    key = uuid4()

    replies = at_once(lambda _: build.submit(batch, person, given, key=key), threads=10)

    assert len(set(replies)) == 1
    assert Annotation.objects.count() == 1
    assert PersonTurn.objects.get().submitted == 1


def test_opinions_that_arrive_together_are_all_heard() -> None:
    project = accounts.project()
    people = [accounts.member(project, Role.ANNOTATOR) for _ in range(8)]
    batch = build.batch(project, catalog.samples(project.pk, 6), wanted=4)
    other = build.batch(project, [piece.sample for piece in batch.pieces.select_related("sample")], wanted=4)

    def work(number: int) -> None:
        where = batch if number % 2 else other
        while not build.claimed_reply(where, people[number]).nothing_left:
            for given in build.claim(where, people[number]):
                build.submit(where, people[number], given, build.verdicts({"A/physical_shadow": "major"}))

    at_once(work, threads=8)

    shadow = build.aspect_ids(project)["physical_shadow"]
    heard = dict(Consensus.objects.filter(aspect_id=shadow).values_list("sample_id", "opinions"))
    said = Counter(Annotation.objects.values_list("sample_id", flat=True))
    assert heard == dict(said)
    assert set(said.values()) == {8}


def test_a_lead_who_wants_fewer_while_all_submit_accepts_no_more_than_that() -> None:
    project = accounts.project()
    people = [accounts.member(project, Role.ANNOTATOR) for _ in range(8)]
    batch = build.batch(project, catalog.samples(project.pk, 3), wanted=8)
    held = [build.claim(batch, person, count=3) for person in people]

    def work(number: int) -> None:
        if number == 8:
            for wanted in (5, 2, 6, 3):
                batches.change_wanted(
                    project_id=project.pk, batch_id=batch.pk, wanted=wanted, maximum=None, actor_id=people[0].pk
                )
            return
        for given in held[number]:
            build.submit(batch, people[number], given)

    at_once(work, threads=9)

    assert set(Piece.objects.values_list("wanted", "held", "accepted", "surplus")) == {(3, 0, 3, 5)}
    assert Annotation.objects.count() == 24
    batch.refresh_from_db()
    assert batch.place_count == 9


def test_the_sweep_and_a_late_submit_never_both_win() -> None:
    project = accounts.project()
    people = [accounts.member(project, Role.ANNOTATOR) for _ in range(8)]
    batch = build.batch(project, catalog.samples(project.pk, 8))
    held = [(person, build.claim(batch, person)[0]) for person in people]
    Assignment.objects.update(lease_expires_at=F("leased_at"))

    def race(number: int) -> str:
        if number % 2:
            return f"swept {len(leases.expire_overdue())}"
        person, given = held[number // 2]
        try:
            build.submit(batch, person, given)
        except DomainError as error:
            return error.code
        return "submitted"

    outcomes = at_once(race, threads=16)

    assert "submitted" not in outcomes
    assert outcomes.count("lease_lost") == 8
    assert Piece.objects.aggregate(total=Sum("held"))["total"] == 0
    assert Assignment.objects.filter(state="expired").count() == 8


def test_people_who_give_everything_back_at_once_do_not_wait_for_each_other() -> None:
    project = accounts.project()
    people = [accounts.member(project, Role.ANNOTATOR) for _ in range(8)]
    batch = build.batch(project, catalog.samples(project.pk, 8), wanted=8)

    def work(number: int) -> int:
        returned = 0
        for _ in range(6):
            build.claim(batch, people[number], count=8)
            returned += leases.leave(user_id=people[number].pk, project_id=project.pk, batch_id=batch.pk)
        return returned

    returned = at_once(work, threads=8)

    assert sum(returned) > 8
    assert Piece.objects.aggregate(total=Sum("held"))["total"] == 0
    assert not Assignment.objects.filter(state="leased").exists()


def test_two_leads_who_make_the_same_batch_at_once_make_it_once() -> None:
    project = accounts.project()
    one, other = (accounts.member(project, Role.ANNOTATOR) for _ in range(2))
    judged = build.batch(project, catalog.samples(project.pk, 6), wanted=2)
    for _ in range(6):
        build.opinion(judged, one)
        build.opinion(judged, other, build.verdicts({"A/physical_shadow": "major"}))
    lead = {"project_id": project.pk, "actor_id": None, "now": timezone.now()}

    def make(number: int) -> str:
        try:
            if number % 2:
                return f"reviews of {reviews.make_batch(batch_id=judged.pk, share=1.0, **lead).piece_count}"  # type: ignore[arg-type]  # as above
            return f"disputes of {adjudication.make_batch(**lead).piece_count}"  # type: ignore[arg-type]  # as above
        except DomainError as error:
            return error.code

    assert sorted(at_once(make, threads=4)) == [
        "disputes of 6",
        "nothing_disputed",
        "nothing_to_judge",
        "reviews of 12",
    ]


def test_two_leads_who_cut_the_same_samples_into_a_batch_at_once_do_it_once(api: Clients) -> None:
    project = accounts.project()
    lead = accounts.member(project, Role.LEAD)
    catalog.samples(project.pk, 6)
    asked = {"name": "All", "wanted": 1, "what": {"everything": True, "only_not_in_batch": True}}

    def make(_: int) -> int:
        return int(api().signed_in_as(lead).post(f"/projects/{project.slug}/batches", asked).status_code)

    assert sorted(at_once(make, threads=4)) == [201, 400, 400, 400]
    assert Piece.objects.count() == 6
