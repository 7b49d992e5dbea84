"""A trial from its draw to its decision: blind, balanced, stopped by its rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from accounts.choices import Role
from accounts.models import Project
from annotation.choices import ConsensusSource
from annotation.models import Batch, Consensus
from config.base.choices import WorkState
from config.base.errors import Conflict, InvalidInput
from cot_generation.choices import CallState, Outcome, Way
from cot_generation.models import Call, EndpointPrice, Rationale, RunQuestion
from cot_generation.services import rationales
from cot_generation.shapes import Sentence
from curation.choices import LotState, StoppingRule, TrialState
from curation.errors import TrialEnded, TrialUnready
from curation.models import AuditEntry, AuditLot, Trial, TrialQuestion
from curation.selectors import trials as selectors
from curation.services import audits, trials
from curation.services.trials import ArmPlan
from tests.builders import accounts, annotation, catalog, cot_generation
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PEOPLE, MODEL = 0, 1
StartTrial = Callable[..., Trial]


@pytest.fixture
def project(settings: object) -> Project:
    settings.ENDPOINT_HOSTS = ["127.0.0.1"]  # type: ignore[attr-defined]  # pytest-django's settings wrapper
    return accounts.project(slug="p")


@pytest.fixture
def start(project: Project) -> StartTrial:
    """People (the reference) against a model, on settled questions of two aspects; nothing is sent."""
    keys = annotation.aspect_ids(project)
    asked = [keys["physical_shadow"], keys["placement_layout"]]
    for sample in catalog.samples(project.pk, 40):
        for aspect_id in asked:
            Consensus.objects.create(
                sample_id=sample.pk,
                aspect_id=aspect_id,
                project_id=project.pk,
                answer="A",
                source=ConsensusSource.SINGLE,
                opinions=1,
            )
    endpoint = cot_generation.endpoint(project.pk, url="http://127.0.0.1:9/v1")
    prompt = cot_generation.prompt(project.pk)

    def make(**terms: object) -> Trial:
        usual: dict[str, object] = {
            "name": "People or model",
            "arms": [ArmPlan("People"), ArmPlan("Model", prompt.pk, endpoint.pk, Decimal(100))],
            "reference": PEOPLE,
            "margin": 0.2,
            "confidence": 0.9,
            "rule": StoppingRule.POCOCK,
            "looks": 2,
            "per_arm": 40,
            "seed": 3,
        }
        return trials.start(project_id=project.pk, actor_id=None, now=NOW, **(usual | terms))  # type: ignore[arg-type]  # as each test names them

    return make


def write_all(trial: Trial, project: Project, *, model_leaves: int = 0, usd: str = "0.01") -> None:
    """People write theirs; the model's questions end, the first `model_leaves` without a rationale."""
    run_id, batch_id = trial.arms[MODEL].run_id, trial.arms[PEOPLE].batch_id
    author = accounts.member(project, Role.ANNOTATOR)
    batch = Batch.objects.get(pk=batch_id)
    while turns := annotation.claim(batch, author, count=3):
        for turn in turns:
            rationales.write(
                assignment_id=turn.assignment_id,
                fence=turn.fence,
                user_id=author.pk,
                sentences=[Sentence("The shadow in candidate A runs to the light.", "A", None, True)],
                concluded=["A"],
                now=datetime.now(UTC),
            )
    places = dict(
        TrialQuestion.objects.filter(trial=trial, arm=MODEL).values_list("sample_id", "position")
    )  # a sample may lie here with one aspect only, or twice: then its last place counts, which changes no count
    rows = sorted(RunQuestion.objects.filter(run_id=run_id), key=lambda row: (places[row.sample_id], row.pk))
    price = EndpointPrice.objects.get()
    for number, row in enumerate(rows):
        row.state = WorkState.DONE
        row.save(update_fields=["state"])
        Call.objects.create(
            run_id=run_id, question=row, endpoint=price.endpoint, price=price, step=0, fence=1, state=CallState.SETTLED,
            letters="ABCD", seed=1, reserved=Decimal(usd), sent_at=NOW, settled_at=NOW, outcome=Outcome.ANSWERED,
            cost=Decimal(usd),
        )  # fmt: skip
        if number >= model_leaves:
            written = cot_generation.rationale(
                project.pk, sample_id=row.sample_id, aspect_id=row.aspect_id, way=Way.AUTOMATED
            )
            Rationale.objects.filter(pk=written.pk).update(run_question=row, origin="run")


