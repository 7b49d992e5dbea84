"""`import_samples` takes what is good, names what is not, and changes nothing the second time."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalog.choices import SampleState
from catalog.ingestion.run import ingest_due
from catalog.models import Asset, Import, Sample
from tests.builders import accounts, catalog

FOREVER = datetime(2999, 1, 1, tzinfo=UTC)


def run(manifest: Path, *words: str) -> int:
    """The command's exit status."""
    try:
        call_command("import_samples", str(manifest), "--project", "p", *words)
    except SystemExit as ended:
        return int(ended.code or 0)
    except CommandError as error:
        return error.returncode
    return 0


def ingest() -> None:
    ingest_due(until=FOREVER, clock=lambda: datetime.now(UTC))


@pytest.mark.django_db
def test_a_good_manifest_lands_whole_and_again_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = accounts.project(slug="p")
    manifest = catalog.manifest(
        tmp_path, [catalog.row(tmp_path, "s-1", group="g"), catalog.row(tmp_path, "s-2", shop="x")]
    )

    assert run(manifest, "--no-wait") == 0
    ingest()

    samples = {sample.external_id: sample for sample in Sample.objects.in_project(project.pk)}
    assert {name: sample.state for name, sample in samples.items()} == {"s-1": "ready", "s-2": "ready"}
    assert samples["s-1"].group == "g"
    assert samples["s-2"].metadata == {"shop": "x"}
    assert samples["s-1"].pictures.count() == 5
    assert run(manifest, "--no-wait") == 0
    assert "2 unchanged" in capsys.readouterr().out.splitlines()[-1]
    assert Sample.objects.count() == 2


@pytest.mark.django_db
def test_bad_rows_are_named_and_good_ones_land(tmp_path: Path) -> None:
    accounts.project(slug="p")
    good = catalog.row(tmp_path, "s-1")
    bad = [
        "{",
        {**good, "id": ""},
        {**good, "id": "s-3", "original": "../outside.jpg"},
        {**good, "id": "s-4", "answers": {"colour": ["A"]}},
        {**good, "id": "s-5", "answers": {"physical_shadow": ["Z"]}},
        {**good, "id": "s-6", "regions": [{"slot": "A", "aspect": "physical_shadow", "box": [1, 2, 0, 4]}]},
        {**good, "id": "s-7", "candidates": {}},
        {**good, "id": "s-8", "verdicts": {"A": {"physical_shadow": "awful"}}},
        {**good, "id": "s-1"},
        {**good, "id": "s-9", "original": "https://example.org/o.jpg"},
        {**good, "id": "s/10"},
    ]
    report = tmp_path / "report.jsonl"

    assert run(catalog.manifest(tmp_path, [good, *bad]), "--no-wait", "--report", str(report)) == 3

    found = [json.loads(line) for line in report.read_text().splitlines()]
    assert [(each["line"], each["field"].split(".")[0].split("[")[0]) for each in found] == [
        (2, "line"),
        (3, "id"),
        (4, "original"),
        (5, "answers"),
        (6, "answers"),
        (7, "regions"),
        (8, "candidates"),
        (9, "verdicts"),
        (10, "id"),
        (11, "original"),
        (12, "id"),
    ]
    assert all(set(each) == {"line", "id", "field", "reason"} for each in found)
    assert list(Sample.objects.values_list("external_id", flat=True)) == ["s-1"]
    row = Import.objects.get()
    assert (row.row_count, row.new_count, row.refused_count) == (12, 1, 11)


@pytest.mark.django_db
def test_nothing_landed_is_a_failure_of_its_own(tmp_path: Path) -> None:
    accounts.project(slug="p")

    assert run(catalog.manifest(tmp_path, ["{", "[]"]), "--no-wait") == 1
    assert run(tmp_path / "missing.jsonl") == 1
    assert run(catalog.manifest(tmp_path, [""], name="empty.jsonl")) == 1


@pytest.mark.django_db
def test_a_project_is_made_only_when_asked(tmp_path: Path) -> None:
    manifest = catalog.manifest(tmp_path, [catalog.row(tmp_path, "s-1")])

    assert run(manifest, "--no-wait") == 1
    assert run(manifest, "--no-wait", "--create") == 0


@pytest.mark.django_db
def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accounts.project(slug="p")
    manifest = catalog.manifest(tmp_path, [catalog.row(tmp_path, "s-1"), "{"])

    assert run(manifest, "--dry-run") == 3

    assert "1 new, 0 unchanged, 0 changed, 1 refused" in capsys.readouterr().out
    assert not Sample.objects.exists()
    assert not Import.objects.exists()


@pytest.mark.django_db
def test_a_changed_row_keeps_the_stored_one_and_is_reported(tmp_path: Path) -> None:
    accounts.project(slug="p")
    row = catalog.row(tmp_path, "s-1", group="before")
    assert run(catalog.manifest(tmp_path, [row]), "--no-wait") == 0

    assert run(catalog.manifest(tmp_path, [{**row, "group": "after"}, catalog.row(tmp_path, "s-2")]), "--no-wait") == 3

    assert Sample.objects.get(external_id="s-1").group == "before"
    assert Sample.objects.filter(external_id="s-2").exists()


@pytest.mark.django_db
def test_a_bad_picture_fails_its_sample_alone(tmp_path: Path) -> None:
    accounts.project(slug="p")
    rows = [catalog.row(tmp_path, "s-1"), catalog.row(tmp_path, "s-2"), catalog.row(tmp_path, "s-3")]
    (tmp_path / "s-2" / "B.jpg").write_bytes(b"not a picture")
    (tmp_path / "s-3" / "C.jpg").unlink()
    manifest, report = catalog.manifest(tmp_path, rows), tmp_path / "report.jsonl"
    assert run(manifest, "--no-wait") == 0
    ingest()

    assert run(manifest, "--report", str(report)) == 3  # the rows are unchanged; pictures are tried again

    states = dict(Sample.objects.values_list("external_id", "state"))
    assert states == {"s-1": SampleState.READY, "s-2": SampleState.FAILED, "s-3": SampleState.FAILED}
    from catalog.selectors.imports import picture_refusals

    found = picture_refusals(Import.objects.order_by("-started_at").first().pk)  # type: ignore[union-attr]  # it is there
    assert [(each.id, each.field) for each in found] == [("s-2", "candidates.B"), ("s-3", "candidates.C")]
    assert "is not a JPEG, PNG or WebP picture" in found[0].reason
    assert "is not there" in found[1].reason


@pytest.mark.django_db
def test_the_same_picture_twice_is_stored_once(tmp_path: Path) -> None:
    accounts.project(slug="p")
    row = catalog.row(tmp_path, "s-1")
    twin = {**row, "id": "s-2"}
    assert run(catalog.manifest(tmp_path, [row, twin]), "--no-wait") == 0

    ingest()

    assert Asset.objects.count() == 5
    assert Sample.objects.filter(state=SampleState.READY).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_processes_land_what_one_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.imports.run.CHUNK", 7)
    accounts.project(slug="p")
    first = catalog.row(tmp_path, "s-0")
    rows = [{**first, "id": f"s-{number}"} for number in range(50)]

    assert run(catalog.manifest(tmp_path, [*rows, "{"]), "--no-wait") == 3

    ids = list(Sample.objects.order_by("pk").values_list("pk", flat=True))
    assert len(set(ids)) == 50
    assert sorted(Sample.objects.values_list("external_id", flat=True)) == sorted(f"s-{number}" for number in range(50))
