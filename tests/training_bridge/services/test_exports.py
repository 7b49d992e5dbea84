"""Exports of a real release: by command into a folder, by the page into an archive."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from config.base import work
from tests.builders import accounts as people
from tests.builders import training_bridge as build
from training_bridge.choices import ExportFormat
from training_bridge.exports import canonical, folder, trl
from training_bridge.models import Export
from training_bridge.services import exports

pytestmark = pytest.mark.django_db


def rows(prefix: str = "x") -> list[dict[str, Any]]:
    splits = ["train", "train", "validation", "test"]
    return [build.release_row(f"{prefix}-{number}", split=split) for number, split in enumerate(splits)]


def ask(project_id: Any, *, fmt: ExportFormat = ExportFormat.TRL, seed: int = 3, now: datetime | None = None) -> Export:
    return exports.ask(
        project_id=project_id, release_name="v1", fmt=fmt, seed=seed, actor_id=None, now=now or timezone.now()
    )


def make(now: datetime | None = None) -> int:
    at = now or timezone.now()
    return exports.make_due(clock=lambda: at, until=at + timedelta(minutes=1))


def test_the_command_exports_each_format_and_what_it_wrote_is_read_back(tmp_path: Path) -> None:
    project = people.project()
    release = build.release(project.pk, rows())

    for fmt in ExportFormat.values:
        call_command(
            "export_release",
            "--project",
            project.slug,
            "--release",
            "v1",
            "--format",
            fmt,
            "--out",
            str(tmp_path / fmt),
            "--seed",
            "3",
        )

    assert folder.check(tmp_path / "trl").questions == {"train": 2, "validation": 1, "test": 1}
    in_trl = {row.question: row for row in trl.read(tmp_path / "trl")}
    assert in_trl == {row.question: row for row in canonical.read(tmp_path / "canonical")}
    assert sorted(in_trl) == [f"x-{number}/physical_shadow" for number in range(4)]
    media = storages["media"]
    for path in ["release.json", *(shard.path for shard in release.shards)]:
        assert (tmp_path / "canonical" / path).read_bytes() == media.open(f"{release.folder}/{path}").read()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"project": "elsewhere"}, "no project with the slug"),
        ({"release": "v9"}, "no release 'v9'"),
        ({"out": "taken"}, "holds something already"),
    ],
)
def test_the_command_refuses_in_one_sentence(tmp_path: Path, change: dict[str, str], reason: str) -> None:
    project = people.project()
    build.release(project.pk, rows())
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "file").write_text("mine")
    asked = {"project": project.slug, "release": "v1", "out": "new", "format": "trl"} | change

    with pytest.raises(CommandError, match=reason):
        call_command("export_release", **asked | {"out": tmp_path / asked["out"]})

    call_command("export_release", project=project.slug, release="v1", out=tmp_path / "new", format="trl")


def test_a_worker_makes_an_archive_of_the_same_bytes(tmp_path: Path) -> None:
    project = people.project()
    release = build.release(project.pk, rows())
    export = ask(project.pk)
    assert (export.state, export.row_count) == ("waiting", 4)

    assert make() == 1

    export.refresh_from_db()
    assert (export.state, export.rows_done) == ("done", 4)
    content = storages["media"].open(export.key).read()
    assert len(content) == export.bytes
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)
    assert folder.check(tmp_path / "v1-trl").release_hash == release.hash
    again = exports.to_folder(release, fmt=ExportFormat.TRL, out=tmp_path / "again", seed=3)
    exports.zip_folder(tmp_path / "again", tmp_path / "again.zip", inside="v1-trl")
    assert again == folder.read_manifest(tmp_path / "v1-trl")
    assert (tmp_path / "again.zip").read_bytes() == content


def test_asking_twice_is_one_export_and_another_seed_is_another() -> None:
    project = people.project()
    build.release(project.pk, rows())

    first = ask(project.pk)
    again = ask(project.pk)
    other = ask(project.pk, seed=4)

    assert first.pk == again.pk != other.pk
    assert make() == 2
    assert ask(project.pk).state == "done"
    assert make() == 0


def test_a_failed_export_says_why_and_can_be_asked_for_again() -> None:
    project = people.project()
    build.release(project.pk, rows("gone"), store_pictures=False)
    export = ask(project.pk)

    make()

    export.refresh_from_db()
    assert export.state == "failed"
    assert "gone from the storage" in export.failure
    assert ask(project.pk).state == "waiting"


def test_a_worker_that_lost_its_lease_writes_nothing(now: datetime) -> None:
    project = people.project()
    build.release(project.pk, rows())
    ask(project.pk, now=now)
    (stale,) = work.claim(Export, limit=1, lease=timedelta(minutes=1), now=now)
    later = now + timedelta(minutes=5)
    work.give_back_expired(Export, now=later)
    assert make(later) == 1
    done = Export.objects.get(pk=stale.pk)

    assert not work.finish(stale, key="exports/wrong.zip")

    assert Export.objects.get(pk=stale.pk).key == done.key != "exports/wrong.zip"
