"""Uploading a manifest with its switches, and the report as a file."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client

from accounts.choices import Role
from accounts.selectors import projects
from catalog.ingestion.run import ingest_due
from catalog.models import Import
from catalog.services import imports, uploads
from tests.builders import accounts, catalog

NOW = datetime(2020, 1, 1, tzinfo=UTC)
FOREVER = datetime(2999, 1, 1, tzinfo=UTC)
ADDRESS = "/api/v1/projects/p/imports"


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(accounts.member(accounts.project(slug="p"), role))
    return client


def ingest() -> None:
    ingest_due(until=FOREVER, clock=lambda: datetime.now(UTC))


def project_id() -> UUID:
    return projects.by_slug("p").project_id


@pytest.mark.django_db
def test_an_upload_says_how_it_shall_be_read() -> None:
    client = signed_in(Role.LEAD)

    reply = client.post(ADDRESS, {"manifest": io.BytesIO(b"{}"), "update": "true", "strict": "true"})

    assert reply.status_code == 201, reply.content
    run = Import.objects.get()
    assert (run.update, run.strict) == (True, True)
    assert (reply.json()["update"], reply.json()["strict"]) == (True, True)


@pytest.mark.django_db
def test_an_upload_without_words_neither_updates_nor_is_strict() -> None:
    client = signed_in(Role.LEAD)

    assert client.post(ADDRESS, {"manifest": io.BytesIO(b"{}")}).status_code == 201

    run = Import.objects.get()
    assert (run.update, run.strict) == (False, False)


@pytest.mark.django_db
def test_another_word_than_true_or_false_is_refused() -> None:
    client = signed_in(Role.LEAD)

    assert client.post(ADDRESS, {"manifest": io.BytesIO(b"{}"), "update": "perhaps"}).status_code == 400

    assert not Import.objects.exists()


@pytest.mark.django_db
def test_the_report_has_every_refusal_as_a_line(tmp_path: Path) -> None:
    client = signed_in(Role.LEAD)
    manifest = catalog.manifest(tmp_path, [catalog.row(tmp_path, "s-1"), "{", {"id": "s-2"}])
    done = imports.read_manifest(project_id=project_id(), manifest=manifest, actor_id=None, now=NOW, processes=1)

    reply = client.get(f"{ADDRESS}/{done.import_id}/report")

    assert reply.status_code == 200
    lines = [json.loads(line) for line in b"".join(reply.streaming_content).splitlines()]  # type: ignore[attr-defined]  # it streams
    assert [(each["line"], each["id"]) for each in lines] == [(2, ""), (3, "s-2")]
    assert all(set(each) == {"line", "id", "field", "reason"} for each in lines)


@pytest.mark.django_db
def test_reasons_are_told_in_the_language_asked_for_and_the_report_stays_in_one(tmp_path: Path) -> None:
    client = signed_in(Role.LEAD)
    row = catalog.row(tmp_path, "s-1")
    (tmp_path / "s-1" / "B.jpg").write_bytes(b"GIF89a")
    manifest = catalog.manifest(tmp_path, [row, {**row, "id": "s-2", "original": "/etc/o.jpg"}])
    done = imports.read_manifest(project_id=project_id(), manifest=manifest, actor_id=None, now=NOW, processes=1)
    ingest()

    def told(what: str, language: str) -> list[str]:
        reply = client.get(f"{ADDRESS}/{done.import_id}/{what}", headers={"Accept-Language": language})
        return [each["reason"] for each in reply.json()["results"]]

    assert told("refusals", "en") == ["a path is relative to the manifest, with forward slashes"]
    assert told("refusals", "zh-CN") == ["路径须相对于清单，并使用正斜杠"]
    assert told("pictures", "en") == ["s-1/B.jpg is not a JPEG, PNG or WebP picture"]
    assert told("pictures", "zh-CN") == ["s-1/B.jpg 不是 JPEG、PNG 或 WebP 图片"]
    report = client.get(f"{ADDRESS}/{done.import_id}/report", headers={"Accept-Language": "zh-CN"})
    lines = b"".join(report.streaming_content).decode()  # type: ignore[attr-defined]  # it streams
    assert "a path is relative to the manifest" in lines


@pytest.mark.django_db
def test_an_annotator_gets_no_report(tmp_path: Path) -> None:
    client = signed_in(Role.ANNOTATOR)
    manifest = catalog.manifest(tmp_path, ["{"])
    done = imports.read_manifest(project_id=project_id(), manifest=manifest, actor_id=None, now=NOW, processes=1)

    assert client.get(f"{ADDRESS}/{done.import_id}/report").status_code in (403, 404)


@pytest.mark.django_db
def test_failed_pictures_are_fetched_again_when_asked(tmp_path: Path) -> None:
    client = signed_in(Role.LEAD)
    row = catalog.row(tmp_path, "s-1")
    whole = (tmp_path / "s-1" / "B.jpg").read_bytes()
    (tmp_path / "s-1" / "B.jpg").write_bytes(whole[:300])
    done = imports.read_manifest(
        project_id=project_id(), manifest=catalog.manifest(tmp_path, [row]), actor_id=None, now=NOW, processes=1
    )
    ingest()
    address = f"{ADDRESS}/{done.import_id}"
    assert [each["field"] for each in client.get(f"{address}/pictures").json()["results"]] == ["candidates.B"]
    (tmp_path / "s-1" / "B.jpg").write_bytes(whole)

    reply = client.post(f"{address}/pictures")
    ingest()

    assert (reply.status_code, reply.json()) == (200, {"samples": 1})
    assert client.get(f"{address}/pictures").json()["results"] == []
    assert client.get(address).json()["pictures_ready"] == 1
    assert client.post(f"{ADDRESS}/{uuid4()}/pictures").status_code == 404


@pytest.mark.django_db
def test_an_uploaded_table_and_its_archive_land(tmp_path: Path) -> None:
    client = signed_in(Role.LEAD)
    catalog.row(tmp_path, "s-1", slots="AB")
    table = io.BytesIO(b"id,original,A,B\ns-1,s-1/o.jpg,s-1/A.jpg,s-1/B.jpg\n")
    table.name = "shop.csv"
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        for file in sorted((tmp_path / "s-1").iterdir()):
            made.write(file, f"s-1/{file.name}")
    archive.seek(0)
    archive.name = "shop.zip"

    reply = client.post(ADDRESS, {"manifest": table, "archive": archive})
    uploads.read_due(until=FOREVER, clock=lambda: datetime.now(UTC), scratch=tmp_path)
    ingest()

    shown = client.get(f"{ADDRESS}/{reply.json()['id']}").json()
    assert (shown["state"], shown["new_count"], shown["pictures_ready"], shown["failure"]) == ("done", 1, 1, "")


@pytest.mark.django_db
def test_reasons_come_in_pages_and_are_found_by_field_and_text(tmp_path: Path) -> None:
    client = signed_in(Role.LEAD)
    good = catalog.row(tmp_path, "s-1")
    wrong: tuple[dict[str, object], ...] = {"group": 1}, {"original": "/x"}, {"candidates": {"A": "../x", "B": "/y"}}
    rows = [good, *({**good, "id": f"s-{number}", **each} for number, each in enumerate(wrong, start=2))]
    done = imports.read_manifest(
        project_id=project_id(), manifest=catalog.manifest(tmp_path, rows), actor_id=None, now=NOW, processes=1
    )
    address = f"{ADDRESS}/{done.import_id}/refusals"

    whole = client.get(address).json()
    assert whole["fields"] == {"candidates": 2, "group": 1, "original": 1}
    first = client.get(address, {"limit": 3}).json()
    rest = client.get(address, {"limit": 3, "after": first["after"]}).json()
    assert (len(first["results"]), len(rest["results"]), rest["after"]) == (3, 1, None)
    assert [each["field"] for each in client.get(address, {"field": "candidates"}).json()["results"]] == [
        "candidates.A",
        "candidates.B",
    ]
    assert [each["id"] for each in client.get(address, {"text": "S-3"}).json()["results"]] == ["s-3"]
    assert client.get(address, {"field": "cand"}).json()["results"] == []
    about = client.get(f"{ADDRESS}/{done.import_id}").json()
    assert (about["line_total"], about["row_count"], about["by"]) == (4, 4, "")
