"""Loupe and Label Studio in one run: rows in, the next task, annotations, everything out; one machine, one PostgreSQL.

`--size N` judged samples (four candidates, four aspects, a region, a rationale). Label Studio gets an environment of
its own below `var/` (benchmarks/label_studio.py says which) and a database beside ours in the same server; it is served
by uwsgi with the values of its vendor's container, or by its own `start` where uwsgi cannot be installed. Both get the
same rows. Then 8 and 32 people claim and submit without pauses, first on one, then on the other, `--seconds` each: few
enough that no batch runs out of places. Out goes the same JSON: tasks with their annotations as Label Studio writes
them.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import django

django.setup()

from django.conf import settings  # noqa: E402  (Django must be set up first)
from django.db import connection  # noqa: E402  (as above)
from django.utils import timezone  # noqa: E402  (as above)

from accounts.services import projects  # noqa: E402  (as above)
from benchmarks import annotate  # noqa: E402  (as above)
from benchmarks._figures import Figures  # noqa: E402  (as above)
from benchmarks.label_studio import ENVIRONMENT, install  # noqa: E402  (as above)
from catalog.scenes.dataset import ASPECTS  # noqa: E402  (as above)
from catalog.services import imports  # noqa: E402  (as above)
from config.launcher.state import free_port  # noqa: E402  (as above)
from training_bridge.exports import label_studio as format_of  # noqa: E402  (as above)
from training_bridge.services import label_studio  # noqa: E402  (as above)

USERS = (8, 32)
BODY = 1000  # tasks in one request: what Label Studio takes fastest
SEVERITIES = ("none", "minor", "major", "unsure")
SENTENCE = "The brightest light enters from the upper left, yet the shadow of the product falls towards the window. "

# Run inside Label Studio's own environment: a lead and as many people as are asked for, with the keys of all.
PEOPLE = """
import json, sys
import django
django.setup()
from organizations.models import Organization
from rest_framework.authtoken.models import Token
from users.models import User
keys = []
for number in range(int(sys.argv[1]) + 1):
    user = User.objects.create_user(email=f"person-{number}@example.org", password="of-a-benchmark")
    organization = Organization.objects.first()
    if organization is None:
        organization = Organization.create_organization(created_by=user, title="bench")
    else:
        organization.add_user(user)
    organization.jwt.legacy_api_tokens_enabled = True
    organization.jwt.save()
    user.active_organization = organization
    user.save()
    keys.append(Token.objects.get_or_create(user=user)[0].key)
