"""A batch's money: at the rate of its kind of work, against the budget that it states and the month's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Project, User
from annotation.models import Annotation, Batch, PersonTurn
from annotation.selectors import money
from annotation.services.batches import Terms
from curation.choices import Work
from curation.services import books
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return accounts.project(slug="p")


@pytest.fixture
def lead(project: Project) -> User:
    return accounts.member(project, Role.LEAD)


@dataclass(frozen=True)
class Month:
    first: date
    budget: Decimal
    spent: Decimal


def month_of_a_thousand(project_id: UUID, *, today: date) -> Month:
    """Of a project whose id says what it has spent."""
    return Month(today.replace(day=1), Decimal(1000), Decimal(project_id.int))


def enter(project: Project, lead: User, work: Work, usd: str) -> date:
    today = timezone.now().date()
    books.enter_rate(
        project_id=project.pk,
        work=work,
        usd_per_hour=Decimal(usd),
        valid_from=today,
        actor_id=lead.pk,
        today=today,
    )
    return today


def test_each_kind_of_batch_costs_the_rate_of_its_work(project: Project, lead: User, settings: object) -> None:
    settings.HOURLY_RATE_USD = "18"  # type: ignore[attr-defined]  # pytest-django's
    today = enter(project, lead, Work.WRITING, "40")

    def rate(kind: str) -> tuple[int, date | None]:
        found = money.rate(project.pk, kind, day=today)
        return int(found.usd_per_hour), found.since

    assert [rate("label"), rate("write_rationale")] == [(18, None), (40, today)]
    enter(project, lead, Work.JUDGING, "25")
    assert [rate("label"), rate("adjudicate"), rate("revise_rationale")] == [(25, today), (25, today), (18, None)]


def test_a_lead_sees_what_is_spent_of_the_budget_and_what_all_places_will_cost(
    api: Callable[[], ApiClient], project: Project, lead: User
) -> None:
    today = enter(project, lead, Work.JUDGING, "25")
    person = accounts.member(project, Role.ANNOTATOR)
    terms = Terms(budget_usd=Decimal("60.00"))
    batch = build.batch(project, catalog.samples(project.pk, 2), wanted=2, terms=terms)
    path = f"/projects/p/batches/{batch.pk}"
    nothing = api().signed_in_as(lead).get(path).json()["money"]
    build.opinion(batch, person)
    PersonTurn.objects.update(active_ms=3_600_000)

    shown = api().signed_in_as(lead).get(path).json()

    assert (float(nothing["spent_usd"]), nothing["expected_usd"]) == (0, None)
    found = shown["money"]
    assert [float(found[f"{name}_usd"]) for name in ("spent", "expected", "budget", "hourly")] == [25, 100, 60, 25]
    assert found["rate_since"] == today.isoformat()
    assert float(shown["terms"]["budget_usd"]) == 60
    assert api().signed_in_as(person).get(path).json()["money"] is None


def test_a_budget_may_change_while_the_batch_runs_and_is_an_amount(
    api: Callable[[], ApiClient], project: Project, lead: User
) -> None:
    batch = build.batch(project, catalog.samples(project.pk, 1))
    client = api().signed_in_as(lead)

    def set_to(budget: str | None) -> int:
        terms = {"terms": {"budget_usd": budget}}
        return int(client.patch(f"/projects/p/batches/{batch.pk}", terms).status_code)

    assert (set_to("12.50"), Batch.objects.get().budget_usd) == (200, Decimal("12.50"))
    assert (set_to("0"), set_to("-3"), Batch.objects.get().budget_usd) == (400, 400, Decimal("12.50"))
    assert (set_to(None), Batch.objects.get().budget_usd) == (200, None)


def test_a_preview_costs_the_rate_that_was_entered(api: Callable[[], ApiClient], project: Project, lead: User) -> None:
    today = enter(project, lead, Work.JUDGING, "25")
    samples = catalog.samples(project.pk, 4)
    build.opinion(build.batch(project, samples[:1]), accounts.member(project, Role.ANNOTATOR))
    Annotation.objects.update(active_ms=36_000)
    client = api().signed_in_as(lead)

    shown = client.post("/projects/p/batches/preview", {"what": {"everything": True}}).json()

    assert (float(shown["usd"]), float(shown["hourly_usd"])) == (1, 25)
    assert shown["rate_since"] == today.isoformat()


@pytest.mark.parametrize(
    ("left", "daily", "day", "gone"),
    [
        ("100", "40", 10, date(2026, 11, 12)),
        ("100", "50", 10, date(2026, 11, 12)),
        ("100", "5", 10, date(2026, 11, 30)),
        ("100", "4.7", 10, None),
        ("100", "0", 10, None),
        ("0", "0", 10, date(2026, 11, 10)),
        ("-3", "40", 10, date(2026, 11, 10)),
        ("100", "100", 30, None),
    ],
)
def test_a_months_money_is_gone_on_the_day_that_its_pace_says_or_lasts(
    left: str, daily: str, day: int, gone: date | None, settings: object
) -> None:
    settings.MONTHS_OF_PEOPLE = f"{__name__}.month_of_a_thousand"  # type: ignore[attr-defined]  # pytest-django's

    found = money.left(UUID(int=1000 - int(left)), daily=Decimal(daily), today=date(2026, 11, day))

    assert found is not None
    assert (found.usd, found.out_on) == (Decimal(left), gone)


def test_a_preview_says_what_is_left_of_the_month_once_a_budget_is_set(
    api: Callable[[], ApiClient], project: Project, lead: User
) -> None:
    enter(project, lead, Work.JUDGING, "25")
    samples = catalog.samples(project.pk, 4)
    build.opinion(build.batch(project, samples[:1]), accounts.member(project, Role.ANNOTATOR))
    Annotation.objects.update(active_ms=7_200_000)
    client = api().signed_in_as(lead)

    def shown() -> Any:
        return client.post("/projects/p/batches/preview", {"what": {"everything": True}}).json()["month"]

    nothing = shown()
    books.set_budget(project_id=project.pk, monthly_usd=Decimal(120), actor_id=lead.pk)
    month = shown()

    assert nothing is None
    assert month["month"] == timezone.now().date().replace(day=1).isoformat()
    assert [float(month[f"{name}_usd"]) for name in ("budget", "spent", "left")] == [120, 50, 70]
    assert month["out_on"] is None, "figures of the week's pace are not made yet"
