"""Gold in people's figures, and what happens when somebody says that a known answer is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.choices import Role
from accounts.models import Project, User
from annotation.choices import GoldEnd, GoldSource, Purpose
from annotation.errors import AppealDecided, NotAppealable
from annotation.models import Assignment, Gold, GoldAppeal, GoldResult
from annotation.selectors import appeals as found
from annotation.selectors import quality
from annotation.services import appeals, golds
from annotation.services.batches import Terms
from annotation.services.quality import work
from catalog.models import Sample
from config.base.errors import InvalidInput
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
SHADOW = "physical_shadow"
FLAWED = build.verdicts({"B/physical_shadow": "major"})


class Practice:
    """A practice piece whose expected answer says B, judged by somebody who sees C."""

    def __init__(self) -> None:
        self.project: Project = accounts.project(slug="p")
        self.one: User = accounts.member(self.project, Role.ANNOTATOR)
        self.lead: User = accounts.member(self.project, Role.LEAD)
        (self.sample,) = catalog.samples(self.project.pk, 1)
        (self.gold,) = gold(self.project, [self.sample], Purpose.TRAINING)
        self.batch = build.batch(self.project, catalog.samples(self.project.pk, 1), terms=Terms(training_count=1))
        (self.given,) = build.claim(self.batch, self.one)
        build.submit(self.batch, self.one, self.given, build.verdicts({"C/physical_shadow": "minor"}))

    def appeal(self, reason: str = "The shadow of B is right; C's is not.") -> GoldAppeal:
        return appeals.appeal(
            project_id=self.project.pk,
            user_id=self.one.pk,
            assignment_id=self.given.assignment_id,
            reason=reason,
            now=build.NOW,
        )

    def decide(self, appeal: GoldAppeal, *, uphold: bool, correct: bool = False) -> GoldAppeal:
        return appeals.decide(
            project_id=self.project.pk,
            appeal_id=appeal.pk,
            uphold=uphold,
            correct=correct,
            reply="Looked at again.",
            actor_id=self.lead.pk,
            now=build.NOW,
        )


def gold(project: Project, samples: list[Sample], purpose: Purpose) -> list[Gold]:
    return golds.make(
        project_id=project.pk,
        questions=[golds.NewGold(sample.pk, FLAWED) for sample in samples],
        purpose=purpose,
        source=GoldSource.BY_HAND,
        tolerance={},
        actor_id=None,
    )


def test_an_upheld_appeal_retires_the_question_and_takes_its_results_with_it() -> None:
    practice = Practice()

    decided = practice.decide(practice.appeal(), uphold=True)

    practice.gold.refresh_from_db()
    assert (decided.state, practice.gold.retired_why) == ("upheld", GoldEnd.WRONG)
    assert not GoldResult.objects.filter(is_void=False).exists()
    with pytest.raises(AppealDecided):
        practice.decide(decided, uphold=False)


def test_what_was_upheld_can_come_back_with_what_the_person_said() -> None:
    practice = Practice()

    practice.decide(practice.appeal(), uphold=True, correct=True)

    fresh = Gold.objects.get(sample=practice.sample, retired_at=None)
    assert (fresh.expected["B"][SHADOW], fresh.expected["C"][SHADOW]) == ("none", "minor")
    assert (fresh.purpose, fresh.note) == ("training", "Looked at again.")


def test_others_are_not_held_to_what_an_upheld_appeal_replaced_and_cannot_appeal_it_again() -> None:
    practice = Practice()
    two = accounts.member(practice.project, Role.ANNOTATOR)
    (given,) = build.claim(practice.batch, two)
    build.submit(practice.batch, two, given, build.verdicts())

    def held_against(user: User) -> list[int]:
        return [each.assignment_id for each in found.practised(project_id=practice.project.pk, user_id=user.pk)]

    before = held_against(two)
    practice.decide(practice.appeal(), uphold=True, correct=True)

    assert (before, held_against(two)) == ([given.assignment_id], [])
    assert held_against(practice.one) == [practice.given.assignment_id], "their own appeal stays to be read"
    with pytest.raises(NotAppealable):
        appeals.appeal(
            project_id=practice.project.pk,
            user_id=two.pk,
            assignment_id=given.assignment_id,
            reason="No.",
            now=build.NOW,
        )


def test_an_answered_appeal_keeps_the_note_that_its_author_read() -> None:
    practice = Practice()
    Gold.objects.update(note="Look at the foot.")

    practice.decide(practice.appeal(), uphold=True, correct=True)

    (row,) = found.practised(project_id=practice.project.pk, user_id=practice.one.pk)
    assert (row.note, row.reply) == ("Look at the foot.", "Looked at again.")


def test_a_declined_appeal_changes_nothing_but_is_answered() -> None:
    practice = Practice()

    decided = practice.decide(practice.appeal(), uphold=False)

    practice.gold.refresh_from_db()
    assert (decided.state, decided.reply, practice.gold.retired_at) == ("declined", "Looked at again.", None)
    assert GoldResult.objects.filter(is_void=False).exists()


def test_only_ones_own_practice_can_be_appealed_and_only_once() -> None:
    practice = Practice()
    (plain,) = build.claim(practice.batch, practice.one)
    build.submit(practice.batch, practice.one, plain, FLAWED)

    with pytest.raises(InvalidInput):
        practice.appeal(" ")
    practice.appeal()
    with pytest.raises(NotAppealable):
        practice.appeal()
    for assignment_id, user in ((plain.assignment_id, practice.one), (practice.given.assignment_id, practice.lead)):
        with pytest.raises(NotAppealable):
            appeals.appeal(
                project_id=practice.project.pk,
                user_id=user.pk,
                assignment_id=assignment_id,
                reason="No.",
                now=build.NOW,
            )


def test_hidden_gold_cannot_be_told_from_an_opinion_by_appealing_it() -> None:
    project = accounts.project()
    one = accounts.member(project, Role.ANNOTATOR)
    gold(project, catalog.samples(project.pk, 1), Purpose.GOLD)
    batch = build.batch(project, catalog.samples(project.pk, 2), terms=Terms(gold_share=0.5))
    for _ in range(3):
        for given in build.claim(batch, one):
            build.submit(batch, one, given, FLAWED)
    refusals = set()
    for turn in Assignment.objects.filter(annotator=one):
        with pytest.raises(NotAppealable) as refused:
            appeals.appeal(project_id=project.pk, user_id=one.pk, assignment_id=turn.pk, reason="No.", now=build.NOW)
        refusals.add(str(refused.value))

    assert {turn.purpose for turn in Assignment.objects.filter(annotator=one)} == {"gold", "opinion"}
    assert len(refusals) == 1


def test_over_http_the_mirror_shows_practice_and_a_lead_decides(api: Callable[[], ApiClient]) -> None:
    practice = Practice()
    mine = api().signed_in_as(practice.one)
    (row,) = mine.get("/projects/p/mirror").json()["practised"]
    letter = "ABCD"[practice.given.letters.index("B")]
    assert [(cell["letter"], cell["expected"], cell["said"]) for cell in row["wrong"] if cell["slot"] == "B"] == [
        (letter, "major", "none")
    ]

    made = mine.post(f"/projects/p/assignments/{row['assignment_id']}/appeal", {"reason": "Look at C."})
    assert (made.status_code, made.json()["state"]) == (201, "open")
    assert mine.get("/projects/p/appeals").status_code == 403
    lead = api().signed_in_as(practice.lead)
    (appeal,) = lead.get("/projects/p/appeals").json()["results"]
    assert (appeal["wrong"], appeal["letters"]) == (row["wrong"], practice.given.letters), "as the reason names them"
    needs = lead.get("/projects/p/overview").json()["needs"]
    assert {"key": "appeals_open", "count": 1, "action": "agreement/people"} in needs
    decided = lead.post(f"/projects/p/appeals/{appeal['id']}", {"uphold": True, "reply": "You are right."}).json()

    assert decided["state"] == "upheld"
    assert lead.get("/projects/p/appeals").json()["results"] == []
    (row,) = mine.get("/projects/p/mirror").json()["practised"]
    assert (row["appeal"], row["reply"]) == ("upheld", "You are right.")


def test_hidden_gold_stands_in_the_leads_figures_and_in_ones_own_only_from_ten_on(
    api: Callable[[], ApiClient],
) -> None:
    project = accounts.project(slug="p")
    one, lead = accounts.member(project, Role.ANNOTATOR), accounts.member(project, Role.LEAD)
    gold(project, catalog.samples(project.pk, 14), Purpose.GOLD)
    batch = build.batch(project, catalog.samples(project.pk, 30), terms=Terms(gold_share=0.5))
    seen = 0
    figures = []
    for stop in (9, 12):
        while seen < stop:
            (given,) = build.claim(batch, one)
            seen += Assignment.objects.get(pk=given.assignment_id).purpose == "gold"
            build.submit(batch, one, given, FLAWED)
        work.compute(project.pk, now=build.NOW)
        (person,) = api().signed_in_as(lead).get("/projects/p/agreement/people").json()["people"]
        own = api().signed_in_as(one).get("/projects/p/mirror").json()["figures"]
        figures.append((person["figures"]["gold"][SHADOW]["of"], own["gold"].get(SHADOW, {}).get("of")))
        assert all(week["gold"] == {} for week in own["weeks"])

    assert figures == [(9, None), (12, 12)]
    people = quality.people(project.pk)
    assert people is not None
    assert people.gold[SHADOW].value == 1
