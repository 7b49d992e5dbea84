"""A manifest read again: four fates told apart, an update keeps what was, strict is all or nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from annotation.models import Annotation, Consensus
from catalog.choices import ImportState
from catalog.errors import ImportNotWhole
from catalog.imports import run
from catalog.imports.landing import Landed
from catalog.ingestion.run import ingest_due
from catalog.models import Import, ImportRefusal, PictureWork, Sample, SampleRevision
from catalog.selectors import imports as reports
from catalog.services import imports
from catalog.services.imports import How
from config.base.choices import WorkState
from cot_generation.models import Rationale
from tests.builders import accounts, catalog

NOW = datetime(2020, 1, 1, tzinfo=UTC)
FOREVER = datetime(2999, 1, 1, tzinfo=UTC)
UPDATE, STRICT = How(update=True), How(strict=True)


def read(project_id: UUID, manifest: Path, how: How | None = None) -> Landed:
    return imports.read_manifest(
        project_id=project_id, manifest=manifest, actor_id=None, now=NOW, how=how, processes=1
    ).landed


def counts(landed: Landed) -> tuple[int, int, int, int]:
    return landed.new, landed.unchanged, landed.changed, landed.refused


def ingest() -> None:
    ingest_due(until=FOREVER, clock=lambda: datetime.now(UTC))


@pytest.mark.django_db
def test_four_fates_of_a_row_are_counted_apart(tmp_path: Path) -> None:
    project = accounts.project(slug="p")
    first, second = catalog.row(tmp_path, "s-1"), catalog.row(tmp_path, "s-2")
    assert counts(read(project.pk, catalog.manifest(tmp_path, [first, second]))) == (2, 0, 0, 0)

    again = [first, {**second, "group": "g"}, catalog.row(tmp_path, "s-3"), "{"]
    landed = read(project.pk, catalog.manifest(tmp_path, again))

    assert counts(landed) == (1, 1, 1, 1)
    assert [(each.line, each.id) for each in landed.report] == [(2, "s-2"), (4, "")]
    found = Import.objects.order_by("-started_at", "-pk").first()
    assert found is not None
    assert (found.new_count, found.unchanged_count, found.changed_count, found.refused_count) == (1, 1, 1, 1)
    assert Sample.objects.get(external_id="s-2").group == ""
    assert not SampleRevision.objects.exists()


@pytest.mark.django_db
def test_an_update_takes_the_row_and_keeps_the_old_revision(tmp_path: Path) -> None:
    project = accounts.project(slug="p")
    row = catalog.row(
        tmp_path,
        "s-1",
        answers={"physical_shadow": ["B"]},
        rationales=[{"aspect": "physical_shadow", "text": "The shadow in B is missing."}],
        shop="before",
    )
    read(project.pk, catalog.manifest(tmp_path, [row]))
    ingest()
    before = Sample.objects.get()
    old = {picture.slot: picture.asset.sha256 for picture in before.pictures.select_related("asset")}
    assert len(old) == 5
    catalog.picture(tmp_path / "s-1" / "new.jpg", colour=(1, 2, 3))
    changed = {
        **row,
        "original": "s-1/new.jpg",
        "shop": "after",
        "answers": {"physical_shadow": ["C"]},
        "verdicts": {"C": {"physical_shadow": "major"}},
        "rationales": [
            *row["rationales"],  # type: ignore[misc]  # the builder's values are plain objects
            {"aspect": "physical_shadow", "text": "The shadow in C falls towards the light."},
        ],
    }
    manifest = catalog.manifest(tmp_path, [changed])

    assert counts(read(project.pk, manifest, UPDATE)) == (0, 0, 1, 0)

    after = Sample.objects.get()
    assert (after.pk, after.revision, after.metadata, after.state) == (before.pk, 2, {"shop": "after"}, "waiting")
    kept = SampleRevision.objects.get()
    assert (kept.revision, kept.metadata, kept.sources, kept.pictures) == (1, {"shop": "before"}, before.sources, old)
    assert Consensus.objects.get().answer == "C"
    assert Annotation.objects.get().cells == {"C": {"physical_shadow": "major"}}
    assert Rationale.objects.count() == 2  # the one that was there is not stored twice
    ingest()
    assert Sample.objects.get().state == "ready"
    assert Sample.objects.get().pictures.get(slot="O").asset.sha256 != old["O"]
    assert counts(read(project.pk, manifest, UPDATE)) == (0, 1, 0, 0)
    assert SampleRevision.objects.count() == 1


@pytest.mark.django_db
def test_an_update_leaves_what_people_settled(tmp_path: Path) -> None:
    project = accounts.project(slug="p")
    row = catalog.row(tmp_path, "s-1", answers={"physical_shadow": ["B"], "placement_layout": []})
    read(project.pk, catalog.manifest(tmp_path, [row]))
    Consensus.objects.filter(aspect__key="physical_shadow").update(source="adjudicated", answer="A")
    changed = {**row, "answers": {"physical_shadow": ["C"], "placement_layout": ["D"]}}

    read(project.pk, catalog.manifest(tmp_path, [changed]), UPDATE)

    assert set(Consensus.objects.values_list("aspect__key", "answer", "revision")) == {
        ("physical_shadow", "A", 1),
        ("placement_layout", "D", 2),
    }


@pytest.mark.django_db
def test_an_update_with_other_slots_is_refused(tmp_path: Path) -> None:
    project = accounts.project(slug="p")
    row = catalog.row(tmp_path, "s-1")
    read(project.pk, catalog.manifest(tmp_path, [row]))
    fewer = {**row, "candidates": {"A": "s-1/A.jpg"}}

    landed = read(project.pk, catalog.manifest(tmp_path, [fewer]), UPDATE)

    assert counts(landed) == (0, 0, 0, 1)
    assert [(each.field, "id of its own" in each.reason) for each in landed.refusals] == [("candidates", True)]
    assert not SampleRevision.objects.exists()


@pytest.mark.django_db
def test_an_update_fences_a_worker_that_fetches_the_old_pictures(tmp_path: Path) -> None:
    project = accounts.project(slug="p")
    row = catalog.row(tmp_path, "s-1")
    read(project.pk, catalog.manifest(tmp_path, [row]))
    PictureWork.objects.update(state=WorkState.RUNNING, fence=7, lease_expires_at=FOREVER, owner="w")
    catalog.picture(tmp_path / "s-1" / "new.jpg")

    read(project.pk, catalog.manifest(tmp_path, [{**row, "original": "s-1/new.jpg"}]), UPDATE)

    work = PictureWork.objects.get()
    assert (work.state, work.fence, work.attempts) == (WorkState.WAITING, 8, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("bad", ["{", {"id": "s-1", "group": "other"}])
def test_strict_is_all_or_nothing(tmp_path: Path, bad: object) -> None:
    project = accounts.project(slug="p")
    first = catalog.row(tmp_path, "s-1")
    read(project.pk, catalog.manifest(tmp_path, [first]))
    second = catalog.row(tmp_path, "s-2")
    spoilt = {**first, **bad} if isinstance(bad, dict) else bad

    with pytest.raises(ImportNotWhole):
        read(project.pk, catalog.manifest(tmp_path, [second, spoilt]), STRICT)

    assert list(Sample.objects.values_list("external_id", flat=True)) == ["s-1"]
    found = Import.objects.get(strict=True)
    assert found.state == ImportState.FAILED
    assert list(ImportRefusal.objects.filter(run=found).values_list("line", flat=True)) == [2]
    assert counts(read(project.pk, catalog.manifest(tmp_path, [first, second]), STRICT)) == (1, 1, 0, 0)


@pytest.mark.django_db
def test_strict_takes_nothing_when_the_second_reading_differs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between looking and landing somebody else brings a row of the same id."""
    project = accounts.project(slug="p")
    rows = [catalog.row(tmp_path, "s-1"), catalog.row(tmp_path, "s-2")]
    manifest = catalog.manifest(tmp_path, rows)
    other = catalog.manifest(tmp_path, [{**rows[1], "group": "other"}], name="other.jsonl")
    real, calls = run.read, []

    def meanwhile(*given: object, **named: object) -> tuple[int, Landed]:
        calls.append(named)
        found = real(*given, **named)  # type: ignore[arg-type]  # passed through as it came
        if len(calls) == 1:
            read(project.pk, other)
        return found

    monkeypatch.setattr(imports, "read", meanwhile)

    with pytest.raises(ImportNotWhole):
        read(project.pk, manifest, STRICT)

    assert list(Sample.objects.values_list("external_id", "group")) == [("s-2", "other")]


