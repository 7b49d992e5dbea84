"""A lot is drawn once, judged blind, decided when it is judged; only then does it speak for what it covers."""

from __future__ import annotations

from datetime import datetime

import pytest

from accounts.choices import Role
from accounts.models import Project
from config.base.errors import Conflict, InvalidInput
from cot_generation.choices import Way
from cot_generation.models import Rationale
from cot_generation.selectors import rationales
from curation.errors import LotDecided, LotUnfinished, NothingToAudit
from curation.models import AuditLot, AuditVerdict
from curation.selectors import audits as selectors
from curation.services import audits
from tests.builders import accounts, annotation, catalog, cot_generation
from tests.platform import ApiClient


@pytest.fixture
def project() -> Project:
    return accounts.project(slug="p")


@pytest.fixture
def written(project: Project) -> list[Rationale]:
    aspect = annotation.aspect_ids(project)["physical_shadow"]
    return [
        cot_generation.rationale(project.pk, sample_id=sample.pk, aspect_id=aspect, way=Way.MANUAL)
        for sample in catalog.samples(project.pk, 4)
    ]


def draw(project: Project, size: int = 2, seed: int = 5) -> AuditLot:
    return audits.draw(project_id=project.pk, way=Way.MANUAL, sample_size=size, actor_id=None, seed=seed)


def judge(project: Project, entry: int, *, accepted: bool | None) -> None:
    auditor = accounts.member(project, Role.REVIEWER)
    reason = "misses_defect" if accepted is False else ""
    audits.judge(project_id=project.pk, entry_id=entry, auditor_id=auditor.pk, accepted=accepted, reason=reason)


@pytest.mark.django_db
@pytest.mark.usefixtures("written")
def test_a_lot_covers_all_and_samples_some(project: Project) -> None:
    lot = draw(project)

    assert (lot.population_count, lot.entries.count()) == (4, 2)
    with pytest.raises(Conflict, match="still being judged"):
        draw(project)
    with pytest.raises(NothingToAudit):
        audits.draw(project_id=project.pk, way=Way.AUTOMATED, sample_size=2, actor_id=None)


@pytest.mark.django_db
def test_an_accepted_lot_lets_through_what_it_covers_but_not_what_was_rejected(
    project: Project, written: list[Rationale], now: datetime
) -> None:
    lot = draw(project)
    first, second = selectors.entries(lot.pk)
    judge(project, first.id, accepted=True)
    with pytest.raises(LotUnfinished):
        audits.decide(project_id=project.pk, lot_id=lot.pk, accept=True, actor_id=1, now=now)
    judge(project, second.id, accepted=False)
    lead = accounts.member(project, Role.LEAD)
    audits.decide(project_id=project.pk, lot_id=lot.pk, accept=True, actor_id=lead.pk, now=now)

    audited = selectors.audited(project.pk)
    later = cot_generation.rationale(
        project.pk, sample_id=written[0].sample_id, aspect_id=written[0].aspect_id, way=Way.MANUAL
    )
    through = {each.id for each in rationales.pool(project.pk) if audited.lets_through(each)}

    assert through == {row.pk for row in written} - {second.rationale_id}
    assert later.pk not in through
    with pytest.raises(LotDecided):
        judge(project, first.id, accepted=False)


@pytest.mark.django_db
@pytest.mark.usefixtures("written")
def test_a_bounced_lot_lets_through_only_what_was_accepted_itself(project: Project, now: datetime) -> None:
    lot = draw(project)
    first, second = selectors.entries(lot.pk)
    judge(project, first.id, accepted=True)
    judge(project, second.id, accepted=False)
    lead = accounts.member(project, Role.LEAD)
    audits.decide(project_id=project.pk, lot_id=lot.pk, accept=False, actor_id=lead.pk, now=now)

    audited = selectors.audited(project.pk)

    assert {each.id for each in rationales.pool(project.pk) if audited.lets_through(each)} == {first.rationale_id}


@pytest.mark.django_db
@pytest.mark.usefixtures("written")
def test_verdicts_are_appended_and_the_last_one_counts(project: Project) -> None:
    lot = draw(project)
    entry = selectors.entries(lot.pk)[0]

    judge(project, entry.id, accepted=False)
    judge(project, entry.id, accepted=None)
    assert selectors.lot(project.pk, lot.pk).judged == 0
    judge(project, entry.id, accepted=True)

    assert selectors.lot(project.pk, lot.pk).accepted == 1
    assert AuditVerdict.objects.filter(entry_id=entry.id).count() == 3
    with pytest.raises(InvalidInput, match="Say why"):
        audits.judge(project_id=project.pk, entry_id=entry.id, auditor_id=1, accepted=False)


@pytest.mark.django_db
@pytest.mark.usefixtures("written")
def test_nothing_an_auditor_sees_tells_the_way(project: Project) -> None:
    lot = draw(project)
    auditor = ApiClient().signed_in_as(accounts.member(project, Role.REVIEWER))

    shown = auditor.get(f"/projects/p/audits/{lot.pk}/entries")

    assert shown.status_code == 200
    assert len(shown.json()["results"]) == 2
    for word in ("manual", "automated", "answer_driven", "way", "author", "cost"):
        assert word not in shown.content.decode()


@pytest.mark.parametrize(
    ("good", "of", "low", "high"), [(0, 10, 0.0, 0.2775), (8, 10, 0.4902, 0.9433), (10, 10, 0.7225, 1.0)]
)
def test_the_interval_is_wilsons(good: int, of: int, low: float, high: float) -> None:
    found = selectors.wilson(good, of)

    assert found.low == pytest.approx(low, abs=1e-3)
    assert found.high == pytest.approx(high, abs=1e-3)
    assert selectors.wilson(0, 0).value is None
