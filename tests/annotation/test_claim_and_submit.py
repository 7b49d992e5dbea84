"""Places, leases and what follows from one opinion."""

from __future__ import annotations

from uuid import uuid4

import pytest

from accounts.choices import Role
from accounts.models import Project, User
from annotation.choices import AssignmentState, BatchState, SkipPolicy, SkipReason
from annotation.errors import (
    BatchNotOpen,
    LeaseLost,
    NotOnThisBatch,
    RegionOutside,
    VerdictsIncomplete,
    VerdictsOutside,
)
from annotation.models import Annotation, Assignment, Batch, Consensus, Draft, PersonTurn, Piece
from annotation.services import batches, leases
from annotation.services.batches import Terms
from annotation.shapes import Region
from config.base.errors import Forbidden, KeyReused
from config.base.models import OutboxMessage
from tests.builders import accounts, catalog
from tests.builders import annotation as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return accounts.project()


@pytest.fixture
def one(project: Project) -> User:
    return accounts.member(project, Role.ANNOTATOR)


@pytest.fixture
def two(project: Project) -> User:
    return accounts.member(project, Role.ANNOTATOR)


def overdue(assignment_id: int) -> None:
    Assignment.objects.filter(pk=assignment_id).update(lease_expires_at=build.NOW.replace(year=2020))


def counters(piece: Piece) -> tuple[int, int, int, int]:
    piece.refresh_from_db()
    return piece.wanted, piece.held, piece.accepted, piece.surplus


def test_pieces_come_in_the_order_drawn_once(project: Project, one: User) -> None:
    samples = catalog.samples(project.pk, 12)
    drawn = build.batch(project, samples, order="drawn", seed=7)
    given = build.batch(project, samples, order="given")

    first = [each.sample["id"] for each in build.claim(drawn, one, count=8)]

    assert first == list(Piece.objects.filter(batch=drawn).order_by("position").values_list("sample_id", flat=True)[:8])
    assert [each.sample["id"] for each in build.claim(given, one, count=8)] == [sample.pk for sample in samples[:8]]
    assert first != [sample.pk for sample in samples[:8]]


def test_two_people_never_get_the_same_place(project: Project, one: User, two: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 2), wanted=1)

    (mine,), (yours,) = build.claim(batch, one), build.claim(batch, two)

    assert mine.sample["id"] != yours.sample["id"]


def test_nobody_judges_a_piece_twice(project: Project, one: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 1), wanted=2)
    build.opinion(batch, one)

    reply = build.claimed_reply(batch, one)

    assert build.claim(batch, one) == []
    assert reply.nothing_left


def test_nothing_left_is_remembered_until_a_place_opens_again(project: Project, one: User, two: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 1), wanted=1)
    (held,) = build.claim(batch, two)
    assert build.claimed_reply(batch, one).nothing_left
    assert PersonTurn.objects.get(annotator=one).nothing_at is not None

    leases.give_back(user_id=two.pk, project_id=project.pk, assignment_id=held.assignment_id, fence=held.fence)

    assert len(build.claim(batch, one)) == 1


def test_every_person_sees_the_candidates_in_an_order_of_their_own(project: Project, one: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 8))

    letters = [given.letters for given in build.claim(batch, one, count=8)]

    assert {"".join(sorted(each)) for each in letters} == {"ABCD"}
    assert len(set(letters)) > 1


def test_the_letters_stay_when_a_piece_is_claimed_again(project: Project, one: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 1))
    (first,) = build.claim(batch, one)
    leases.give_back(user_id=one.pk, project_id=project.pk, assignment_id=first.assignment_id, fence=first.fence)

    (again,) = build.claim(batch, one)

    assert (again.assignment_id, again.fence, again.letters) == (first.assignment_id, first.fence + 1, first.letters)


def test_a_piece_can_ask_for_some_aspects_only(project: Project, one: User) -> None:
    shadow = build.aspect_ids(project)["physical_shadow"]
    batch = build.batch(project, catalog.samples(project.pk, 1), aspect_ids=[shadow])

    (given,) = build.claim(batch, one)
    build.submit(batch, one, given, build.verdicts({"C/physical_shadow": "minor"}, aspects=["physical_shadow"]))

    assert given.aspects == ["physical_shadow"]
    assert [(row.aspect_id, row.answer) for row in Consensus.objects.all()] == [(shadow, "C")]


def test_a_cap_ends_a_persons_part(project: Project, one: User, two: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 4), terms=Terms(person_cap=2))
    for _ in range(2):
        build.opinion(batch, one)

    assert build.claim(batch, one) == []
    assert len(build.claim(batch, two, count=4)) == 2