@pytest.mark.django_db
def test_pictures_that_were_bad_are_fetched_again_and_listed_again(tmp_path: Path) -> None:
    project = accounts.project(slug="p")
    rows = [catalog.row(tmp_path, "s-1"), catalog.row(tmp_path, "s-2"), catalog.row(tmp_path, "s-3")]
    whole = (tmp_path / "s-1" / "B.jpg").read_bytes()
    for name in ("s-1", "s-2"):
        (tmp_path / name / "B.jpg").write_bytes(whole[:300])
    manifest = catalog.manifest(tmp_path, rows)

    def read() -> imports.Outcome:
        done = imports.read_manifest(project_id=project.pk, manifest=manifest, actor_id=None, now=NOW, processes=1)
        ingest_due(until=datetime(2999, 1, 1, tzinfo=UTC), clock=lambda: datetime.now(UTC))
        return done

    first = read()
    assert first.import_id is not None
    assert [each.id for each in reports.picture_refusals(first.import_id)] == ["s-1", "s-2"]
    (tmp_path / "s-1" / "B.jpg").write_bytes(whole)

    second = read()

    assert (second.landed.unchanged, second.landed.new) == (3, 0)
    assert second.import_id is not None
    assert [(each.line, each.id) for each in reports.picture_refusals(second.import_id)] == [(2, "s-2")]
    assert reports.picture_refusals(first.import_id) == []
    assert dict(Sample.objects.values_list("external_id", "state")) == {
        "s-1": "ready",
        "s-2": "failed",
        "s-3": "ready",
    }
