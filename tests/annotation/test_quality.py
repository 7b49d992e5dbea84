"""Figures made in the background: agreement, people, and Dawid–Skene beside the vote."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Project, User
from annotation.choices import ConsensusMethod
from annotation.models import Annotation, Assignment, Consensus, ModelAnswer, QualityFigures, QualityWork
from annotation.selectors import quality
from annotation.services import consensus
from annotation.services.quality import work
from annotation.shapes import Cells, Region
from catalog.models import Sample
from config.base.errors import InvalidInput
from config.base.sweep import sweep
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
SHADOW, PLACE = "physical_shadow", "placement_layout"
MAJOR_B = {"B/physical_shadow": "major"}
MINOR_B = {"B/physical_shadow": "minor"}


class Team:
    """A project with people who judge the same samples, each in turn."""

    def __init__(self, *, people: int = 2, samples: int = 4) -> None:
        self.project: Project = accounts.project(slug="p")
        self.people: list[User] = [accounts.member(self.project, Role.ANNOTATOR) for _ in range(people)]
        self.lead = accounts.member(self.project, Role.LEAD)
        self.reviewer = accounts.member(self.project, Role.REVIEWER)
        self.samples: list[Sample] = catalog.samples(self.project.pk, samples)
        self.batch = build.batch(self.project, self.samples, wanted=people)

    def say(self, person: int, *flagged: dict[str, Any], **submit: Any) -> None:
        """This person's opinions on the samples in order."""
        for each in flagged:
            (given,) = build.claim(self.batch, self.people[person])
            build.submit(self.batch, self.people[person], given, build.verdicts(each), **submit)

    def compute(self) -> None:
        work.compute(self.project.pk, now=build.NOW)

    def aspect(self, key: str = SHADOW, scope: str = "all") -> Any:
        found = quality.agreement(self.project.pk, scope)
        assert found is not None
        return next(each for each in found.aspects if each.aspect == key)


def test_alpha_per_aspect_and_cell_with_the_samples_behind_it() -> None:
    # Shadow of B, four samples: both major, they differ (minor, none), both none twice. On B alone the hand-worked
    # example of test_agreement: 8/15. The other candidates never have a defect: undefined, and the page says why.
    team = Team()
    team.say(0, MAJOR_B, MINOR_B, {}, {})
    team.say(1, MAJOR_B, {}, {}, {})

    team.compute()

    shadow = team.aspect()
    cells = {each.slot: each for each in shadow.cells}
    assert cells["B"].defect.alpha == pytest.approx(8 / 15, abs=1e-4)
    assert (cells["A"].defect.alpha, cells["A"].defect.why_undefined) == (None, "nothing_varies")
    assert (cells["A"].defect.opinions, cells["A"].defect.only) == (8, "no_defect")
    assert (shadow.samples, shadow.differing, cells["B"].differing, cells["A"].differing) == (4, 1, 1, 0)
    assert cells["B"].difference is not None
    assert (cells["B"].difference.one, cells["B"].difference.other, cells["B"].difference.share) == ("minor", "none", 1)
    assert quality.behind(team.project.pk, f"differ/{SHADOW}/B").sample_ids == (team.samples[1].pk,)
    assert quality.behind(team.project.pk, f"differ/{SHADOW}/A").total == 0
    # As sets: {B}, {B} · {B}, {} · {}, {} twice: the same table as the cell, since all else is equal.
    assert shadow.answer.alpha == pytest.approx(8 / 15, abs=1e-4)
    assert team.aspect(scope=f"batch:{team.batch.pk}").cells[1].defect.alpha == cells["B"].defect.alpha


def test_an_unsure_cell_is_no_opinion() -> None:
    team = Team(samples=2)
    team.say(0, {"B/physical_shadow": "unsure"}, MAJOR_B)
    team.say(1, MAJOR_B, {})

    team.compute()

    assert {each.slot: each.defect.units for each in team.aspect().cells} == {"A": 2, "B": 1, "C": 2, "D": 2}