def test_a_batch_for_others_and_a_kind_for_another_role_are_refused(project: Project, one: User, two: User) -> None:
    invited = build.batch(project, catalog.samples(project.pk, 1), people=[two.pk])
    judging = build.batch(project, catalog.samples(project.pk, 1), kind="adjudicate")

    with pytest.raises(NotOnThisBatch):
        build.claim(invited, one)
    with pytest.raises(Forbidden):
        build.claim(judging, one)

    assert len(build.claim(invited, two)) == 1
    assert len(build.claim(judging, accounts.member(project, Role.REVIEWER), role=Role.REVIEWER)) == 1


def test_a_paused_batch_hands_out_nothing_but_takes_what_is_held(project: Project, one: User, two: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 3))
    (given,) = build.claim(batch, one)
    batches.set_state(project_id=project.pk, batch_id=batch.pk, state=BatchState.PAUSED, actor_id=one.pk, now=build.NOW)

    with pytest.raises(BatchNotOpen):
        build.claim(batch, two)
    build.submit(batch, one, given)

    assert Annotation.objects.count() == 1


def test_an_opinion_moves_its_piece_its_question_and_its_person(project: Project, one: User) -> None:
    (sample,) = catalog.samples(project.pk, 1)
    batch = build.batch(project, [sample], wanted=2)
    (given,) = build.claim(batch, one)

    reply = build.submit(batch, one, given, build.verdicts({"B/physical_shadow": "major"}))

    shadow = Consensus.objects.get(sample=sample, aspect_id=build.aspect_ids(project)["physical_shadow"])
    assert (shadow.answer, shadow.source, shadow.opinions, shadow.rule_version) == ("B", "single", 1, 1)
    assert counters(Piece.objects.get()) == (2, 0, 1, 0)
    assert PersonTurn.objects.get().submitted == 1
    annotation = Annotation.objects.get(pk=reply.annotation_id)
    assert (annotation.shown.letters, annotation.guideline_version) == (given.letters, 1)


def test_every_change_of_an_opinion_is_told(project: Project, one: User, settings: object) -> None:
    settings.SUBSCRIBERS = {"sample_changed": ["a.subscriber", "another.one"]}  # type: ignore[attr-defined]  # pytest-django's
    (sample,) = catalog.samples(project.pk, 1)
    OutboxMessage.objects.all().delete()

    build.opinion(build.batch(project, [sample]), one)

    told = OutboxMessage.objects.filter(topic="sample_changed").order_by("subscriber")
    assert [message.subscriber for message in told] == ["a.subscriber", "another.one"]
    assert told[0].payload == {"project_id": str(project.pk), "sample_ids": [sample.pk]}


def test_a_submit_repeated_with_its_key_is_one_annotation_and_the_same_reply(project: Project, one: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 1))
    (given,) = build.claim(batch, one)
    key = uuid4()

    first = build.submit(batch, one, given, key=key)
    again = build.submit(batch, one, given, key=key)

    assert first == again
    assert Annotation.objects.count() == 1
    assert PersonTurn.objects.get().submitted == 1


def test_a_key_used_for_another_body_is_refused(project: Project, one: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 2))
    mine, other = build.claim(batch, one, count=2)
    key = uuid4()
    build.submit(batch, one, mine, key=key)

    with pytest.raises(KeyReused):
        build.submit(batch, one, mine, build.verdicts({"A/physical_shadow": "minor"}), key=key)
    with pytest.raises(KeyReused):
        build.submit(batch, one, other, key=key)

    build.submit(batch, one, other, key=uuid4())
    assert Annotation.objects.count() == 2


def test_incomplete_and_foreign_verdicts_change_nothing(project: Project, one: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 1))
    (given,) = build.claim(batch, one)
    incomplete = build.verdicts()
    del incomplete["C"]["physical_shadow"]
    box = Region(slot="B", aspect="physical_shadow", box=(60, 60, 10, 10))

    with pytest.raises(VerdictsIncomplete) as missing:
        build.submit(batch, one, given, incomplete)
    with pytest.raises(VerdictsOutside):
        build.submit(batch, one, given, build.verdicts(slots="ABCDE"))
    with pytest.raises(RegionOutside):
        build.submit(batch, one, given, regions=[box])

    assert missing.value.details == {"cells": ["C/physical_shadow"]}
    assert not Annotation.objects.exists()
    assert counters(Piece.objects.get()) == (1, 1, 0, 0)
    build.submit(batch, one, given, regions=[Region(slot="B", aspect="physical_shadow", box=(10, 10, 54, 54))])
    assert Annotation.objects.get().regions[0].box == (10, 10, 54, 54)


