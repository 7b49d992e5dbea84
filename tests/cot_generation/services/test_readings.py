"""Reading rationales sentence by sentence, and what is noted while people write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from accounts.choices import Role
from annotation.models import Batch
from annotation.services import batches
from annotation.services.batches import Target
from cot_generation.choices import Way
from cot_generation.errors import QuestionsMissing, RationaleUnfit
from cot_generation.models import Rationale, Reading
from cot_generation.selectors import readings as selectors
from cot_generation.selectors import spending
from cot_generation.services import handwork, rationales, readings
from cot_generation.shapes import Sentence, WritingTrace
from tests.builders import annotation as build_annotation
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)

MakeWorld = Callable[..., World]
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
THREE = (
    Sentence("The shadow in {{A}} runs to the light.", "A", None, True),
    Sentence("The shadow in {{B}} falls away from it.", "B", None, False),
    Sentence("So only {{A}} has the defect.", None, None, None),
)


def draft(world: World, **options: object) -> Rationale:
    """A model's rationale of three sentences that passed."""
    row = build.rationale(
        world.project.pk,
        sample_id=world.samples[0].pk,
        aspect_id=world.aspect_id,
        way=Way.ANSWER_DRIVEN,
        **options,  # type: ignore[arg-type]  # as each test names them
    )
    Rationale.objects.filter(pk=row.pk).update(sentences=THREE)
    return Rationale.objects.get(pk=row.pk)


def claimed(world: World, kind: str, rationale: Rationale) -> tuple[int, build_annotation.Given]:
    reader = world.member(Role.ANNOTATOR)
    batch = batches.create(
        project_id=world.project.pk,
        kind=kind,
        name="Read",
        targets=[Target(world.samples[0].pk, (world.aspect_id,), rationale.pk)],
        terms=handwork.IN_SLOT_ORDER,
        actor_id=None,
        now=NOW,
    )
    return reader.pk, build_annotation.claim(batch, reader)[0]


def read(
    world: World, user_id: int, turn: build_annotation.Given, *verdicts: bool | None, note: str = ""
) -> selectors.ReadingInfo:
    return readings.read(
        project_id=world.project.pk,
        assignment_id=turn.assignment_id,
        fence=turn.fence,
        user_id=user_id,
        verdicts=verdicts,
        note=note,
        now=datetime.now(UTC),
        active_ms=0,
    )


def test_the_first_faulty_sentence_is_kept_and_fails_the_rationale_without_rewriting_it(make_world: MakeWorld) -> None:
    world = make_world()
    rationale = draft(world)
    user_id, turn = claimed(world, "read_rationale", rationale)

    said = read(world, user_id, turn, True, False, None, note="The light comes from the left.")

    rationale.refresh_from_db()
    assert (said.first_fault, said.verdicts) == (1, (True, False, None))
    assert (rationale.passed, rationale.failed) == (False, ["reading"])
    assert [(each.sentence, each.detail) for each in rationale.checks["reading"].findings] == [
        (1, "A reader rejects this sentence: The light comes from the left.")
    ]
    assert tuple(rationale.sentences) == THREE


def test_a_rationale_whose_sentences_are_all_accepted_stays_passed(make_world: MakeWorld) -> None:
    world = make_world()
    rationale = draft(world)
    user_id, turn = claimed(world, "read_rationale", rationale)

    said = read(world, user_id, turn, True, True, True)
    again = read(world, user_id, turn, True, True, True)

    rationale.refresh_from_db()
    assert (said.first_fault, rationale.passed, rationale.checks["reading"].passed) == (None, True, True)
    assert (again.id, Reading.objects.count()) == (said.id, 1), "sent twice it is one reading"


@pytest.mark.parametrize("verdicts", [(True, True), (True, None, True), (None, False, None), (None, None, None)])
def test_a_reading_that_skips_a_sentence_is_refused_and_the_assignment_stays_open(
    make_world: MakeWorld, verdicts: tuple[bool | None, ...]
) -> None:
    world = make_world()
    user_id, turn = claimed(world, "read_rationale", draft(world))

    with pytest.raises(RationaleUnfit):
        read(world, user_id, turn, *verdicts)

    assert not Reading.objects.exists()
    assert read(world, user_id, turn, True, False, None).id


def test_an_assignment_of_another_kind_takes_no_reading(make_world: MakeWorld) -> None:
    world = make_world()
    user_id, turn = claimed(world, "revise_rationale", draft(world))

    with pytest.raises(RationaleUnfit):
        read(world, user_id, turn, True, True, True)