print(json.dumps(keys))
"""


def row(number: int) -> dict[str, Any]:
    """One line of the manifest."""
    answers = {aspect: ["B"] if (number + place) % 3 else [] for place, aspect in enumerate(ASPECTS)}
    return {
        "id": f"s-{number}",
        "original": "O.jpg",
        "candidates": {slot: f"{slot}.jpg" for slot in "ABCD"},
        "group": f"g-{number // 3}",
        "answers": answers,
        "verdicts": {
            slot: {aspect: "minor" if slot in said else "none" for aspect, said in answers.items()} for slot in "ABCD"
        },
        "regions": [{"slot": "B", "aspect": ASPECTS[1], "box": [312, 540, 220, 60]}],
        "rationales": [{"aspect": ASPECTS[1], "text": SENTENCE * 7}],
    }


def furnish(folder: Path, size: int) -> tuple[float, UUID]:
    """Our rows: seconds, and the project. Pictures are rows only; nobody looks at them here."""
    manifest = folder / "manifest.jsonl"
    with manifest.open("w") as file:
        for number in range(size):
            file.write(json.dumps(row(number)) + "\n")
    project_id = projects.create(slug="rows", name="Rows").pk
    began = time.perf_counter()
    imports.read_manifest(project_id=project_id, manifest=manifest, actor_id=None, now=timezone.now())
    seconds = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute(annotate.SAMPLES[0])
        cursor.execute(
            "insert into catalog_picture (sample_id, slot, asset_id)"
            " select s.id, slot, (select min(id) from catalog_asset) + place from catalog_sample s,"
            " unnest(array['O', 'A', 'B', 'C', 'D']) with ordinality as x(slot, place) where s.project_id = %s",
            [project_id],
        )
        cursor.execute("update catalog_sample set state = 'ready' where project_id = %s", [project_id])
        cursor.execute("delete from catalog_picturework")
        cursor.execute("analyze")
    return seconds, project_id


def tasks(project_id: UUID) -> Iterator[bytes]:
    """Every sample as Label Studio writes it, with its annotation."""
    for judged in label_studio.of_project(project_id):
        yield json.dumps(format_of.task(judged, address=lambda path: f"https://pictures.example/{path}")).encode()


class Rival:
    """A running Label Studio, its lead's key and its people's."""

    def __init__(self, port: int, keys: Sequence[str], served_by: str) -> None:
        self.port, self.lead, self.people, self.served_by = port, keys[0], keys[1:], served_by

    def ask(self, path: str, body: bytes | None = None) -> Any:
        """The lead's request, decoded. Raises urllib's errors."""
        headers = {"Authorization": f"Token {self.lead}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, headers)
        with urllib.request.urlopen(request, timeout=600) as reply:  # noqa: S310  (our own)
            return json.loads(reply.read())


@contextmanager
def rival(folder: Path, people: int) -> Iterator[Rival]:
    """Set up and started; ended with everything it started."""
    install()
    served = "uwsgi" if (ENVIRONMENT / "bin" / "uwsgi").exists() else "label-studio start"
    source = next(ENVIRONMENT.glob("lib/python3*/site-packages/label_studio"))
    database, port = settings.DATABASES["default"], free_port(0)
    with connection.cursor() as cursor:
        cursor.execute("create database label_studio")
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": str(source),
        "DJANGO_SETTINGS_MODULE": "core.settings.label_studio",
        "LABEL_STUDIO_BASE_DATA_DIR": str(folder),
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "COLLECT_ANALYTICS": "0",
        "SENTRY_DSN": "",
        "LATEST_VERSION_CHECK": "0",
        "LOG_LEVEL": "ERROR",
        "DJANGO_DB": "default",
        "POSTGRE_NAME": "label_studio",
        "POSTGRE_USER": str(database["USER"]),
        "POSTGRE_PASSWORD": str(database["PASSWORD"]),
        "POSTGRE_HOST": str(database["HOST"]),
        "POSTGRE_PORT": str(database["PORT"]),
    }
    python = str(ENVIRONMENT / "bin" / "python")
    subprocess.run([python, "manage.py", "migrate", "-v", "0"], env=env, cwd=source, check=True, capture_output=True)
    said = subprocess.run([python, "-c", PEOPLE, str(people)], env=env, cwd=source, check=True, capture_output=True)
    keys = json.loads(said.stdout.splitlines()[-1])
    argv = [str(ENVIRONMENT / "bin" / "label-studio"), "start", "--no-browser", "--port", str(port)]
    argv += ["--internal-host", "127.0.0.1"]
    if served == "uwsgi":
        argv = [str(ENVIRONMENT / "bin" / "uwsgi"), "--chdir", str(source), "--http", f"127.0.0.1:{port}"]
        argv += ["--module", "core.wsgi:application", "--virtualenv", str(ENVIRONMENT), "--master", "--need-app"]
        argv += ["--single-interpreter", "--processes", str(2 * (os.cpu_count() or 1)), "--threads", "1"]
        argv += ["--lazy-apps", "--thunder-lock", "--buffer-size", "65535", "--post-buffering", "4096"]
        argv += ["--http-timeout", "3600", "--disable-logging", "--die-on-term", "--enable-threads"]
    with (folder / "server.log").open("wb") as log:
        running = subprocess.Popen(argv, env=env, stdout=log, stderr=log, cwd=source, start_new_session=True)
        try:
            wait(port, running, folder / "server.log")
            yield Rival(port, keys, served)
        finally:
            os.killpg(running.pid, signal.SIGTERM)
            running.wait()


def wait(port: int, running: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers. Raises SystemExit with the end of its log."""
    until = time.monotonic() + 240
    while time.monotonic() < until and running.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5)
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"Label Studio did not start:\n{log.read_text()[-2000:]}")


def send(there: Rival, given: Sequence[bytes]) -> tuple[float, int]:
    """Their import of the same rows: seconds, and their project."""
    config = format_of.config(dict.fromkeys(ASPECTS, SEVERITIES), "ABCD")
    number: int = there.ask("/api/projects/", json.dumps({"title": "Rows", "label_config": config}).encode())["id"]
    bodies = [b"[" + b",".join(given[start : start + BODY]) + b"]" for start in range(0, len(given), BODY)]
    began = time.perf_counter()
    taken = sum(there.ask(f"/api/projects/{number}/import", body)["task_count"] for body in bodies)
    seconds = time.perf_counter() - began
    if taken != len(given):
        raise SystemExit(f"Label Studio took {taken} of {len(given)} tasks")
    return seconds, number