def test_regions_on_the_same_cell_are_laid_over_each_other() -> None:
    team = Team(samples=1)
    box = Region(slot="B", aspect=SHADOW, box=(0, 0, 10, 10))
    half = Region(slot="B", aspect=SHADOW, box=(5, 0, 10, 10))
    team.say(0, MAJOR_B, regions=[box])
    team.say(1, MAJOR_B, regions=[half])

    team.compute()

    shadow = team.aspect()
    assert (shadow.overlap.mean, shadow.overlap.pairs) == (pytest.approx(1 / 3, abs=1e-4), 1)
    assert (team.aspect(PLACE).overlap.mean, team.aspect(PLACE).overlap.pairs) == (None, 0)


def test_two_people_and_what_one_says_where_the_other_does_not() -> None:
    team = Team(people=3)
    team.say(0, MAJOR_B, MINOR_B, {}, {})
    team.say(1, MAJOR_B, {}, {}, {})
    team.say(2, MAJOR_B, {}, {}, {})

    team.compute()

    found = quality.pairs(team.project.pk, aspect=SHADOW)
    assert found is not None
    by_pair = {(each.one, each.other): each for each in found.pairs}
    one, two, three = (person.pk for person in team.people)
    differing = by_pair[one, two]
    assert (differing.samples, differing.differing) == (4, 1)
    assert differing.difference is not None
    assert (differing.difference.one, differing.difference.other) == ("minor", "none")
    assert by_pair[two, three].alpha == 1.0
    assert quality.behind(team.project.pk, f"pair/{one}/{two}/{SHADOW}").sample_ids == (team.samples[1].pk,)


def test_a_persons_answers_against_the_consensus_and_the_weeks_they_were_given_in() -> None:
    team = Team(people=3)
    team.say(0, MAJOR_B, MINOR_B, {}, {})
    team.say(1, MAJOR_B, {}, {}, {})
    team.say(2, MAJOR_B, {}, {}, {})
    last = Annotation.objects.filter(annotator=team.people[0]).order_by("-pk").first()
    assert last is not None
    Annotation.objects.filter(pk=last.pk).update(submitted_at=last.submitted_at - timedelta(weeks=2))

    team.compute()

    found = quality.people(team.project.pk)
    assert found is not None
    mine = next(each for each in found.people if each.user_id == team.people[0].pk)
    assert (mine.opinions, mine.right[SHADOW].count, mine.right[SHADOW].of) == (4, 3, 4)
    assert [week.opinions for week in mine.weeks] == [1, 3]
    assert [week.right[SHADOW] for week in mine.weeks] == [(1, 1), (2, 3)]
    assert quality.behind(team.project.pk, f"person/{team.people[0].pk}/{SHADOW}").total == 1
    assert mine.signals == []


def test_the_place_a_candidate_was_shown_in_is_counted_not_its_slot() -> None:
    team = Team(samples=40)
    for _ in team.samples:
        (given,) = build.claim(team.batch, team.people[0])
        build.submit(
            team.batch, team.people[0], given, build.verdicts({f"{given.letters[0]}/physical_shadow": "major"})
        )

    team.compute()

    found = quality.people(team.project.pk)
    assert found is not None
    (mine,) = found.people
    assert mine.position is not None
    assert [share.count for share in mine.position.flagged] == [40, 0, 0, 0]
    assert mine.position.size == pytest.approx(1)
    assert {signal.code for signal in mine.signals} == {"position", "same_keys"}


EVERYWHERE = {f"{slot}/physical_shadow": "major" for slot in "ABCD"}


def careless(team: Team) -> None:
    """Three who always agree, and two who now and then flag all there is: both of them on the last sample."""
    real = [place % 4 == 0 for place in range(30)]
    for person in range(3):
        team.say(person, *[MAJOR_B if defect else {} for defect in real])
    for person, turn in ((3, 1), (4, 2)):
        noise = [EVERYWHERE if place % 4 == turn or place == 29 else {} for place in range(30)]
        team.say(person, *[MAJOR_B if defect else noise[place] for place, defect in enumerate(real)])