def test_what_passed_is_read_once_and_what_a_reader_rejected_is_revised(make_world: MakeWorld) -> None:
    world = make_world()
    rationale = draft(world)
    draft(world, passed=False)

    plan = build.plan(world.project.pk)
    made = handwork.reading_batch(plan=plan, run_id=None)
    user_id, turn = claimed(world, "read_rationale", rationale)
    read(world, user_id, turn, False, None, None)

    assert made.pieces == 1, "what failed a check goes to revision without a reader"
    with pytest.raises(QuestionsMissing):
        handwork.reading_batch(plan=plan, run_id=None)
    made = handwork.revising_batch(plan=plan, run_id=None)
    assert made.pieces == 2


def test_a_revision_keeps_the_distance_and_the_readings_of_its_draft(make_world: MakeWorld) -> None:
    world = make_world()
    rationale = draft(world)
    reader_id, turn = claimed(world, "read_rationale", rationale)
    read(world, reader_id, turn, True, False, None)
    author_id, turn = claimed(world, "revise_rationale", rationale)

    revised = rationales.write(
        assignment_id=turn.assignment_id,
        fence=turn.fence,
        user_id=author_id,
        sentences=[THREE[0], Sentence("The shadow in {{B}} falls towards it.", "B", None, False), THREE[2]],
        concluded=["A"],
        now=datetime.now(UTC),
        trace=WritingTrace(typed=7),
    )

    assert revised.edit_distance == 2, "one word was replaced, one taken out"
    assert [(each.rationale_id, each.first_fault) for each in selectors.behind([revised.id])[revised.id]] == [
        (rationale.pk, 1)
    ]
    assert selectors.behind([revised.id])[revised.id][0].sentences[1] == THREE[1].text


def test_reading_time_is_rework_of_the_run_that_is_read(make_world: MakeWorld) -> None:
    world = make_world()
    rationale = draft(world)
    user_id, turn = claimed(world, "read_rationale", rationale)
    read(world, user_id, turn, True, True, True)
    Reading.objects.update(active_ms=5000)

    found = spending.handwork(world.project.pk, since=spending.EVER[0], until=spending.EVER[1])

    assert [(each.key.way, each.rework, each.count, each.active_ms) for each in found] == [
        (Way.ANSWER_DRIVEN, True, 1, 5000)
    ]
    everything = list(spending.hands_one_by_one(world.project.pk, since=spending.EVER[0], until=spending.EVER[1]))
    assert everything == [(True, 5000)]


def test_what_was_pasted_is_kept_beside_the_text_and_believed_only_as_far_as_possible(make_world: MakeWorld) -> None:
    world = make_world()
    author = world.member(Role.ANNOTATOR)
    batch = batches.create(
        project_id=world.project.pk,
        kind="write_rationale",
        name="Write",
        targets=[Target(world.samples[0].pk, (world.aspect_id,))],
        actor_id=None,
        now=NOW,
    )
    turn = build_annotation.claim(batch, author)[0]

    written = rationales.write(
        assignment_id=turn.assignment_id,
        fence=turn.fence,
        user_id=author.pk,
        sentences=[THREE[0]],
        concluded=["A"],
        now=datetime.now(UTC),
        trace=WritingTrace(typed=20, pasted=10, pastes=1, phrased=10, phrases=-2, gaps=(0, 5, -3)),
    )

    assert written.trace == WritingTrace(typed=20, pasted=10, pastes=1, phrased=10, gaps=(0, 5, 0))
    assert Rationale.objects.get(pk=written.id).pasted_share == 0.25
    assert [(each.traced, each.mostly) for each in spending.tallied(world.project.pk)] == [(1, 0)]
    Rationale.objects.filter(pk=written.id).update(pasted_share=0.5)
    assert [(each.traced, each.mostly) for each in spending.tallied(world.project.pk)] == [(1, 1)], "half or more"


def test_people_who_write_are_shown_candidates_by_their_slots(make_world: MakeWorld) -> None:
    """The desk prints slots: were letters drawn anew, what somebody says of B would be stored for another candidate."""
    world = make_world(12)
    world.settle("A")
    made = handwork.writing_batch(plan=build.plan(world.project.pk), questions=world.questions())
    author = world.member(Role.ANNOTATOR)

    turns = build_annotation.claim(Batch.objects.get(pk=made.batch_id), author, count=made.pieces)

    assert {turn.letters for turn in turns} == {"ABCD"}