def judge_lot(trial: Trial, project: Project, *, reject: Callable[[Rationale, int], bool]) -> AuditLot:
    """An auditor judges the open lot; `reject` is asked with the rationale and its place among those of its way."""
    auditor = accounts.member(project, Role.REVIEWER)
    lot = AuditLot.objects.get(look__trial=trial, state=LotState.OPEN)
    seen: dict[str, int] = {}
    for entry in AuditEntry.objects.filter(lot=lot).order_by("position").select_related("rationale"):
        place = seen.get(entry.rationale.way, 0)
        seen[entry.rationale.way] = place + 1
        no = reject(entry.rationale, place)
        audits.judge(
            project_id=project.pk,
            entry_id=entry.pk,
            auditor_id=auditor.pk,
            accepted=not no,
            reason="misses_defect" if no else "",
        )
    return lot


def look(trial: Trial) -> Trial:
    return trials.look(project_id=trial.project_id, trial_id=trial.pk, actor_id=None, now=NOW)


def test_the_draw_gives_each_way_as_many_questions_of_each_aspect(start: StartTrial, project: Project) -> None:
    trial = start()

    drawn = list(TrialQuestion.objects.filter(trial=trial).values_list("arm", "aspect_id"))
    aspects = {aspect_id for _, aspect_id in drawn}
    assert {(arm, aspect): drawn.count((arm, aspect)) for arm in (0, 1) for aspect in aspects} == {
        (arm, aspect): 20 for arm in (0, 1) for aspect in aspects
    }
    assert RunQuestion.objects.filter(run_id=trial.arms[MODEL].run_id).count() == 40
    assert selectors.one(project.pk, trial.pk).waiting == (20, 20)


def test_a_look_waits_for_the_ways_and_then_for_the_auditors(start: StartTrial, project: Project) -> None:
    trial = start()
    with pytest.raises(TrialUnready, match="40 questions"):
        look(trial)
    write_all(trial, project)

    look(trial)

    with pytest.raises(TrialUnready, match="40 rationales of lot 1 are not judged"):
        look(trial)
    lot = AuditLot.objects.get()
    assert lot.way == ""
    with pytest.raises(Conflict, match="belongs to a trial"):
        audits.decide(project_id=project.pk, lot_id=lot.pk, accept=True, actor_id=1, now=NOW)


def test_auditors_cannot_tell_the_way_from_the_lot(start: StartTrial, project: Project) -> None:
    trial = start()
    write_all(trial, project)
    look(trial)
    lot = AuditLot.objects.get()
    reviewer = ApiClient().signed_in_as(accounts.member(project, Role.REVIEWER))

    entries = reviewer.get(f"/projects/p/audits/{lot.pk}/entries").json()["results"]
    shown = reviewer.get(f"/projects/p/audits/{lot.pk}").json()

    ways = list(AuditEntry.objects.filter(lot=lot).order_by("position").values_list("rationale__way", flat=True))
    assert len({*ways[:12]}) == 2, "the ways are mixed"
    assert (shown["way"], shown["trial_id"]) == ("", str(trial.pk)), "it leads back to its trial, which leads may open"
    assert not {"way", "stage", "author", "origin"} & set(entries[0])


def test_a_cheap_way_that_is_accepted_as_often_ends_the_trial_early(start: StartTrial, project: Project) -> None:
    trial = start()
    write_all(trial, project)
    Rationale.objects.filter(way=Way.MANUAL).update(active_ms=60_000)
    look(trial)
    judge_lot(trial, project, reject=lambda _, place: place < 1)

    ended = look(trial)

    decision = ended.decision
    assert ended.state == TrialState.DECIDED
    assert decision is not None
    assert (decision.chosen, decision.look, decision.early, decision.overlapping) == (MODEL, 1, True, ())
    people, model = decision.arms
    assert [(each.questions, each.delivered, each.accepted) for each in decision.arms] == [(20, 20, 19), (20, 20, 19)]
    # 20 calls of a cent ÷ 19 accepted; nobody's auditing took time.
    assert (model.usd, model.per_accepted) == (Decimal("0.20"), Decimal("0.010526"))
    assert people.per_accepted is not None
    assert people.per_accepted > model.per_accepted
    assert (model.not_worse, people.not_worse) == (True, None)
    assert AuditLot.objects.get().state == LotState.COUNTED
    with pytest.raises(TrialEnded):
        look(trial)


