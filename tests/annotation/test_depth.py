"""What another opinion buys: ties and wrong votes by the number of opinions, and the preview that shows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Project
from annotation.choices import Purpose
from annotation.figures import DayFigure, DepthFigures, TieFigure
from annotation.models import Annotation, Assignment, Gold, GoldResult
from annotation.selectors import estimates, quality
from annotation.services.quality import work
from annotation.shapes import Severity
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
Said = dict[str, Severity]
MAJOR_B: Said = {"B/physical_shadow": "major"}
UNSURE_B: Said = {"B/physical_shadow": "unsure"}


@pytest.fixture
def project() -> Project:
    return accounts.project(slug="p")


def figures(project: Project) -> DepthFigures:
    work.compute(project.pk, now=timezone.now())
    found = quality.depth(project.pk)
    assert found is not None
    return found


def test_ties_after_each_opinion_and_whether_the_next_settles_them(project: Project) -> None:
    # Four samples, in order: agree; differ, and the third settles; differ, and the third is unsure; one opinion only.
    samples = catalog.samples(project.pk, 4)
    batch = build.batch(project, samples, wanted=3)
    sayings: list[list[Said]] = [[{}, MAJOR_B, MAJOR_B, {}], [{}, {}, {}], [{}, {}, UNSURE_B]]
    for said in sayings:
        person = accounts.member(project, Role.ANNOTATOR)
        for each in said:
            build.opinion(batch, person, build.verdicts(each))

    second, third = figures(project).ties

    assert (second.opinions, second.settled, second.settled_then_tied, second.tied) == (2, 3, 2, 0)
    assert (third.settled, third.settled_then_tied, third.tied, third.still_tied) == (1, 0, 2, 1)


def test_what_further_opinions_and_rulings_are_expected() -> None:
    seen = [
        TieFigure(opinions=2, settled=10, settled_then_tied=4, tied=0, still_tied=0),
        TieFigure(opinions=3, settled=6, settled_then_tied=0, tied=4, still_tied=1),
    ]

    def ties(wanted: int, maximum: int) -> list[float | None]:
        found = estimates.ties(seen, wanted=wanted, maximum=maximum)
        return [None if each is None else round(each, 9) for each in found]

    assert [ties(2, 2), ties(2, 3), ties(3, 3), ties(1, 3)] == [[0, 0.4], [0.4, 0.1], [0, 0.1], [0, 0]]
    # Nobody ever gave a fourth: how many come is known, how many stay tied is not.
    assert ties(2, 4) == [0.5, None]
    assert estimates.ties([], wanted=2, maximum=3) == (None, None)


def test_the_vote_of_more_people_is_wrong_less_often_on_gold(project: Project) -> None:
    # One gold question whose truth is a defect on B; of three people one sees none. Of the ordered pairs of people a
    # third agree rightly and the rest tie, of all threes the vote is right; one alone is wrong in a third.
    (sample,) = catalog.samples(project.pk, 1)
    gold = Gold.objects.create(project=project, sample=sample, source="authored", expected=build.verdicts(MAJOR_B))
    batch = build.batch(project, catalog.samples(project.pk, 3))
    aspect = build.aspect_ids(project)["physical_shadow"]
    for said in ("minor", "major", "none"):
        person = accounts.member(project, Role.ANNOTATOR)
        turn = Assignment.objects.get(pk=build.opinion(batch, person).assignment_id)
        for slot, expected, severity in (("A", "none", "none"), ("B", "major", said)):
            GoldResult.objects.create(
                gold=gold, assignment=turn, batch=batch, annotator=person, purpose=Purpose.GOLD, aspect_id=aspect,
                slot=slot, expected=expected, said=severity, is_right=said != "none",
            )  # fmt: skip

    votes = {(each.wanted, each.maximum): each for each in figures(project).votes}

    assert votes[1, 1].wrong == pytest.approx(1 / 3)
    assert (votes[2, 2].wrong, votes[2, 3].wrong, votes[3, 3].wrong) == (0, 0, 0)
    assert (votes[1, 1].questions, votes[1, 1].margin) == (1, None)
    assert (4, 4) not in votes


def test_a_week_counts_the_days_that_are_not_over_seven_back() -> None:
    days = [DayFigure(date(2026, 11, 17), 7_000, [1]), DayFigure(date(2026, 11, 18), 14_000, [1, 2])]
    depth = DepthFigures([], [], days)

    assert estimates.week(depth, today=date(2026, 11, 23)) == estimates.Week(3_000, 2)
    assert estimates.week(depth, today=date(2026, 11, 24)) == estimates.Week(2_000, 2)
    assert estimates.week(depth, today=date(2026, 11, 25)) == estimates.Week(0, 0)


def test_figures_hold_the_days_of_the_last_week(project: Project) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 2))
    person = accounts.member(project, Role.ANNOTATOR)
    now = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    for days in (1, 8):
        said = build.opinion(batch, person)
        Annotation.objects.filter(pk=said.annotation_id).update(
            active_ms=5_000, submitted_at=now - timedelta(days=days)
        )

    work.compute(project.pk, now=now)

    found = quality.depth(project.pk)
    assert found is not None
    assert found.days == [DayFigure(date(2026, 11, 23), 5_000, [person.pk])]


def test_a_preview_says_what_stays_tied_and_asks_as_much_however_many_options_it_shows(
    api: Callable[[], ApiClient], project: Project
) -> None:
    lead = api().signed_in_as(accounts.member(project, Role.LEAD))
    batch = build.batch(project, catalog.samples(project.pk, 4), wanted=2)
    sayings: list[list[Said]] = [[MAJOR_B, {}, {}, {}], [{}, {}, {}, {}]]
    for said in sayings:
        person = accounts.member(project, Role.ANNOTATOR)
        for each in said:
            build.opinion(batch, person, build.verdicts(each))
    Annotation.objects.update(active_ms=36_000)
    figures(project)
    body = {"what": {"everything": True}, "wanted": 2, "maximum": 3}

    with CaptureQueriesContext(connection) as first:
        shown = lead.post("/projects/p/batches/preview", body).json()
    with CaptureQueriesContext(connection) as second:
        lead.post("/projects/p/batches/preview", {**body, "wanted": 5, "maximum": 7})

    options = {(each["wanted"], each["maximum"]): each for each in shown["options"]}
    assert [options[terms]["to_adjudicate"] for terms in ((1, 1), (2, 2), (2, 3))] == [None, 1, None]
    assert (shown["further"], options[2, 2]["wrong"], options[2, 2]["wrong_questions"]) == (1, None, 0)
    assert Decimal(options[2, 2]["usd"]) == Decimal("1.44")
    assert (len(first), len(second)) == (10, 10)
