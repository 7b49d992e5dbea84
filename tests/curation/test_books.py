"""A day's books are posted once, agree with a recomputation to the cent, and say what an accepted rationale cost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import InternalError, transaction

from accounts.choices import Role
from accounts.models import Project
from config.base.errors import Conflict, InvalidInput
from cot_generation.choices import CallState, Outcome, PriceBasis, RunPurpose, Stage, Way
from cot_generation.models import Call, Rationale, Run, RunQuestion
from cot_generation.services import prompts, rationales
from cot_generation.shapes import PromptStep, Sentence
from curation.choices import Spending, Work
from curation.models import BookLine, RateCard
from curation.selectors import books as selectors
from curation.selectors import economics
from curation.services import audits, books
from tests.builders import accounts, annotation, catalog, cot_generation
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
AFTER = datetime(2026, 11, 21, 0, 1, tzinfo=UTC)


@pytest.fixture
def project(settings: object) -> Project:
    settings.ENDPOINT_HOSTS = ["127.0.0.1"]  # type: ignore[attr-defined]  # pytest-django's settings wrapper
    settings.HOURLY_RATE_USD = "18"  # type: ignore[attr-defined]  # the same
    return accounts.project(slug="p")


@pytest.fixture
def run(project: Project) -> Run:
    """Two questions at $1 in, $0.10 from the cache and $4 out for a million tokens; nothing asked yet."""
    aspect = annotation.aspect_ids(project)["physical_shadow"]
    endpoint = cot_generation.endpoint(project.pk, url="http://127.0.0.1:9/v1", cached_per_million="0.10")
    questions = [(sample.pk, aspect) for sample in catalog.samples(project.pk, 2)]
    return cot_generation.run(project.pk, endpoint=endpoint, questions=questions, start_now=False)


def settled(
    run: Run, place: int, *, at: datetime, cost: str, basis: PriceBasis, tokens: tuple[int, int, int] = (0, 0, 0)
) -> Call:
    question = RunQuestion.objects.filter(run=run).order_by("pk")[place]
    given, cached, out = tokens
    return Call.objects.create(
        run=run,
        question=question,
        endpoint=run.endpoint,
        price=run.endpoint.prices.get(),
        step=0,
        fence=Call.objects.filter(question=question).count(),
        state=CallState.SETTLED,
        letters="ABCD",
        seed=1,
        reserved=Decimal("0.01"),
        sent_at=at,
        settled_at=at,
        outcome=Outcome.ANSWERED,
        prompt_tokens=given,
        cached_tokens=cached,
        completion_tokens=out,
        cost=Decimal(cost),
        price_basis=basis,
    )


def by_hand(project: Project, run: Run, *, at: datetime, active_ms: int) -> Rationale:
    """A person's revision of what the run wrote on its first question, made at that moment."""
    question = RunQuestion.objects.filter(run=run).order_by("pk")[0]
    first = Rationale.objects.create(
        project=project,
        sample=question.sample,
        aspect=question.aspect,
        way=Way.AUTOMATED,
        origin="run",
        sentences=(Sentence("The shadow in {{A}} falls to the light.", "A", None, True),),
        answer_visible=False,
        passed=True,
        run_question=question,
    )
    writer = accounts.member(project, Role.ANNOTATOR)
    rationales.revise(
        project_id=project.pk,
        rationale_id=first.pk,
        author_id=writer.pk,
        sentences=[Sentence("The shadow in {{A}} falls towards the light.", "A", None, True)],
        concluded=["A"],
        active_ms=active_ms,
    )
    revision = Rationale.objects.get(revises=first)
    Rationale.objects.filter(pk=revision.pk).update(created_at=at)
    return revision


def test_a_days_books_agree_with_every_row_computed_again(project: Project, run: Run) -> None:
    """By hand: usage $0.00086 (400 × $1 + 600 × $0.10 + 100 × $4 a million), ceiling $0.01, 90 s at $20 = $0.5."""
    accounts_lead = accounts.member(project, Role.LEAD)
    books.enter_rate(
        project_id=project.pk,
        work=Work.REWORK,
        usd_per_hour=Decimal(20),
        valid_from=DAY,
        actor_id=accounts_lead.pk,
        today=DAY,
    )
    settled(run, 0, at=NOON, cost="0.00086", basis=PriceBasis.USAGE, tokens=(1000, 600, 100))
    settled(run, 1, at=NOON, cost="0.01", basis=PriceBasis.CEILING)
    settled(run, 1, at=NOON - timedelta(days=1), cost="0.01", basis=PriceBasis.CEILING)
    by_hand(project, run, at=NOON, active_ms=90_000)

    closed = books.close(project_id=project.pk, day=DAY, now=AFTER)

    assert closed.usd == Decimal("0.51086")
    assert selectors.recomputed(project.pk, day=DAY) == Decimal("0.51086")
    assert selectors.last_days(project.pk)[0].agrees
    lines = {line.spending: (line.count, line.usd) for line in BookLine.objects.all()}
    assert lines == {
        Spending.CALLS: (2, Decimal("0.01086")),
        Spending.REWORK: (1, Decimal("0.5")),
    }
    rework = BookLine.objects.get(spending=Spending.REWORK)
    assert (rework.prompt_id, rework.model) == (run.prompt_id, "test-model"), "rework falls to the run that needed it"


