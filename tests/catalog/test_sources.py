"""Every source streams the same rows into the same importer; what it cannot hand on it refuses by name."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import boto3
import pytest
from moto import mock_aws
from pytest_django.fixtures import Settings

from annotation.models import Annotation, Consensus
from catalog.errors import ManifestUnreadable
from catalog.imports import sources
from catalog.imports.manifest import Refusal
from catalog.imports.sources.base import Source
from catalog.ingestion import buckets
from catalog.ingestion.run import ingest_due
from catalog.models import Sample
from catalog.services import imports
from cot_generation.models import Rationale
from tests.builders import accounts, catalog

NOW = datetime(2020, 1, 1, tzinfo=UTC)
ASPECTS = ("appearance_deformation", "physical_shadow", "placement_layout", "extension_rationality")


def rows(source: Source) -> list[dict[str, object]]:
    return [json.loads(raw) for _, raw in source.lines() if not isinstance(raw, Refusal)]


def refusals(source: Source) -> list[tuple[int, str, str]]:
    return [(raw.line, raw.id, raw.field) for _, raw in source.lines() if isinstance(raw, Refusal)]


def land(word: str) -> imports.Outcome:
    project = accounts.project(slug="p")
    source = sources.find(word, aspects=ASPECTS)
    outcome = imports.read_source(project_id=project.pk, source=source, actor_id=None, now=NOW, processes=1)
    ingest_due(until=datetime(2999, 1, 1, tzinfo=UTC), clock=lambda: datetime.now(UTC))
    return outcome


@pytest.mark.django_db
def test_a_table_lands_with_what_is_known(tmp_path: Path) -> None:
    catalog.row(tmp_path, "s-1", slots="AB")
    table = tmp_path / "m.csv"
    table.write_text(
        "\ufeffid,original,A,B,group,answers.physical_shadow,answers.placement_layout,verdicts.B.physical_shadow,"
        "rationales.physical_shadow,generator.A,shop\n"
        's-1,s-1/o.jpg,s-1/A.jpg,s-1/B.jpg,g,"A B",none,major,"The shadow\nof B, is gone.",flux,north\n'
    )

    assert land(str(table)).landed.new == 1

    sample = Sample.objects.get()
    assert (sample.state, sample.group, sample.metadata, sample.generator) == (
        "ready",
        "g",
        {"shop": "north"},
        {"A": "flux"},
    )
    assert set(Consensus.objects.values_list("aspect__key", "answer")) == {
        ("physical_shadow", "AB"),
        ("placement_layout", ""),
    }
    assert Annotation.objects.get().cells == {"B": {"physical_shadow": "major"}}
    assert Rationale.objects.get().sentences[0].text == "The shadow\nof {{B}}, is gone."


def test_a_table_with_semicolons_is_read_and_a_longer_row_refused(tmp_path: Path) -> None:
    table = tmp_path / "m.csv"
    table.write_text("id;original;A\ns-1;o.jpg;a.jpg\ns-2;o.jpg;a.jpg;more\n")
    source = sources.find(str(table), aspects=ASPECTS)

    assert rows(source) == [{"id": "s-1", "original": "o.jpg", "candidates": {"A": "a.jpg"}}]
    assert refusals(source) == [(3, "s-2", "line")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"name,original\n", "no column id"),
        (b"id,original,A,A\n", "twice"),
        (b"id,original\n\xff\xfe,x\n", "UTF-8"),
        (b'id,original\n"a"b,c\n', "no valid CSV"),
    ],
)
def test_a_table_that_is_none_says_why(tmp_path: Path, content: bytes, says: str) -> None:
    table = tmp_path / "m.csv"
    table.write_bytes(content)

    with pytest.raises(ManifestUnreadable, match=says):
        list(sources.find(str(table), aspects=ASPECTS).lines())


def tree(root: Path) -> Path:
    for name in ("s-1", "s-2"):
        for place, file in enumerate(("original.png", "A.jpg", "B.JPG", "notes.txt")):
            if not file.endswith("txt"):
                catalog.picture(root / name / f"{place}.jpg", colour=(place * 40, 9, int(name[-1]) * 60))
                (root / name / f"{place}.jpg").rename(root / name / file)
    (root / "s-2" / "notes.txt").write_text("not a picture")
    (root / "s-2" / "sample.json").write_text('{"group": "g", "answers": {"physical_shadow": ["A"]}, "shop": "x"}')
    (root / "readme.txt").write_text("passed over")
    return root


@pytest.mark.django_db
def test_a_folder_tree_lands(tmp_path: Path) -> None:
    assert land(str(tree(tmp_path / "t"))).landed.new == 2

    samples = {sample.external_id: sample for sample in Sample.objects.all()}
    assert {name: sample.state for name, sample in samples.items()} == {"s-1": "ready", "s-2": "ready"}
    assert (samples["s-2"].group, samples["s-2"].metadata) == ("g", {"shop": "x"})
    assert sorted(samples["s-1"].sources.candidates) == ["A", "B"]
    assert Consensus.objects.get().answer == "A"


def test_a_folder_without_an_original_or_with_two_is_refused_by_name(tmp_path: Path) -> None:
    root = tree(tmp_path / "t")
    (root / "s-1" / "original.png").unlink()
    (root / "s-2" / "A.png").write_bytes(b"x")
    (root / "s-3").mkdir()
    (root / "s-3" / "sample.json").write_text("[1]")
    (root / "s-4").symlink_to(root / "s-2")

    found = sources.find(str(root), aspects=ASPECTS)

    assert refusals(found) == [(1, "s-1", "original"), (2, "s-2", "A"), (3, "s-3", "sample.json")]
    assert rows(found) == []


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[str]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    settings.IMPORT_BUCKETS = ["shop"]
    with mock_aws():
        buckets.forget()
        boto3.client("s3").create_bucket(Bucket="shop")
        yield "shop"
    buckets.forget()


def put(bucket: str, prefix: str, root: Path) -> None:
    for file in sorted(root.rglob("*")):
        if file.is_file():
            boto3.client("s3").put_object(
                Bucket=bucket, Key=f"{prefix}/{file.relative_to(root)}", Body=file.read_bytes()
            )


@pytest.mark.django_db
def test_a_prefix_of_a_bucket_lands_like_a_folder(tmp_path: Path, bucket: str) -> None:
    put(bucket, "in/today", tree(tmp_path / "t"))

    assert land(f"s3://{bucket}/in/today").landed.new == 2

    assert set(Sample.objects.values_list("external_id", "state")) == {("s-1", "ready"), ("s-2", "ready")}


@pytest.mark.django_db
def test_a_manifest_may_name_keys_of_a_listed_bucket_and_of_no_other(tmp_path: Path, bucket: str) -> None:
    put(bucket, "in", tree(tmp_path / "t"))
    good = {"id": "s-1", "original": "s3://shop/in/s-1/original.png", "candidates": {"A": "s3://shop/in/s-1/A.jpg"}}
    bad = {**good, "id": "s-2", "original": "s3://other/in/s-1/original.png"}
    gone = {**good, "id": "s-3", "original": "s3://shop/in/gone.png"}

    outcome = land(str(catalog.manifest(tmp_path, [good, bad, gone])))

    assert [(each.id, each.field) for each in outcome.landed.refusals] == [("s-2", "original")]
    assert set(Sample.objects.values_list("external_id", "state")) == {("s-1", "ready"), ("s-3", "failed")}


def test_a_bucket_that_nobody_listed_is_not_read(bucket: str) -> None:
    with pytest.raises(ManifestUnreadable, match="IMPORT_BUCKETS"):
        list(sources.find("s3://other/in", aspects=ASPECTS).lines())


def test_nothing_that_is_there_says_what_could_be() -> None:
    with pytest.raises(ManifestUnreadable, match="Label Studio export"):
        sources.find("/nowhere/at.all", aspects=ASPECTS)


def test_no_web_process_loads_the_sdk() -> None:
    """The SDK takes seconds and hundreds of megabytes."""
    script = "import config.wsgi, catalog.imports.sources, sys; print('label_studio_sdk' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert said.stdout.strip().splitlines()[-1] == "False"
