"""Stored pictures over HTTP: kept by their address, asked for in parts, the same from a bucket as from a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from django.core.files.storage import storages
from django.test import Client
from moto import mock_aws
from pytest_django.fixtures import Settings

from accounts.choices import Role
from accounts.models import Project
from catalog.models import Sample
from catalog.services import assets
from config.env import Env
from tests.builders import accounts, catalog


@pytest.fixture(params=["folder", "bucket"])
def where(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[str]:
    """The same tests on both kinds of storage, each made from STORAGE_URL alone."""
    if request.param == "folder":
        yield "folder"
        return
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        boto3.client("s3").create_bucket(Bucket="pictures")
        present = dict.fromkeys(("SECRET_KEY", "ENCRYPTION_KEY", "DATABASE_URL", "BROKER_URL"), "x")
        storage = Env({**present, "STORAGE_URL": "s3://pictures/loupe?region=us-east-1"}).storage()
        settings.STORAGES = {**settings.STORAGES, "media": storage}
        yield "bucket"


def stored(folder: Path) -> tuple[Client, str, bytes]:
    """A signed-in annotator's client, a picture's address and its bytes."""
    project: Project = accounts.project(slug="p")
    sample: Sample = catalog.stored(project.pk, folder)
    asset = sample.pictures.get(slot="A").asset
    client = Client()
    client.force_login(accounts.member(project, Role.ANNOTATOR))
    return client, f"/api/v1/projects/p/pictures/{asset.sha256}", assets.read(asset.pk)


@pytest.mark.django_db
def test_a_picture_is_kept_for_good_and_known_by_its_tag(tmp_path: Path, where: str) -> None:
    client, address, content = stored(tmp_path)

    reply = client.get(address)

    assert (reply.status_code, reply.content) == (200, content)
    assert reply["Cache-Control"] == "private, max-age=31536000, immutable"
    assert reply["Accept-Ranges"] == "bytes"
    assert client.get(address, headers={"If-None-Match": reply["ETag"]}).status_code == 304
    assert client.get(f"{address}?fit=320").content[:2] == b"\xff\xd8"
    assert Client().get(address).status_code in (401, 403)


@pytest.mark.django_db
def test_a_bucket_holds_the_picture_below_its_prefix(tmp_path: Path, where: str) -> None:
    stored(tmp_path)
    if where == "bucket":
        keys = [item["Key"] for item in boto3.client("s3").list_objects_v2(Bucket="pictures")["Contents"]]
        assert sum(key.startswith("loupe/assets/") for key in keys) == 5
        assert "X-Amz-Expires=300" in storages["media"].url("assets/x")  # what is handed out is signed and short-lived
    else:
        assert len(list(Path(storages["media"].path("assets")).rglob("*.jpg"))) >= 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "part", "says"),
    [
        ("bytes=0-9", slice(0, 10), "bytes 0-9/{size}"),
        ("bytes=10-", slice(10, None), "bytes 10-{last}/{size}"),
        ("bytes=-7", slice(-7, None), "bytes {tail}-{last}/{size}"),
        ("bytes=5-999999999", slice(5, None), "bytes 5-{last}/{size}"),
    ],
)
def test_a_part_is_given(tmp_path: Path, asked: str, part: slice, says: str) -> None:
    client, address, content = stored(tmp_path)

    reply = client.get(address, headers={"Range": asked})

    size = len(content)
    assert (reply.status_code, reply.content) == (206, content[part])
    assert reply["Content-Range"] == says.format(size=size, last=size - 1, tail=size - 7)


@pytest.mark.django_db
def test_a_part_that_is_not_there_is_refused_and_odd_words_get_the_whole(tmp_path: Path) -> None:
    client, address, content = stored(tmp_path)

    beyond = client.get(address, headers={"Range": f"bytes={len(content)}-"})

    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(content)}")
    assert client.get(address, headers={"Range": "bytes=9-3"}).status_code == 416
    for odd in ("bytes=0-1,4-5", "lines=0-1", "bytes=-", "bytes=a-b"):
        assert client.get(address, headers={"Range": odd}).content == content
    stale = {"Range": "bytes=0-1", "If-Range": "other"}
    assert client.get(address, headers=stale).content == content