def work(port: int, number: int, keys: Sequence[str], seconds: float, result: list[Any]) -> list[tuple[str, float]]:
    """People who take the next task and submit it until the time is up: what each asked, and how long it took."""
    spent: list[tuple[str, float]] = []
    failures: list[BaseException] = []

    def one(key: str) -> None:
        headers = {"Authorization": f"Token {key}", "Content-Type": "application/json"}

        def call(what: str, path: str, body: object) -> dict[str, Any] | None:
            # uwsgi's router closes after each answer, so each request opens a connection, which costs it little.
            client = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            began = time.perf_counter()
            client.request("POST", path, json.dumps(body), headers)
            reply = client.getresponse()
            content = reply.read()
            client.close()
            spent.append(
                (what if reply.status in (200, 201) else f"{what} {reply.status}", time.perf_counter() - began)
            )
            return json.loads(content) if reply.status in (200, 201) else None

        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            task = call("next", f"/api/dm/actions?id=next_task&project={number}", {})
            if task is not None:
                said = {"result": result, "lead_time": 9, "draft_id": 0}
                call("submit", f"/api/tasks/{task['id']}/annotations?project={number}", said)

    def tried(key: str) -> None:
        try:
            one(key)
        except (OSError, http.client.HTTPException) as failure:
            failures.append(failure)

    threads = [threading.Thread(target=tried, args=[key]) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(f"{len(failures)} of {len(keys)} people were cut off: {failures[0]!r}")
    return spent


def their_work(there: Rival, given: Sequence[bytes], users: int, seconds: float) -> list[tuple[str, float]]:
    """`users` people on a fresh project of unjudged tasks that wants two opinions of each, as ours does."""
    plain = [json.dumps({"data": json.loads(each)["data"]}).encode() for each in given]
    _, number = send(there, plain)
    request = urllib.request.Request(
        f"http://127.0.0.1:{there.port}/api/projects/{number}",
        json.dumps({"maximum_annotations": 2}).encode(),
        {"Authorization": f"Token {there.lead}", "Content-Type": "application/json"},
        method="PATCH",
    )
    urllib.request.urlopen(request, timeout=600).close()  # noqa: S310  (our own)
    result = json.loads(given[1])["annotations"][0]["result"]
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        parts = [(there.port, number, there.people[start:users:4], seconds, result) for start in range(4)]
        return [each for part in pool.starmap(work, parts) for each in part]


def p95(values: Sequence[float]) -> float:
    """In milliseconds."""
    return round(1000 * sorted(values)[min(len(values) - 1, int(0.95 * len(values)))], 1) if values else float("nan")


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--write", action="store_true", help="record the figures in docs/experiments/")
    given = parser.parse_args()
    figures = Figures(f"beside-{given.size}", write=given.write)
    annotate.migrate()

    def add(figure: str, value: float, unit: str, system: str, **more: object) -> None:
        load = round(os.getloadavg()[0], 1)
        figures.add(f"beside.{figure}", value, unit, system=system, size=given.size, load=load, **more)

    with tempfile.TemporaryDirectory() as name, rival(Path(name), max(USERS)) as there:
        seconds, ours = furnish(Path(name), given.size)
        add("import_rows_per_s", round(given.size / seconds, 1), "rows/s", "loupe")
        began = time.perf_counter()
        rows = list(tasks(ours))
        (Path(name) / "out.json").write_bytes(b"[" + b",".join(rows) + b"]")
        seconds = time.perf_counter() - began
        add("export_rows_per_s", round(given.size / seconds, 1), "rows/s", "loupe")
        seconds, number = send(there, rows)
        add("import_rows_per_s", round(given.size / seconds, 1), "rows/s", "label_studio", served_by=there.served_by)
        began = time.perf_counter()
        got = there.ask(f"/api/projects/{number}/export?exportType=JSON")
        seconds = time.perf_counter() - began
        if len(got) != given.size:
            raise SystemExit(f"Label Studio gave {len(got)} of {given.size} tasks back")
        add("export_rows_per_s", round(given.size / seconds, 1), "rows/s", "label_studio")
        for users in USERS:
            spent = their_work(there, rows, users, given.seconds)
            kinds = {kind: [took for what, took in spent if what == kind] for kind, _ in spent}
            refused = {kind: len(took) for kind, took in kinds.items() if kind not in ("next", "submit")}
            about = {"users": users, "refused": refused}
            add("next_p95_ms", p95(kinds.get("next", [])), "ms", "label_studio", **about)
            per_second = round(len(kinds.get("submit", [])) / given.seconds, 1)
            add("annotations_per_s", per_second, "annotations/s", "label_studio", **about)
    for users in USERS:
        our_work(given.size, users, given.seconds, add)
    figures.close()
    return 0


def our_work(size: int, users: int, seconds: float, add: Any) -> None:
    """Ours by the benchmark of claim and submit, on a project of its own."""
    argv = [sys.executable, "-m", "benchmarks.annotate", "--size", str(size), "--users", str(users)]
    found = subprocess.run(
        [*argv, "--seconds", str(seconds)],
        env={**os.environ, "DATABASE_URL": _fresh_database(f"loupe_{users}")},
        check=True,
        capture_output=True,
        text=True,
    )
    lines = [json.loads(line) for line in found.stdout.splitlines() if '"figure"' in line]
    values = {line["figure"]: line["value"] for line in lines}
    add("next_p95_ms", values["annotate.next_p95_ms"], "ms", "loupe", users=users)
    add("annotations_per_s", values["annotate.per_s"], "annotations/s", "loupe", users=users)


def _fresh_database(name: str) -> str:
    """Its address, in the same server."""
    with connection.cursor() as cursor:
        cursor.execute(f"create database {name}")
    return os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"


if __name__ == "__main__":
    sys.exit(main())