def test_a_cost_that_was_stored_wrongly_shows(project: Project, run: Run) -> None:
    settled(run, 0, at=NOON, cost="0.02", basis=PriceBasis.USAGE, tokens=(1000, 0, 100))
    books.close(project_id=project.pk, day=DAY, now=AFTER)

    day = selectors.last_days(project.pk)[0]

    assert (day.posted, day.recomputed, day.agrees) == (Decimal("0.02"), Decimal("0.0014"), False)


def test_closing_twice_posts_nothing_and_what_comes_late_is_a_further_line(project: Project, run: Run) -> None:
    late = settled(run, 0, at=NOON, cost="0.01", basis=PriceBasis.CEILING)
    books.close(project_id=project.pk, day=DAY, now=AFTER)

    assert books.close(project_id=project.pk, day=DAY, now=AFTER).lines == 0

    Call.objects.filter(pk=late.pk).update(cost=Decimal("0.0014"), price_basis=PriceBasis.USAGE, prompt_tokens=1000)
    Call.objects.filter(pk=late.pk).update(completion_tokens=100)
    again = books.close(project_id=project.pk, day=DAY, now=AFTER)
    assert (again.lines, again.usd) == (1, Decimal("0.0014"))
    assert list(BookLine.objects.order_by("pk").values_list("usd", flat=True)) == [Decimal("0.01"), Decimal("-0.0086")]


def test_a_day_that_is_not_over_is_not_closed_and_past_days_keep_their_rate(project: Project) -> None:
    lead = accounts.member(project, Role.LEAD)
    with pytest.raises(InvalidInput, match="not over"):
        books.close(project_id=project.pk, day=DAY, now=NOON)

    def enter(valid_from: date) -> RateCard:
        return books.enter_rate(
            project_id=project.pk,
            work=Work.WRITING,
            usd_per_hour=Decimal(24),
            valid_from=valid_from,
            actor_id=lead.pk,
            today=DAY,
        )

    with pytest.raises(InvalidInput, match="days that are over"):
        enter(DAY - timedelta(days=1))
    enter(DAY)
    with pytest.raises(Conflict):
        enter(DAY)
    rates = [
        selectors.rate(project.pk, Work.WRITING, day=DAY + timedelta(days=step)).usd_per_hour for step in (-1, 0, 1)
    ]
    assert rates == [Decimal(18), Decimal(24), Decimal(24)]


def test_a_posted_line_cannot_be_changed(project: Project, run: Run) -> None:
    settled(run, 0, at=NOON, cost="0.01", basis=PriceBasis.CEILING)
    books.close(project_id=project.pk, day=DAY, now=AFTER)

    with pytest.raises(InternalError, match="only ever added"), transaction.atomic():
        BookLine.objects.update(usd=0)


@pytest.mark.parametrize(("age", "days"), [(timedelta(days=30), books.LOOK_BACK), (timedelta(days=2), 3)])
def test_the_sweep_closes_yesterday_once_and_no_day_before_the_project_existed(
    age: timedelta, days: int, project: Project, run: Run
) -> None:
    Project.objects.update(created_at=NOON - age)
    settled(run, 0, at=NOON, cost="0.01", basis=PriceBasis.CEILING)

    books.close_due(now=AFTER)
    books.close_due(now=AFTER + timedelta(seconds=5))

    assert BookLine.objects.get().day == DAY
    closed = [each.day for each in selectors.last_days(project.pk, limit=20)]
    assert closed == [DAY - timedelta(days=back) for back in range(days)]


def test_cost_per_accepted_by_hand_arithmetic(project: Project, run: Run) -> None:
    """Calls $0.03 and 60 s of rework at $18 = $0.30: $0.33 over 1 passed rationale, of which half would be accepted."""
    settled(run, 0, at=NOON, cost="0.02", basis=PriceBasis.USAGE)
    settled(run, 1, at=NOON, cost="0.01", basis=PriceBasis.USAGE)
    revision = by_hand(project, run, at=NOON, active_ms=60_000)
    Rationale.objects.filter(pk=revision.pk).update(passed=True, failed=[])

    (row,) = economics.by(project.pk, economics.By.PROMPT, today=DAY)

    assert row.name == "Pictures only · en · 1"
    assert (row.written, row.passed, row.calls, row.total_usd) == (1, 1, 2, Decimal("0.33"))
    assert row.per_accepted is None, "nothing was audited yet"
    auditor = accounts.member(project, Role.REVIEWER)
    lot = audits.draw(project_id=project.pk, way=Way.AUTOMATED, sample_size=1, actor_id=None)
    audits.judge(
        project_id=project.pk,
        entry_id=lot.entries.get().pk,
        auditor_id=auditor.pk,
        accepted=True,
        active_ms=20_000,
    )
    (row,) = economics.by(project.pk, economics.By.ASPECT, today=DAY)
    assert (row.name, row.judged, row.audit_usd) == ("physical_shadow", 1, Decimal("0.1"))
    assert row.per_accepted == Decimal("0.43")
    assert row.per_accepted_high is not None
    assert row.per_accepted_high > row.per_accepted, "one judged rationale leaves a wide interval"