def test_questions_without_a_rationale_count_against_the_way(start: StartTrial, project: Project) -> None:
    trial = start(looks=1)
    write_all(trial, project, model_leaves=20)
    Rationale.objects.filter(way=Way.MANUAL).update(active_ms=60_000)
    look(trial)
    judge_lot(trial, project, reject=lambda _, __: False)

    decision = look(trial).decision

    assert decision is not None
    model = decision.arms[MODEL]
    assert (model.questions, model.delivered, model.accepted, model.rate) == (40, 20, 20, 0.5)
    assert model.not_worse is False
    assert (decision.chosen, decision.early) == (PEOPLE, False), "the cheaper way was not shown to be as good"


def test_a_trial_goes_on_to_its_next_look_and_judges_only_what_is_new(start: StartTrial, project: Project) -> None:
    trial = start(margin=0.05)
    write_all(trial, project)
    Rationale.objects.filter(way=Way.MANUAL).update(active_ms=60_000)
    look(trial)
    first = judge_lot(trial, project, reject=lambda rationale, place: rationale.way == Way.AUTOMATED and place < 6)

    went_on = look(trial)
    look(trial)

    assert went_on.state == TrialState.RUNNING
    second = AuditLot.objects.exclude(pk=first.pk).get()
    judged = set(first.entries.values_list("rationale_id", flat=True))
    assert not judged & set(second.entries.values_list("rationale_id", flat=True))
    judge_lot(trial, project, reject=lambda _, __: False)
    decision = look(trial).decision
    assert decision is not None
    assert (decision.chosen, decision.look, decision.arms[MODEL].accepted) == (PEOPLE, 2, 34)


def test_a_cancelled_trial_closes_its_lot_and_says_nothing(start: StartTrial, project: Project) -> None:
    trial = start()
    write_all(trial, project)
    look(trial)

    ended = trials.cancel(project_id=project.pk, trial_id=trial.pk, actor_id=None, now=NOW)

    assert (ended.state, ended.decision) == (TrialState.CANCELLED, None)
    assert AuditLot.objects.get().state == LotState.COUNTED


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        ({"arms": [ArmPlan("People")]}, "2 to 6 ways"),
        ({"arms": [ArmPlan("People"), ArmPlan("Others")]}, "the same"),
        ({"reference": 2}, "one of them is the reference"),
        ({"margin": 0.0}, "margin"),
        ({"confidence": 0.5}, "confidence"),
        ({"looks": 11}, "looks"),
        ({"per_arm": 500}, "settled questions for 40 an arm"),
    ],
)
def test_terms_that_cannot_work_are_refused_and_start_nothing(
    start: StartTrial, terms: dict[str, object], says: str
) -> None:
    with pytest.raises(InvalidInput, match=says):
        start(**terms)

    assert not Trial.objects.exists()
    assert not Batch.objects.exists()


def test_a_lead_plans_starts_and_reads_a_trial_over_http(start: StartTrial, project: Project) -> None:
    trial = start()
    lead = ApiClient().signed_in_as(accounts.member(project, Role.LEAD))

    plan = lead.get("/projects/p/trials/plan?per_arm=240&rule=fixed&rate=0.85&margin=0.1").json()
    refused = lead.post(f"/projects/p/trials/{trial.pk}/look", {})
    listed = lead.get("/projects/p/trials").json()["results"]
    detail = lead.get(f"/projects/p/trials/{trial.pk}").json()

    assert plan["chance"] == pytest.approx(0.92, abs=0.01)
    assert plan["boundaries"] == [pytest.approx(1.645, abs=0.001)]
    assert (refused.status_code, refused.json()["code"]) == (409, "trial_unready")
    assert [(row["name"], row["arms"], row["state"]) for row in listed] == [
        ("People or model", ["People", "Model"], "running")
    ]
    assert (detail["waiting"], detail["decision"], detail["taken"]) == ([20, 20], None, [])
