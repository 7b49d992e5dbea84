"""What people's work costs in a month: every kind of it, once, at the rate of its day, in the books and before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from accounts.models import AuditLogEntry, Project, User
from annotation.choices import GoldSource, Purpose, ReviewVerdict
from annotation.models import Annotation, Batch, Review
from annotation.services import golds, reviews
from annotation.services.batches import Terms
from config.base.errors import InvalidInput
from cot_generation.models import Rationale
from curation.choices import Spending, Work
from curation.models import BookLine
from curation.selectors import books as book_selectors
from curation.selectors import months
from curation.services import books
from tests.builders import accounts, annotation, catalog, cot_generation
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
YESTERDAY = NOON - timedelta(days=1)
HOUR = 3_600_000


@pytest.fixture
def project(settings: object) -> Project:
    settings.HOURLY_RATE_USD = "18"  # type: ignore[attr-defined]  # pytest-django's settings wrapper
    return accounts.project(slug="p")


@pytest.fixture
def lead(project: Project) -> User:
    return accounts.member(project, Role.LEAD)


def judged(batch: Batch, person: User, *, at: datetime, active_ms: int) -> int:
    """One opinion of this person, handed in at that moment after so much active time. Its id."""
    made = annotation.opinion(batch, person).annotation_id
    Annotation.objects.filter(pk=made).update(submitted_at=at, active_ms=active_ms)
    return made


def spent(project: Project) -> dict[Work, Decimal]:
    return months.of_people(project.pk, today=TODAY).by_work


def close(project: Project, day: datetime) -> books.Closed:
    midnight = datetime.combine(day.date() + timedelta(days=1), datetime.min.time(), tzinfo=UTC)
    return books.close(project_id=project.pk, day=day.date(), now=midnight)


def test_a_month_is_its_opinions_texts_and_nothing_of_other_months_or_projects(project: Project) -> None:
    """By hand: 2 h of judging and half an hour of writing at $18."""
    person = accounts.member(project, Role.ANNOTATOR)
    samples = catalog.samples(project.pk, 4)
    batch = annotation.batch(project, samples)
    judged(batch, person, at=NOON, active_ms=HOUR)
    judged(batch, person, at=datetime(2026, 11, 1, tzinfo=UTC), active_ms=HOUR)
    judged(batch, person, at=datetime(2026, 10, 31, 23, 59, tzinfo=UTC), active_ms=HOUR)
    aspect = annotation.aspect_ids(project)["physical_shadow"]
    cot_generation.rationale(
        project.pk, sample_id=samples[0].pk, aspect_id=aspect, author_id=person.pk, active_ms=HOUR // 2
    )
    Rationale.objects.update(created_at=NOON)
    other = accounts.project(slug="q")
    judged(annotation.batch(other, catalog.samples(other.pk, 1)), person, at=NOON, active_ms=HOUR)

    found = months.of_people(project.pk, today=TODAY)

    assert (found.first, found.budget, found.spent) == (date(2026, 11, 1), None, Decimal("45.00"))
    assert found.by_work == {Work.JUDGING: Decimal(36), Work.WRITING: Decimal(9)}


def test_practice_and_hidden_gold_are_paid_work(project: Project) -> None:
    person = accounts.member(project, Role.ANNOTATOR)
    (known, *others) = catalog.samples(project.pk, 2)
    golds.make(
        project_id=project.pk,
        questions=[golds.NewGold(known.pk, annotation.verdicts())],
        purpose=Purpose.TRAINING,
        source=GoldSource.BY_HAND,
        tolerance={},
        actor_id=None,
    )
    judged(annotation.batch(project, others, terms=Terms(training_count=1)), person, at=NOON, active_ms=HOUR)

    assert Annotation.objects.get().sample_id == known.pk
    assert spent(project) == {Work.JUDGING: Decimal(18)}


def test_what_was_sent_back_counts_for_the_time_that_came_on_top_and_its_review_for_its_own(project: Project) -> None:
    """By hand: 1 h, a review of 10 min, then 1 h 20 min in all by the second version: 1 h 30 min at $18."""
    person, reviewer = accounts.member(project, Role.ANNOTATOR), accounts.member(project, Role.REVIEWER)
    batch = annotation.batch(project, catalog.samples(project.pk, 1))
    judged(batch, person, at=YESTERDAY, active_ms=HOUR)
    review = reviews.make_batch(project_id=project.pk, batch_id=batch.pk, share=1.0, actor_id=person.pk, now=NOON)
    (given,) = annotation.claim(review, reviewer, role=Role.REVIEWER)
    reviews.decide(
        project_id=project.pk,
        user_id=reviewer.pk,
        assignment_id=given.assignment_id,
        fence=given.fence,
        verdict=ReviewVerdict.SENT_BACK,
        reason="Look at the shadow.",
        active_ms=0,
        now=NOON,
    )
    Review.objects.update(reviewed_at=NOON, active_ms=HOUR // 6)
    judged(batch, person, at=NOON, active_ms=HOUR + HOUR // 3)

    assert [Annotation.objects.count(), spent(project)] == [2, {Work.JUDGING: Decimal(27)}]
    assert book_selectors.recomputed(project.pk, day=YESTERDAY.date()) == Decimal(18)
    assert book_selectors.recomputed(project.pk, day=TODAY) == Decimal(9)


def test_closing_a_day_moves_its_money_into_the_books_and_changes_nothing(project: Project, lead: User) -> None:
    """By hand: an hour at $18 yesterday, an hour at $25 today."""
    person = accounts.member(project, Role.ANNOTATOR)
    batch = annotation.batch(project, catalog.samples(project.pk, 2))
    books.enter_rate(
        project_id=project.pk,
        work=Work.JUDGING,
        usd_per_hour=Decimal(25),
        valid_from=TODAY,
        actor_id=lead.pk,
        today=TODAY,
    )
    judged(batch, person, at=YESTERDAY, active_ms=HOUR)
    judged(batch, person, at=NOON, active_ms=HOUR)
    before = spent(project)

    close(project, YESTERDAY)

    assert before == spent(project) == {Work.JUDGING: Decimal(43)}
    assert list(BookLine.objects.values_list("spending", "count", "usd")) == [(Spending.JUDGING, 1, Decimal(18))]
    (day,) = book_selectors.last_days(project.pk)
    assert (day.posted, day.agrees) == (Decimal(18), True)


def test_a_month_in_the_books_is_read_from_them_and_not_added_up_again(project: Project) -> None:
    for back in range(TODAY.day):
        close(project, NOON - timedelta(days=back))
    with CaptureQueriesContext(connection) as asked:
        spent(project)

    assert len(asked) == 3, [each["sql"][:80] for each in asked]


def test_a_lead_sets_changes_and_takes_away_the_budget_and_the_log_says_so(
    api: type[ApiClient], project: Project, lead: User
) -> None:
    client = api().signed_in_as(lead)

    def put(usd: str | None) -> tuple[int, object]:
        reply = client.put("/projects/p/economics/budget", {"monthly_usd": usd})
        return reply.status_code, reply.json().get("budget_usd")

    assert client.get("/projects/p/economics/budget").json()["budget_usd"] is None
    assert put("12000") == (200, "12000.00")
    assert put("12000") == (200, "12000.00")
    assert put("9000.50") == (200, "9000.50")
    assert put(None) == (200, None)
    logged = AuditLogEntry.objects.filter(action="budget.changed", actor=lead, subject="people").order_by("pk")
    assert [entry.details["monthly_usd"] for entry in logged] == [
        {"from": None, "to": "12000"},
        {"from": "12000.00", "to": "9000.50"},
        {"from": "9000.50", "to": None},
    ]


@pytest.mark.parametrize("usd", ["0", "-5", "0.001", "1000000000"])
def test_a_budget_is_an_amount(project: Project, lead: User, usd: str) -> None:
    with pytest.raises(InvalidInput, match="US dollars"):
        books.set_budget(project_id=project.pk, monthly_usd=Decimal(usd), actor_id=lead.pk)

    assert months.budgeted(project.pk, today=TODAY) is None


def test_the_budget_is_for_leads(api: type[ApiClient], project: Project) -> None:
    reviewer = api().signed_in_as(accounts.member(project, Role.REVIEWER))
    stranger = api().signed_in_as(accounts.member(accounts.project(slug="q"), Role.LEAD))

    for client, status in ((reviewer, 403), (stranger, 404)):
        assert client.get("/projects/p/economics/budget").status_code == status
        assert client.put("/projects/p/economics/budget", {"monthly_usd": "1"}).status_code == status