@pytest.mark.parametrize("dimension", [economics.By.PROMPT, economics.By.MODEL])
def test_what_people_wrote_is_a_group_whose_quality_can_be_asked_for(project: Project, dimension: economics.By) -> None:
    (sample,) = catalog.samples(project.pk, 1)
    aspect = annotation.aspect_ids(project)["physical_shadow"]
    writer = accounts.member(project, Role.ANNOTATOR)
    cot_generation.rationale(project.pk, sample_id=sample.pk, aspect_id=aspect, author_id=writer.pk, active_ms=60_000)
    lot = audits.draw(project_id=project.pk, way=Way.MANUAL, sample_size=1, actor_id=None)
    auditor = accounts.member(project, Role.REVIEWER)
    entry = lot.entries.get()
    audits.judge(project_id=project.pk, entry_id=entry.pk, auditor_id=auditor.pk, accepted=True, active_ms=0)

    (row,) = economics.by(project.pk, dimension, today=DAY)

    assert (row.key, row.name) == ("people", "")
    assert economics.at_quality_of([row], row.key)[0].equal == row.per_accepted


def test_evaluations_cost_no_rationale_anything_but_stand_in_the_books(project: Project, run: Run) -> None:
    Run.objects.update(purpose=RunPurpose.EVALUATION)
    settled(run, 0, at=NOON, cost="0.02", basis=PriceBasis.CEILING)

    books.close(project_id=project.pk, day=DAY, now=AFTER)

    assert BookLine.objects.get().spending == Spending.EVALUATION
    assert economics.by(project.pk, economics.By.WAY, today=DAY) == []


def test_the_page_of_costs(project: Project, run: Run, api: type[ApiClient]) -> None:
    settled(run, 0, at=NOON, cost="0.02", basis=PriceBasis.CEILING)
    lead = api().signed_in_as(accounts.member(project, Role.LEAD))

    for dimension in economics.By:
        found = lead.get("/projects/p/economics", by=dimension.value).json()
        assert [Decimal(row["total_usd"]) for row in found["results"]] == [Decimal("0.02")]
    assert lead.get("/projects/p/economics", by="weather").status_code == 400
    entered = lead.post("/projects/p/economics/rates", {"work": "audit", "usd_per_hour": "30"})
    assert (entered.status_code, Decimal(entered.json()["usd_per_hour"])) == (201, Decimal(30))
    stranger = api().signed_in_as(accounts.member(project, Role.REVIEWER))
    assert stranger.post("/projects/p/economics/rates", {"work": "audit", "usd_per_hour": "1"}).status_code == 403


def test_two_versions_of_a_prompt_stand_side_by_side_with_their_figures_and_intervals(
    run: Run, project: Project
) -> None:
    settled(run, 0, at=NOON, cost="0.02", basis=PriceBasis.USAGE)
    later = prompts.save(
        project_id=project.pk,
        name=run.prompt.name,
        locale=run.prompt.locale,
        way=Way(run.prompt.way),
        stage=Stage(run.prompt.stage),
        steps=(PromptStep("explain", run.prompt.steps[0].system, run.prompt.steps[0].text + " Be brief."),),
        temperature=0.2,
        actor_id=None,
    )
    lead = ApiClient().signed_in_as(accounts.member(project, Role.LEAD))

    found = lead.get(f"/projects/p/prompt-versions?before={run.prompt_id}&after={later.pk}").json()
    stranger = accounts.project(slug="q")
    other = ApiClient().signed_in_as(accounts.member(stranger, Role.LEAD))

    assert [(row["kind"], row["text"]) for row in found["parts"][1]["segments"]][-1] == ("added", " Be brief.")
    assert found["terms"] == [{"name": "temperature", "before": "0.7", "after": "0.2"}]
    assert [group["calls"] for group in found["before"]["groups"]] == [1]
    assert (found["after"]["groups"], found["after"]["pass_rate"]["value"]) == ([], None)
    unknown = other.get(f"/projects/q/prompt-versions?before={run.prompt_id}&after={later.pk}")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "prompt_unknown")
