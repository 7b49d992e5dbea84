"""Writing and revising by people, imports, and evaluations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from accounts.choices import Role
from accounts.models import User
from annotation.errors import LeaseLost
from annotation.models import Assignment
from annotation.services import batches, leases
from annotation.services.batches import Target
from config.base.models import OutboxMessage
from cot_generation.choices import Origin, Outcome, RunPurpose, Way
from cot_generation.errors import RationaleStale, RationaleUnfit
from cot_generation.models import Endpoint, Rationale
from cot_generation.selectors import completions, costs
from cot_generation.selectors import rationales as selectors
from cot_generation.services import rationales
from cot_generation.shapes import Sentence
from tests.builders import annotation as build_annotation
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World
from tests.fakes import endpoint as fakes
from tests.fakes.endpoint import FaultyEndpoint
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db(transaction=True)

MakeWorld = Callable[..., World]
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TEXT = Sentence("The shadow in {{A}} runs to the light.", "A", None, True)


def given(
    world: World, *, kind: str = "write_rationale", subject_id: int | None = None
) -> tuple[int, build_annotation.Given]:
    """An annotator who has claimed the one piece of a batch of this kind."""
    annotator = world.member(Role.ANNOTATOR)
    batch = batches.create(
        project_id=world.project.pk,
        kind=kind,
        name="Write",
        targets=[Target(world.samples[0].pk, (world.aspect_id,), subject_id)],
        actor_id=None,
        now=NOW,
    )
    return annotator.pk, build_annotation.claim(batch, annotator)[0]


def write(
    user_id: int, assignment: build_annotation.Given, *sentences: Sentence, fence: int | None = None
) -> selectors.RationaleInfo:
    return rationales.write(
        assignment_id=assignment.assignment_id,
        fence=assignment.fence if fence is None else fence,
        user_id=user_id,
        sentences=sentences or (TEXT,),
        concluded=["A"],
        now=datetime.now(UTC),
    )


def test_writing_completes_the_assignment_checks_the_text_and_tells_that_the_sample_changed(
    make_world: MakeWorld,
) -> None:
    world = make_world()
    world.settle("A")
    user_id, assignment = given(world)
    OutboxMessage.objects.all().delete()

    written = write(
        user_id,
        assignment,
        Sentence(
            f"The shadow in {{{{{chr(65 + assignment.letters.index('A'))}}}}} runs to the light.", "A", None, True
        ),
    )

    assert (written.way, written.origin, written.passed, written.author_id) == (
        Way.MANUAL,
        Origin.PERSON,
        True,
        user_id,
    )
    assert written.text == "The shadow in {{A}} runs to the light.", "letters as this person saw them became slots"
    assert written.answer_visible is False
    changed = [m.payload["sample_ids"] for m in OutboxMessage.objects.filter(topic="sample_changed")]
    assert [world.samples[0].pk] in changed


def test_writing_twice_for_one_assignment_is_one_rationale(make_world: MakeWorld) -> None:
    user_id, assignment = given(make_world())

    first = write(user_id, assignment)
    second = write(user_id, assignment)

    assert (first.id, Rationale.objects.count()) == (second.id, 1)


def test_an_old_fence_writes_nothing(make_world: MakeWorld) -> None:
    user_id, assignment = given(make_world())

    with pytest.raises(LeaseLost):
        write(user_id, assignment, fence=assignment.fence - 1)

    assert not Rationale.objects.exists()
    assert write(user_id, assignment).id, "and the right one still may"


def test_an_empty_text_is_refused_and_the_assignment_stays_open(make_world: MakeWorld) -> None:
    user_id, assignment = given(make_world())

    with pytest.raises(RationaleUnfit):
        write(user_id, assignment, Sentence("   "))

    assert write(user_id, assignment).id


def test_an_assignment_of_another_kind_takes_no_rationale(make_world: MakeWorld) -> None:
    user_id, assignment = given(make_world(), kind="label")

    with pytest.raises(RationaleUnfit):
        write(user_id, assignment)


def test_a_revision_is_a_further_row_that_keeps_way_and_share_and_replaces_the_old_one_in_lists(
    make_world: MakeWorld,
) -> None:
    world = make_world()
    world.settle("A")
    old = build.rationale(
        world.project.pk,
        sample_id=world.samples[0].pk,
        aspect_id=world.aspect_id,
        way=Way.ANSWER_DRIVEN,
        sandbox=True,
        text="The shadow in {{A}} is wrong.",
    )
    user_id, assignment = given(world, kind="revise_rationale", subject_id=old.pk)

    new = write(user_id, assignment, Sentence("The shadow in {{A}} is missing.", "A", None, True))

    assert (new.revises_id, new.way, new.sandbox, new.answer_visible) == (old.pk, Way.ANSWER_DRIVEN, True, True)
    assert new.kept_share is not None
    assert 0.5 < new.kept_share < 1
    assert [each.id for each in selectors.pool(world.project.pk)] == [new.id]
    assert Rationale.objects.get(pk=old.pk).sentences[0].text == "The shadow in {{A}} is wrong.", (
        "the old row is as it was"
    )
    assert [each.id for each in selectors.history(new)] == [old.pk, new.id]


def test_two_revisions_of_one_rationale_do_not_both_win(make_world: MakeWorld) -> None:
    world = make_world()
    old = build.rationale(world.project.pk, sample_id=world.samples[0].pk, aspect_id=world.aspect_id)
    lead = world.member(Role.LEAD)

    def revise() -> selectors.RationaleInfo:
        return rationales.revise(
            project_id=world.project.pk, rationale_id=old.pk, author_id=lead.pk, sentences=[TEXT], concluded=["A"]
        )

    revise()
    with pytest.raises(RationaleStale):
        revise()


def test_an_evaluation_keeps_texts_and_writes_no_rationale(
    make_world: MakeWorld,
    make_endpoint: Callable[..., Endpoint],
    provider: FaultyEndpoint,
    work_off: Callable[..., int],
) -> None:
    world = make_world(samples=2)
    provider.behaviours = [fakes.says(None, refusal="no")]
    endpoint = make_endpoint(world, requests_at_once=1)
    run = build.run(world.project.pk, endpoint=endpoint, questions=world.questions(), purpose=RunPurpose.EVALUATION)

    work_off()

    refused, answered = completions.of_run(run.pk)
    assert not Rationale.objects.exists()
    assert (refused.outcome, refused.text, refused.answer) == (Outcome.REFUSED, "", None)
    assert answered.outcome == Outcome.ANSWERED
    assert answered.answer == (answered.letters["A"],)
    assert '"answer": ["A"]' in answered.text
    assert (answered.model, answered.prompt_tokens, answered.completion_tokens) == ("test-model", 1000, 100)


def test_cost_by_way_counts_failed_calls_and_active_time(
    make_world: MakeWorld,
    make_endpoint: Callable[..., Endpoint],
    provider: FaultyEndpoint,
    work_off: Callable[..., int],
    settings: object,
) -> None:
    settings.HOURLY_RATE_USD = "36"  # type: ignore[attr-defined]  # pytest-django's wrapper
    world = make_world(samples=2)
    provider.behaviours = [fakes.says(None, refusal="no")]
    build.run(world.project.pk, endpoint=make_endpoint(world, requests_at_once=1), questions=world.questions())
    work_off()
    author = world.member(Role.ANNOTATOR)
    build.rationale(
        world.project.pk,
        sample_id=world.samples[0].pk,
        aspect_id=world.aspect_id,
        author_id=author.pk,
        active_ms=100_000,
    )

    found = costs.by_way(world.project.pk)

    automated, manual = found[Way.AUTOMATED], found[Way.MANUAL]
    # Two calls of 1,000 tokens at $1 and 100 at $4 a million; the refusal is billed too.
    assert (automated.written, automated.calls_usd) == (1, Decimal("0.0028"))
    # 100 s at $36 an hour are one dollar.
    assert (manual.written, manual.active_usd, manual.total_usd) == (1, Decimal("1.0000"), Decimal("1.0000"))


@pytest.mark.parametrize(("submitted", "code"), [(False, "lease_lost"), (True, "assignment_not_found")])
def test_whose_time_ran_out_is_told_so_by_the_checks_and_the_submit_and_keeps_the_text(
    submitted: bool, code: str, make_world: MakeWorld
) -> None:
    world = make_world()
    user_id, assignment = given(world)
    if submitted:
        write(user_id, assignment)
    else:
        Assignment.objects.update(lease_expires_at=NOW)
        leases.expire_overdue()
    writer = ApiClient().signed_in_as(User.objects.get(pk=user_id))
    body = {"sentences": [{"text": "The shadow in A runs to the light.", "slot": "A", "defect": True}]}
    path = f"/projects/{world.project.slug}/assignments/{assignment.assignment_id}/rationale"

    assert writer.post(f"{path}/check", body).json()["code"] == code
    late = writer.post(path, {**body, "concluded": ["A"], "fence": assignment.fence, "active_ms": 0})
    assert late.status_code == (201 if submitted else 409), "the same text sent again is the same rationale"