def test_an_expired_lease_goes_back_and_its_holder_may_claim_again_with_the_draft(
    project: Project, one: User, two: User
) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 1))
    (given,) = build.claim(batch, one)
    overdue(given.assignment_id)
    with pytest.raises(LeaseLost):
        build.submit(batch, one, given, build.verdicts({"D/placement_layout": "minor"}))

    (swept,) = leases.expire_overdue()
    (again,) = build.claim(batch, one)

    assert (swept.assignment_id, swept.state) == (given.assignment_id, AssignmentState.EXPIRED)
    assert again.fence == given.fence + 1
    assert again.draft is not None
    assert again.draft["body"]["cells"]["D"]["placement_layout"] == "minor"  # type: ignore[index]  # JSON
    build.submit(batch, one, again)
    assert not Draft.objects.exists()


def test_a_lease_that_was_taken_over_is_refused_by_its_fence(project: Project, one: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 1))
    (old,) = build.claim(batch, one)
    overdue(old.assignment_id)
    leases.expire_overdue()
    (new,) = build.claim(batch, one)

    with pytest.raises(LeaseLost):
        build.submit(batch, one, old)

    build.submit(batch, one, new)
    assert Annotation.objects.count() == 1


def test_an_overdue_piece_that_nobody_swept_is_simply_held_again(project: Project, one: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 1))
    (given,) = build.claim(batch, one)
    overdue(given.assignment_id)

    (again,) = build.claim(batch, one)

    assert (again.assignment_id, again.fence) == (given.assignment_id, given.fence + 1)
    assert counters(Piece.objects.get()) == (1, 1, 0, 0)


def test_a_beat_keeps_the_piece_and_the_prefetched_ones(project: Project, one: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 3))
    work, peek, late = build.claim(batch, one, count=3)
    overdue(late.assignment_id)
    soon = Assignment.objects.get(pk=peek.assignment_id).lease_expires_at
    assert soon is not None

    beat = leases.beat(
        user_id=one.pk, project_id=project.pk, assignment_id=work.assignment_id, fence=work.fence, active_ms=0
    )

    kinds = dict(Assignment.objects.values_list("pk", "lease"))
    assert kinds == {work.assignment_id: "work", peek.assignment_id: "peek", late.assignment_id: "peek"}
    assert beat.lease_until >= soon
    with pytest.raises(LeaseLost):
        leases.beat(
            user_id=one.pk, project_id=project.pk, assignment_id=late.assignment_id, fence=late.fence, active_ms=0
        )


def test_a_skip_goes_to_others_and_never_comes_back(project: Project, one: User, two: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 1))
    (given,) = build.claim(batch, one)

    leases.skip(
        user_id=one.pk,
        project_id=project.pk,
        assignment_id=given.assignment_id,
        fence=given.fence,
        reason=SkipReason.NOT_MY_FIELD,
    )

    assert build.claim(batch, one) == []
    assert len(build.claim(batch, two)) == 1
    assert PersonTurn.objects.get(annotator=one).skipped == 1


def test_a_skip_may_come_back_at_the_end_or_take_the_piece_out(project: Project, one: User, two: User) -> None:
    mine = build.batch(project, catalog.samples(project.pk, 1), skip_policy=SkipPolicy.BACK_TO_ME)
    out = build.batch(project, catalog.samples(project.pk, 1), skip_policy=SkipPolicy.OUT)
    for batch in (mine, out):
        (given,) = build.claim(batch, one)
        leases.skip(
            user_id=one.pk,
            project_id=project.pk,
            assignment_id=given.assignment_id,
            fence=given.fence,
            reason=SkipReason.BROKEN_PICTURE,
        )

    assert len(build.claim(mine, one)) == 1
    assert build.claim(out, two) == []
    out.refresh_from_db()
    assert (Piece.objects.get(batch=out).is_out, out.place_count) == (True, 0)


def test_a_piece_that_three_people_skip_leaves_the_batch(project: Project) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 1), wanted=2)
    for _ in range(3):
        person = accounts.member(project, Role.ANNOTATOR)
        (given,) = build.claim(batch, person)
        leases.skip(
            user_id=person.pk,
            project_id=project.pk,
            assignment_id=given.assignment_id,
            fence=given.fence,
            reason=SkipReason.UNCLEAR_GUIDELINE,
        )

    assert Piece.objects.get().is_out
    assert build.claim(batch, accounts.member(project, Role.ANNOTATOR)) == []