def test_the_model_stands_beside_the_vote_and_moves_nothing_until_it_is_chosen() -> None:
    team = Team(people=5, samples=30)
    careless(team)
    last = team.samples[-1]
    # Two of the careful ones take the last sample back, as if they had not been asked.
    Annotation.objects.filter(sample=last, annotator__in=team.people[:2]).update(counts=False)
    consensus.recompute(project_id=team.project.pk, sample_ids=[last.pk])

    team.compute()

    shadow = build.aspect_ids(team.project)[SHADOW]
    assert Consensus.objects.get(sample=last, aspect_id=shadow).answer == "ABCD"
    assert ModelAnswer.objects.get(sample=last, aspect_id=shadow).answer == ""
    assert quality.behind(team.project.pk, f"model/{SHADOW}").sample_ids == (last.pk,)
    found = quality.people(team.project.pk)
    assert found is not None
    sees = {each.user_id: each.sees[SHADOW] for each in found.people}
    assert sees[team.people[0].pk][1] > 0.9  # leaves clean what is clean
    assert sees[team.people[3].pk][1] < 0.9

    choose(team, ConsensusMethod.DAWID_SKENE)
    team.compute()

    row = Consensus.objects.get(sample=last, aspect_id=shadow)
    assert (row.answer, row.source) == ("", "dawid_skene")

    choose(team, ConsensusMethod.MAJORITY)
    team.compute()

    row = Consensus.objects.get(sample=last, aspect_id=shadow)
    assert (row.answer, row.source) == ("ABCD", "majority")


def choose(team: Team, method: ConsensusMethod, settles_at: float = 0.9) -> None:
    work.set_policy(
        project_id=team.project.pk, method=method, settles_at=settles_at, actor_id=team.lead.pk, now=build.NOW
    )


def test_a_tie_is_settled_only_when_the_model_is_sure_and_a_ruling_never() -> None:
    team = Team(people=2, samples=30)
    team.say(0, *([MAJOR_B, {}] * 15))
    team.say(1, *([MAJOR_B, {}] * 14), {}, {})
    shadow = build.aspect_ids(team.project)[SHADOW]
    tied = Consensus.objects.get(aspect_id=shadow, disputed=True)

    choose(team, ConsensusMethod.DAWID_SKENE, settles_at=1.0)
    team.compute()
    assert Consensus.objects.get(sample=tied.sample_id, aspect_id=shadow).disputed

    Consensus.objects.filter(sample=team.samples[0], aspect_id=shadow).update(source="adjudicated", answer="D")
    choose(team, ConsensusMethod.DAWID_SKENE, settles_at=0.5)
    team.compute()
    settled = Consensus.objects.get(sample=tied.sample_id, aspect_id=shadow)
    assert (settled.disputed, settled.source, settled.tied) == (False, "dawid_skene", "")
    assert Consensus.objects.get(sample=team.samples[0], aspect_id=shadow).answer == "D"
    with pytest.raises(InvalidInput):
        choose(team, ConsensusMethod.DAWID_SKENE, settles_at=0.3)


def test_an_opinion_taken_back_leaves_no_estimate_behind() -> None:
    team = Team(samples=2)
    team.say(0, MAJOR_B, {})
    team.compute()
    assert ModelAnswer.objects.filter(sample=team.samples[0]).count() == 4

    Assignment.objects.filter(piece__sample=team.samples[0]).update(state="reserved")
    team.compute()

    assert not ModelAnswer.objects.filter(sample=team.samples[0]).exists()


@pytest.mark.django_db(transaction=True)
def test_the_sweep_makes_figures_due_when_people_have_worked_and_only_then() -> None:
    team = Team(samples=2)
    assert not QualityWork.objects.exists()
    team.say(0, MAJOR_B)

    sweep(now=timezone.now())
    assert made(team) == 1
    sweep(now=timezone.now())
    assert made(team) == 0

    team.say(1, {})
    sweep(now=timezone.now())
    row = QualityWork.objects.get()
    assert (row.state, row.opinions) == ("waiting", 1)
    assert row.next_attempt_at > timezone.now()  # it rests between runs
    assert made(team) == 0

    work.ask(project_id=team.project.pk, now=timezone.now())
    assert made(team) == 1
    assert QualityWork.objects.get().opinions == 2


def made(team: Team) -> int:
    return work.make_due(clock=timezone.now, until=timezone.now() + timedelta(seconds=30))


