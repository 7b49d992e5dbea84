"""The demo makes the same people every time, goes on where it was killed, and lets its people err only as drawn."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from pytest_django.fixtures import Settings

from accounts.choices import Role
from accounts.models import Membership, User
from accounts.selectors import projects
from accounts.services import projects as project_services
from annotation import gold
from annotation.choices import Purpose
from annotation.models import Assignment, Batch, Consensus, Gold, GoldResult
from annotation.services import hot
from catalog.scenes.dataset import ASPECTS, draw
from config.demo import accounts, people, steps
from config.demo.fill import FIRST_STEPS, PRACTICE, SAMPLES, SEED, Filler, claim, known_among
from config.demo.models import Step
from config.demo.steps import Part, Report
from cot_generation import checks
from cot_generation.checks.facts import Facts
from cot_generation.letters import by_slot, mark, rename, shown
from cot_generation.models import Endpoint
from cot_generation.services import endpoints
from tests.builders import catalog

PASSWORDS = {account.key: f"a long pass phrase for {account.key}" for account in accounts.ACCOUNTS}


@pytest.mark.django_db
def test_the_sandbox_is_found_again_where_another_start_put_it(settings: Settings) -> None:
    settings.SANDBOX_URL, settings.SANDBOX_KEY = "http://127.0.0.1:8900/v1", "sandbox-0123456789ab"
    accounts.make(PASSWORDS)
    founded = Endpoint.objects.get(project__slug="demo")
    Endpoint.objects.update(faults_in_a_row=5)

    settings.SANDBOX_URL, settings.SANDBOX_KEY = "http://127.0.0.1:41234/v1", "sandbox-of-another-key"
    accounts.make(PASSWORDS)

    moved = Endpoint.objects.get()
    assert (moved.pk, moved.base_url, moved.faults_in_a_row) == (founded.pk, "http://127.0.0.1:41234/v1", 0)
    assert endpoints.target(moved).key == "sandbox-of-another-key"


@pytest.mark.django_db
def test_the_sign_ins_are_made_once_and_keep_up_with_their_passwords() -> None:
    accounts.make(PASSWORDS)
    accounts.make({**PASSWORDS, "lead": "quite another pass phrase"})

    roles = dict(Membership.objects.filter(project__slug="demo").values_list("user__username", "role"))
    annotators = dict.fromkeys(("annotator", "annotator_2", "newcomer"), "annotator")
    assert roles == {**annotators, "reviewer": "reviewer", "lead": "lead"}
    assert User.objects.get(username="lead").check_password("quite another pass phrase")
    assert User.objects.get(username="annotator").check_password(PASSWORDS["annotator"])
    assert User.objects.get(username="administrator").is_administrator
    assert projects.access(user_id=User.objects.get(username="lead").pk, slug="demo").role == Role.LEAD


@pytest.mark.django_db
def test_a_step_that_failed_is_said_and_done_again_while_finished_ones_are_not() -> None:
    accounts.make(PASSWORDS)
    project_id = projects.by_slug("demo").project_id
    done: list[str] = []

    def first(report: Report) -> None:
        done.append("first")
        report(3, 3)

    def second(report: Report) -> None:
        done.append("second")
        if len(done) == 2:
            raise OSError("the disk is full")

    parts = [Part("first", "First", first), Part("second", "Second", second)]
    with pytest.raises(OSError, match="disk"):
        steps.run(parts)
    failed = Step.objects.get(key="second")

    steps.run(parts)

    assert done == ["first", "second", "second"]
    assert "the disk is full" in failed.failure
    assert Step.objects.get(key="second").failure == ""
    assert (Step.objects.get(key="first").done, steps.busy(project_id=project_id)) == (3, None)


@pytest.mark.django_db
def test_a_release_of_the_demo_waits_while_it_fills_and_others_do_not() -> None:
    accounts.make(PASSWORDS)
    other = project_services.create(slug="other", name="Other")
    Step.objects.create(key="draw", title="Drawing scenes", position=0)

    assert "Drawing scenes" in (steps.busy(project_id=projects.by_slug("demo").project_id) or "")
    assert steps.busy(project_id=other.pk) is None


def drawn(count: int, folder: Path, settings: Settings) -> Filler:
    """The demo with so many samples brought in."""
    accounts.make(PASSWORDS)
    project_id = projects.by_slug("demo").project_id
    truths = [draw(SEED, index, 32).truth for index in range(count)]
    for truth in truths:
        catalog.sample(project_id, external_id=truth.id)
    settings.BASE_DIR = folder
    filler = Filler(count=count)
    filler.folder.mkdir(parents=True)
    (filler.folder / "truth.jsonl").write_bytes(b"\n".join(msgspec.json.encode(truth) for truth in truths))
    return filler


@pytest.mark.django_db
def test_both_annotators_are_checked_by_hidden_gold_whose_answers_count_for_nothing_else(
    tmp_path: Path, settings: Settings
) -> None:
    filler = drawn(30, tmp_path, settings)
    truths = list(filler.truths.values())
    filler.judge(lambda done, total: None)
    filler.judge(lambda done, total: None)  # as after a kill

    known = known_among(truth.id for truth in truths)
    results = GoldResult.objects.filter(purpose=Purpose.GOLD)
    assert sorted(Gold.objects.values_list("sample__external_id", flat=True)) == known
    assert set(results.values_list("annotator__username", flat=True)) == {"annotator", "annotator_2"}
    for truth in (truth for truth in truths if truth.id in known):
        for person in ("annotator", "annotator_2"):
            said, _ = people.opinion(truth, slots="ABCD", person=person)
            met = results.filter(gold__sample__external_id=truth.id, annotator__username=person)
            assert all(each.said == said[each.slot][each.aspect.key] for each in met.select_related("aspect"))
    assert not Consensus.objects.filter(sample__external_id__in=known).exists()


@pytest.mark.django_db
def test_a_newcomer_practises_with_feedback_and_then_meets_hidden_gold_on_samples_that_nobody_had(
    tmp_path: Path, settings: Settings
) -> None:
    # Ten of them are opinions, so that whatever ranks are drawn one whole round of four turns holds a gold piece.
    filler = drawn(180, tmp_path, settings)
    filler.judge(lambda done, total: None)
    filler.welcome(lambda done, total: None)
    filler.welcome(lambda done, total: None)  # as after a kill
    person, batch = filler.person("newcomer"), Batch.objects.get(name=FIRST_STEPS)

    met = []
    while turns := claim(person, batch.pk):
        (turn,) = turns
        reply = hot.submit(
            access=person,
            assignment_id=turn.assignment_id,
            fence=turn.fence,
            key=uuid4(),
            cells=people.truthful(filler.truths[turn.sample], slots=sorted(turn.letters)),
            regions=[],
            active_ms=0,
        )
        purpose = Assignment.objects.get(pk=turn.assignment_id).purpose
        met.append((purpose, reply.feedback is not None))
        if reply.feedback:
            assert all(cell.is_right for cell in reply.feedback.cells)
            assert reply.feedback.note

    assert met[:PRACTICE] == [(Purpose.TRAINING, True)] * PRACTICE
    later = set(met[PRACTICE:])
    assert later == {(Purpose.OPINION, False), (Purpose.GOLD, False)}
    mine = Assignment.objects.filter(annotator__username="newcomer").exclude(purpose=Purpose.GOLD)
    others = Assignment.objects.exclude(annotator__username="newcomer")
    assert not set(mine.values_list("piece__sample", flat=True)) & set(others.values_list("piece__sample", flat=True))


def test_each_annotator_overlooks_something_in_the_hidden_gold_so_that_pages_have_figures_to_show() -> None:
    truths = {truth.id: truth for truth in (draw(SEED, index, 32).truth for index in range(SAMPLES))}
    known = [truths[name] for name in known_among(truths)]
    for person in ("annotator", "annotator_2"):
        wrong = 0
        for truth in known:
            said, _ = people.opinion(truth, slots="ABCD", person=person)
            checked = gold.check(
                expected=people.truthful(truth, slots="ABCD"),
                said=said,
                tolerance={},
                threshold="minor",
                aspects=ASPECTS,
            )
            wrong += sum(each.is_right is False for each in checked)
        assert 0 < wrong < len(known)


def test_the_same_person_sees_the_same_on_every_look_and_not_what_another_sees() -> None:
    truths = [draw(7, index, 32).truth for index in range(30)]

    ann = [people.opinion(truth, slots="ABCD", person="ann") for truth in truths]

    assert ann == [people.opinion(truth, slots="ABCD", person="ann") for truth in truths]
    assert ann != [people.opinion(truth, slots="ABCD", person="ben") for truth in truths]
    cells = [
        (said[slot][aspect] != "none", aspect in truth.cells.get(slot, {}))
        for truth, (said, _) in zip(truths, ann, strict=True)
        for slot in "ABCD"
        for aspect in ASPECTS
    ]
    right = sum(seen == planted for seen, planted in cells)
    assert 0.9 < right / len(cells) < 1


def test_what_a_person_writes_names_the_letters_they_saw_and_keeps_the_slots() -> None:
    sentences = people.rationale(["C"], aspect="physical_shadow", letters="CABD", person="ann")

    assert by_slot("CABD")["C"] == "A"
    assert sentences[0].slot == "C"
    assert "candidate A" in sentences[0].text


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("answer", [[], ["C"], ["A", "C", "D"], ["A", "B", "C", "D"]])
def test_what_a_person_writes_passes_every_check_so_that_a_lot_of_it_can_be_audited(
    aspect: str, answer: list[str]
) -> None:
    written = people.rationale(answer, aspect=aspect, letters="CABD", person="ann")
    facts = Facts(
        sentences=tuple(msgspec.structs.replace(each, text=rename(mark(each.text), shown("CABD"))) for each in written),
        concluded=frozenset(answer),
        slots=("A", "B", "C", "D"),
        aspect=aspect,
        answer=frozenset(answer),
        answer_visible=True,
        severities={slot: "major" if slot in answer else "none" for slot in "ABCD"},
        locale="en",
    )

    assert checks.failed(checks.run_all(facts)) == []