def test_leaving_gives_everything_back(project: Project, one: User, two: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 3))
    build.claim(batch, one, count=3)
    assert build.claim(batch, two) == []

    assert leases.leave(user_id=one.pk, project_id=project.pk, batch_id=batch.pk) == 3

    assert len(build.claim(batch, two, count=3)) == 3


def test_an_extra_opinion_is_asked_for_when_two_differ(project: Project, one: User, two: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 1), wanted=2, maximum=3)
    three = accounts.member(project, Role.ANNOTATOR)
    build.opinion(batch, one)
    assert build.claimed_reply(batch, one).nothing_left
    build.opinion(batch, two, build.verdicts({"B/physical_shadow": "major"}))
    assert counters(Piece.objects.get()) == (3, 0, 2, 0)

    build.opinion(batch, three, build.verdicts({"B/physical_shadow": "minor"}))

    shadow = Consensus.objects.get(aspect_id=build.aspect_ids(project)["physical_shadow"])
    assert (shadow.answer, shadow.disputed, shadow.opinions, shadow.source) == ("B", False, 3, "majority")
    assert counters(Piece.objects.get()) == (3, 0, 3, 0)
    batch.refresh_from_db()
    assert batch.place_count == 3


def test_without_a_maximum_beyond_a_difference_stays_disputed(project: Project, one: User, two: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 1), wanted=2)
    build.opinion(batch, one)
    build.opinion(batch, two, build.verdicts({"B/physical_shadow": "major"}))

    shadow = Consensus.objects.get(aspect_id=build.aspect_ids(project)["physical_shadow"])
    assert (shadow.answer, shadow.tied, shadow.disputed) == (None, "B", True)
    assert counters(Piece.objects.get()) == (2, 0, 2, 0)


def test_fewer_opinions_make_surplus_and_more_count_it_again(project: Project, one: User, two: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 2), wanted=2)
    build.opinion(batch, one)
    build.opinion(batch, two)
    (held,) = build.claim(batch, two)

    def want(number: int) -> None:
        batches.change_wanted(project_id=project.pk, batch_id=batch.pk, wanted=number, maximum=None, actor_id=one.pk)

    first, second = Piece.objects.filter(batch=batch).order_by("position")
    want(1)
    assert (counters(first), counters(second)) == ((1, 0, 1, 1), (1, 1, 0, 0))
    build.submit(batch, two, held)
    assert counters(second) == (1, 0, 1, 0)
    want(3)
    assert (counters(first), counters(second)) == ((3, 0, 2, 0), (3, 0, 1, 0))
    assert Batch.objects.get().place_count == 6
    assert len(build.claim(batch, accounts.member(project, Role.ANNOTATOR), count=2)) == 2


def test_what_was_held_when_fewer_were_wanted_becomes_surplus(project: Project, one: User, two: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 1), wanted=2)
    (given,) = build.claim(batch, one)
    build.opinion(batch, two)
    batches.change_wanted(project_id=project.pk, batch_id=batch.pk, wanted=1, maximum=None, actor_id=one.pk)

    build.submit(batch, one, given)

    assert counters(Piece.objects.get()) == (1, 0, 1, 1)
    assert Consensus.objects.first().opinions == 2  # type: ignore[union-attr]  # every aspect has one


def test_closing_takes_back_what_is_held(project: Project, one: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 2))
    (given,) = build.claim(batch, one)

    batches.set_state(project_id=project.pk, batch_id=batch.pk, state=BatchState.CLOSED, actor_id=one.pk, now=build.NOW)

    with pytest.raises(LeaseLost):
        build.submit(batch, one, given)
    assert Assignment.objects.get().state == AssignmentState.RETURNED


def test_active_time_is_believed_only_as_far_as_the_clock_allows(project: Project, one: User) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 2))
    first, second = build.claim(batch, one, count=2)
    began = Assignment.objects.order_by("pk").values_list("leased_at", flat=True)[0]
    Assignment.objects.update(leased_at=began.replace(year=began.year - 1))

    def beat(given: build.Given, active_ms: int) -> int:
        held = leases.beat(
            user_id=one.pk,
            project_id=project.pk,
            assignment_id=given.assignment_id,
            fence=given.fence,
            active_ms=active_ms,
        )
        return held.active_ms

    assert beat(first, 30_000) == 30_000
    # The second tab claims the same half minute: no time has passed since this person's last beat.
    assert beat(second, 30_000) <= 1_000
    PersonTurn.objects.update(beat_at=began.replace(year=began.year - 1))
    # A long silence counts for two minutes at most, whatever the page says.
    assert beat(second, 3_600_000) <= 121_000
    assert PersonTurn.objects.get().active_ms == sum(Assignment.objects.values_list("active_ms", flat=True))