def test_a_run_that_fails_is_tried_again_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    team = Team(samples=1)
    team.say(0, MAJOR_B)
    team.compute()
    work.ask(project_id=team.project.pk, now=timezone.now())

    def broken(*_: object, **__: object) -> Cells:
        raise RuntimeError("no room")

    monkeypatch.setattr("annotation.services.quality.table.load", broken)
    made(team)

    standing = quality.standing(team.project.pk)
    assert (standing.due, standing.failure) == (True, "RuntimeError: no room")
    assert quality.agreement(team.project.pk) is not None  # the last figures stay


def test_figures_of_a_batch_that_nobody_works_in_any_more_go_away() -> None:
    team = Team(samples=1)
    team.say(0, MAJOR_B)
    team.compute()
    assert QualityFigures.objects.filter(scope=f"batch:{team.batch.pk}").exists()

    Assignment.objects.update(state="reserved")
    team.compute()

    assert not QualityFigures.objects.filter(scope=f"batch:{team.batch.pk}").exists()


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/projects/p/agreement", "reviewer"),
        ("/projects/p/agreement/pairs", "lead"),
        ("/projects/p/agreement/people", "lead"),
        ("/projects/p/mirror", "annotator"),
        ("/projects/p/agreement/samples?aspect=physical_shadow", "reviewer"),
    ],
)
def test_no_page_counts_rows(api: Callable[[], ApiClient], path: str, who: str) -> None:
    """A read costs the same statements with four opinions and with forty."""
    from django.db import connection

    team = Team(samples=20)
    client = api().signed_in_as({"reviewer": team.reviewer, "lead": team.lead, "annotator": team.people[0]}[who])
    counts = []
    for more in (2, 18):
        team.say(0, *([MAJOR_B] * more))
        team.say(1, *([{}] * more))
        team.compute()
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(path).status_code == 200
        counts.append(len(queries))
        assert not any("count(" in each["sql"].lower() for each in queries.captured_queries)
    assert counts[0] == counts[1]


def test_people_are_for_leads_and_the_mirror_shows_only_oneself(api: Callable[[], ApiClient]) -> None:
    team = Team()
    team.say(0, MAJOR_B, {})
    team.say(1, {}, {})
    team.compute()

    everybody = api().signed_in_as(team.lead).get("/projects/p/agreement/people").json()
    mirror = api().signed_in_as(team.people[0]).get("/projects/p/mirror").json()

    assert len(everybody["people"]) == 2
    assert api().signed_in_as(team.reviewer).get("/projects/p/agreement/people").status_code == 403
    assert mirror["figures"]["user_id"] == team.people[0].pk
    assert mirror["people"] == 2
    assert team.people[1].username not in str(mirror)
    names = f"/projects/p/agreement/samples?aspect={SHADOW}&person={team.people[0].pk}"
    assert api().signed_in_as(team.reviewer).get(names).status_code == 403
    assert api().signed_in_as(team.lead).get(names).json() == {"results": [], "total": 0}


def test_before_anything_is_made_the_reply_says_so_and_whether_there_is_anything_to_make(
    api: Callable[[], ApiClient],
) -> None:
    team = Team()

    def standing() -> tuple[bool, str | None]:
        found = api().signed_in_as(team.reviewer).get("/projects/p/agreement").json()
        assert found["figures"] is None
        return found["standing"]["due"], found["standing"]["made_at"]

    assert standing() == (False, None)
    team.say(0, {})
    assert standing() == (True, None)


def test_the_choice_of_consensus_is_a_leads(api: Callable[[], ApiClient]) -> None:
    team = Team()
    body = {"method": "dawid_skene", "settles_at": 0.9}

    assert api().signed_in_as(team.reviewer).put("/projects/p/agreement/consensus", body).status_code == 403
    chosen = api().signed_in_as(team.lead).put("/projects/p/agreement/consensus", body).json()

    assert (chosen["version"], chosen["method"]) == (1, "dawid_skene")
    wrong = api().signed_in_as(team.lead).put("/projects/p/agreement/consensus", {**body, "settles_at": 2})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid_input")
