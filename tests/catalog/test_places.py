"""Where a picture may lie: below the manifest's folder, in the archive, on a listed host, and nowhere else."""

from __future__ import annotations

import io
import os
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.files.storage import InMemoryStorage
from pytest_django.fixtures import Settings

from catalog.errors import ArchiveRefused, PictureRefused
from catalog.imports import archives
from catalog.imports.manifest import path_problem
from catalog.ingestion import web
from catalog.ingestion.fetching import fetch

CLIMBS = ("..", "../", "a/..", "a/../..", "a/../../etc/passwd", "../a", "./../a", "a/./../b", "a//../b", "../../x.jpg")
ROOTED = (
    "/",
    "/etc/passwd",
    "//host/x",
    "~",
    "~root/x",
    "~/x",
    "C:/x",
    "c:x",
    "C:\\x",
    "\\\\host\\x",
    "\\x",
    "a\\..\\b",
)
SCHEMES = (
    *("file:///etc/passwd", "FILE:///etc/passwd", "ftp://h/x", "gopher://h/x", "data://x", "storage://assets/x"),
    *("http://127.0.0.1/x", "http://[::1]/x", "http://0x7f000001/x", "http://169.254.169.254/latest", "https://evil/x"),
    *(
        "http://good.example@evil/x",
        "http://evil#good.example",
        "http://evil?good.example",
        "https://good.example.evil/",
    ),
    *("http://good.example:80@evil/", "HTTP://evil/x", "s3://other/x", "s3://", "S3://other/x", "ldap://x", "jar://x"),
)
CONTROLS = tuple(f"a{chr(code)}b" for code in range(32))
TRICKS = (
    *CLIMBS,
    *ROOTED,
    *SCHEMES,
    *CONTROLS,
    *("", "a" * 1001, "x/" * 501, "../" * 20 + "etc/passwd", "a/b/c/../../../../d", "img/../../o.jpg"),
    *("..//", "..\\..\\x", "a/..\\..\\b", "\\..\\x", "Z:", "z:/x", "a/..", "../.", "b/../..", "/../x"),
)


def test_there_are_enough_tricks() -> None:
    assert len(set(TRICKS)) >= 90


@pytest.mark.parametrize("name", sorted(set(TRICKS)), ids=ascii)
def test_a_trick_in_a_name_is_refused_in_a_row_and_in_an_archive(name: str) -> None:
    assert path_problem(name, hosts=["good.example"], buckets=["good"])
    if name.strip("/") and len(name) < 900 and "\0" not in name and not name.endswith("/"):
        with pytest.raises(ArchiveRefused):
            archives.check(archive(name))


@pytest.mark.parametrize(
    "name", ["a.jpg", "a/b.jpg", "..a/b..jpg", "a b/ü.png", "https://good.example/x", "s3://good/x"]
)
def test_plain_names_are_taken(name: str) -> None:
    assert path_problem(name, hosts=["good.example"], buckets=["good"]) is None


def archive(name: str, *, link: bool = False, content: bytes = b"x") -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        member = zipfile.ZipInfo("placeholder")
        member.filename = name  # the constructor would turn backslashes and cut zeros
        member.external_attr = (0o120777 if link else 0o100644) << 16
        made.writestr(member, content, zipfile.ZIP_DEFLATED)
    out.seek(0)
    return out


def test_links_and_bombs_in_archives_are_refused_and_pictures_unpacked_below_the_prefix() -> None:
    with pytest.raises(ArchiveRefused, match="link"):
        archives.check(archive("a.jpg", link=True))
    with pytest.raises(ArchiveRefused, match="times its size"):
        archives.check(archive("a.jpg", content=bytes(5_000_000)))
    into = InMemoryStorage()

    assert archives.unpack(archive("a/b.jpg"), into, prefix="imports/7/files") == 1

    assert into.exists("imports/7/files/a/b.jpg")


@pytest.mark.parametrize("kind", ["link", "folder link", "pipe", "folder", "long"])
def test_what_is_no_ordinary_file_below_the_folder_is_not_read(tmp_path: Path, kind: str) -> None:
    outside, root = tmp_path / "outside", tmp_path / "root"
    outside.mkdir()
    root.mkdir()
    (outside / "x.jpg").write_bytes(b"secret")
    name = "x.jpg"
    if kind == "link":
        (root / name).symlink_to(outside / "x.jpg")
    elif kind == "folder link":
        (root / "in").symlink_to(outside)
        name = "in/x.jpg"
    elif kind == "pipe":
        os.mkfifo(root / name)
    elif kind == "folder":
        (root / name).mkdir()
    else:
        name = "y" * 300

    with pytest.raises(PictureRefused):
        fetch(f"file://{root}", name)


class Host(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", "/x.jpg")
            self.end_headers()
        elif self.path == "/gone":
            self.send_error(404)
        else:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"p" * (2000 if self.path == "/large" else 10))

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def host(settings: Settings) -> Iterator[str]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    settings.IMPORT_HOSTS = ["127.0.0.1"]
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


def test_a_picture_on_a_listed_host_is_fetched(host: str) -> None:
    assert fetch("file:///nowhere", f"{host}/x.jpg") == b"p" * 10


def test_redirects_errors_and_too_much_are_refused(host: str, settings: Settings) -> None:
    with pytest.raises(PictureRefused, match="another address"):
        web.read(f"{host}/elsewhere", cap=1000)
    with pytest.raises(PictureRefused, match="404"):
        web.read(f"{host}/gone", cap=1000)
    with pytest.raises(PictureRefused, match="larger"):
        web.read(f"{host}/large", cap=1000)
    settings.IMPORT_HOSTS = ["good.example"]
    with pytest.raises(PictureRefused, match="IMPORT_HOSTS"):
        web.read(f"{host}/x.jpg", cap=1000)


def test_a_host_that_does_not_answer_is_a_reason_and_no_crash(settings: Settings) -> None:
    settings.IMPORT_HOSTS = ["127.0.0.1"]

    with pytest.raises(PictureRefused, match="cannot be fetched"):
        web.read("http://127.0.0.1:1/x.jpg", cap=1000)
