"""People at one batch over HTTP: `annotate.next_p95_ms`, `annotate.per_s` and their kin.

32 of them without pauses unless told otherwise; `--users 200 --pause 5` is a large team that looks before it judges.

Belongs here: a batch of `--size` samples, the shipped web server, and clients that claim and submit as pages do.
Does not: the browser's part (what a person waits for is prefetched), drafts and heartbeats (see `--with-drafts`).

Every client holds four pieces, submits one and claims one. Person 0 has submitted most of the batch before, on places
that are still open to others: the case in which a plain `NOT EXISTS` walks the whole history. Clients run on the same
cores as the server and the database, as do any other processes; the load average before and after is recorded.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import django

from annotation.shapes import Cells
from benchmarks._figures import Figures
from benchmarks._processes import cpu_seconds, postmaster_pid

ASPECTS = ("appearance_deformation", "physical_shadow", "placement_layout", "extension_rationality")
CELLS: Cells = {slot: dict.fromkeys(ASPECTS, "none") for slot in "ABCD"}
CELLS["B"]["physical_shadow"] = "major"
REGIONS = [{"slot": "B", "aspect": "physical_shadow", "box": [12, 40, 220, 60]}]
TOKEN = "b" * 32
HELD = 4
USERS = 32
GOLD_STOCK = 240


@dataclass(frozen=True)
class Plan:
    """What the clients need to know."""

    port: int
    batch: str
    sessions: tuple[str, ...]
    seconds: float
    drafts: bool
    pause: float


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1_000)
    parser.add_argument("--users", type=int, default=USERS)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--with-drafts", action="store_true", help="save one draft and send one beat for each piece")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds of looking before each submit, on average")
    parser.add_argument("--gold", type=float, default=0.0, help="share of hidden gold, from a stock of 240")
    parser.add_argument("--write", action="store_true", help="record the figures in docs/experiments/")
    given = parser.parse_args()
    django.setup()
    migrate()
    batch, sessions = furnish(given.size, given.users, gold=given.gold)
    name = f"annotate-{given.size}"
    name += f"-{given.users}-users" if given.users != USERS else ""
    name += "-drafts" if given.with_drafts else ""
    name += "-gold" if given.gold else ""
    figures = Figures(name, write=given.write)
    load = os.getloadavg()[0]
    with Web() as web:
        plan = Plan(web.port, str(batch), tuple(sessions), given.seconds, given.with_drafts, given.pause)
        postmaster = postmaster_pid()
        before = cpu_seconds(web.process.pid), cpu_seconds(postmaster)
        spent = run(plan)
        web_cpu, database_cpu = cpu_seconds(web.process.pid) - before[0], cpu_seconds(postmaster) - before[1]
    about = {
        "size": given.size,
        "users": given.users,
        "drafts": given.with_drafts,
        "pause_s": given.pause,
        "gold": given.gold,
        "load_before": round(load, 1),
        "load_after": round(os.getloadavg()[0], 1),
    }
    report(figures, spent, given.seconds, about)
    figures.add("annotate.web_cpu_ms_per_request", round(1000 * web_cpu / len(spent), 2), "ms", **about)
    figures.add("annotate.database_cpu_ms_per_request", round(1000 * database_cpu / len(spent), 2), "ms", **about)
    check(batch)
    figures.close()
    return 0


def migrate() -> None:
    """An empty database with our tables."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def furnish(size: int, users: int, *, gold: float = 0.0) -> tuple[UUID, list[str]]:
    """A project, a batch that wants two opinions of each of `size` samples, people with sessions, and a history."""
    from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
    from django.db import connection
    from django.utils import timezone

    from accounts.choices import Role
    from accounts.models import Project, User
    from accounts.services import projects
    from accounts.sessions import SessionStore
    from annotation.choices import GoldSource, Purpose
    from annotation.services import batches, golds
    from catalog.models import Import

    project: Project = projects.create(slug="bench", name="Benchmark")
    people = [
        User.objects.create(username=f"person-{number}", password="!", name=f"Person {number}")  # noqa: S106  (unusable)
        for number in range(users)
    ]
    sessions = []
    for person in people:
        projects.add_member(project_id=project.pk, user_id=person.pk, role=Role.ANNOTATOR)
        store = SessionStore()
        store[SESSION_KEY], store[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
        store.create()
        sessions.append(str(store.session_key))
    Import.objects.create(project=project, name="bench", folder="file:///nowhere", state="done")
    with connection.cursor() as cursor:
        for statement in SAMPLES:
            cursor.execute(statement, {"p": project.pk, "n": size + (GOLD_STOCK if gold else 0)})
        cursor.execute("select id from catalog_sample where project_id = %s order by id", [project.pk])
        ids = [row[0] for row in cursor.fetchall()]
        targets = [batches.Target(each) for each in ids[:size]]
        if ids[size:]:
            golds.make(
                project_id=project.pk,
                questions=[golds.NewGold(each, CELLS) for each in ids[size:]],
                purpose=Purpose.GOLD,
                source=GoldSource.BY_HAND,
                tolerance={},
                actor_id=None,
                most_judged=1_000_000,
            )
        batch = batches.create(
            project_id=project.pk,
            kind="label",
            name="Benchmark",
            targets=targets,
            wanted=2,
            terms=batches.Terms(gold_share=gold, gold_floor=0.5 if gold else None),
            actor_id=None,
            now=timezone.now(),
        )
        cursor.execute("analyze")  # else the history joins its own rows one by one
        cursor.execute(HISTORY, {"b": batch.pk, "u": people[0].pk, "n": size * 78 // 100})
        cursor.execute("analyze")
    return batch.pk, sessions


SAMPLES = (
    "insert into catalog_asset (sha256, source_sha256, media_type, width, height, bytes, phash, phash_version)"
    " select md5(i::text) || md5((-i)::text), md5(i::text) || md5((-i)::text), 'image/jpeg', 1024, 1024, 90000, i, 1"
    " from generate_series(1, 5000) i",
    'insert into catalog_sample (id, project_id, external_id, "group", sources, generator, metadata, revision, state,'
    " content_hash, run_id, line) select i, %(p)s, 's-' || i, '',"
    ' \'{"original": "o.jpg", "candidates": {"A": "a.jpg", "B": "b.jpg", "C": "c.jpg", "D": "d.jpg"}}\','
    " '{}', '{}', 1, 'ready', decode(md5(i::text), 'hex'), (select id from catalog_import limit 1), i"
    " from generate_series(1, %(n)s) i",
    "insert into catalog_picture (sample_id, slot, asset_id) select i, slot, 1 + (i * 5 + place) %% 5000"
    " from generate_series(1, %(n)s) i, unnest(array['O', 'A', 'B', 'C', 'D']) with ordinality as s(slot, place)",
)

# One person's many submitted turns, each on a piece that still wants a second opinion.
HISTORY = """
with done as (
    update annotation_piece set accepted = 1
    where batch_id = %(b)s and gold_id is null and position <= %(n)s returning id, sample_id),
turns as (
    insert into annotation_assignment (piece_id, batch_id, annotator_id, purpose, state, lease, fence, letters,
        active_ms, submitted_at, skip_reason, skip_note, reason)
    select id, %(b)s, %(u)s, 'opinion', 'submitted', 'work', 1, 'ABCD', 9000, now(), '', '', '' from done
    returning id, piece_id)
insert into annotation_annotation (assignment_id, sample_id, annotator_id, origin, revision, counts, cells, regions,
    active_ms, shown, reason)
select turns.id, done.sample_id, %(u)s, 'opinion', 1, true, '{}', '[]', 9000, '{}', ''
from turns join done on done.id = turns.piece_id
"""


class Web:
    """The shipped web server: granian, two processes of one blocking thread."""

    def __enter__(self) -> Web:
        from config.launcher.state import free_port

        self.port = free_port(0)
        argv = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
        argv += ["--port", str(self.port), "--workers", "2", "--blocking-threads", "1", "--no-ws"]
        self.process = subprocess.Popen(
            [*argv, "config.wsgi:application"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 60
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/api/v1/health")
                if connection.getresponse().status == 200:
                    return self
            except OSError:
                if time.monotonic() > until or self.process.poll() is not None:
                    raise
                time.sleep(0.1)

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(20)


class Person:
    """One client with a connection that stays open."""

    def __init__(self, plan: Plan, number: int) -> None:
        self.plan = plan
        self.number = number
        self.connection = http.client.HTTPConnection("127.0.0.1", plan.port, timeout=60)
        self.headers = {
            "Cookie": f"sessionid={plan.sessions[number]}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/json",
        }
        self.held: list[dict[str, Any]] = []
        self.spent: list[tuple[str, int, float]] = []

    def call(self, what: str, path: str, body: object, *, method: str = "POST", key: str = "") -> dict[str, Any]:
        """One request, timed."""
        headers = {**self.headers, "Idempotency-Key": key} if key else self.headers
        began = time.perf_counter()
        self.connection.request(method, f"/api/v1/projects/bench{path}", json.dumps(body), headers)
        reply = self.connection.getresponse()
        content = reply.read()
        self.spent.append((what, self.number, time.perf_counter() - began))
        if reply.status != 200:
            raise SystemExit(f"{what} answered {reply.status}: {content[:300]!r}")
        found: dict[str, Any] = json.loads(content)
        return found

    def claim(self) -> None:
        known = [each["assignment_id"] for each in self.held]
        what = "next" if known else "first"
        reply = self.call(what, f"/batches/{self.plan.batch}/claim", {"count": HELD, "known": known})
        self.held += reply["assignments"]

    def work(self) -> list[tuple[str, int, float]]:
        """Claim, judge (at once, or after looking), again, until the time is up or nothing is left."""
        draw = random.Random(self.number)
        time.sleep(draw.uniform(0, self.plan.pause))  # people do not begin together
        self.claim()
        until = time.perf_counter() + self.plan.seconds
        while self.held and time.perf_counter() < until:
            piece = self.held.pop(0)
            path = f"/assignments/{piece['assignment_id']}"
            time.sleep(self.plan.pause * draw.uniform(0.5, 1.5))
            if self.plan.drafts:
                body = {"version": 1, "body": {"cells": CELLS, "regions": REGIONS}}
                self.call("draft", f"{path}/draft", body, method="PUT")
                self.call("beat", f"{path}/heartbeat", {"fence": piece["fence"], "active_ms": 10})
            judged = {"fence": piece["fence"], "cells": CELLS, "regions": REGIONS, "active_ms": 10}
            self.call("submit", f"{path}/submit", judged, key=str(uuid4()))
            self.claim()
        return self.spent


def run(plan: Plan) -> list[tuple[str, int, float]]:
    """All clients, spread over four processes so that no interpreter lock hides the server."""
    context = multiprocessing.get_context("spawn")
    numbers = range(len(plan.sessions))
    with context.Pool(4) as pool:
        found = pool.starmap(_several, [(plan, list(numbers[start::4])) for start in range(4)])
    return [each for one in found for each in one]


def _several(plan: Plan, numbers: Sequence[int]) -> list[tuple[str, int, float]]:
    found: list[tuple[str, int, float]] = []
    failures: list[BaseException] = []

    def one(number: int) -> None:
        try:
            found.extend(Person(plan, number).work())
        except BaseException as failure:  # noqa: BLE001  (a thread's failure is raised again below)
            failures.append(failure)

    threads = [threading.Thread(target=one, args=[number]) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(str(failures[0]))
    return found


def report(figures: Figures, spent: Sequence[tuple[str, int, float]], seconds: float, about: dict[str, object]) -> None:
    """Percentiles by kind of request, and the person with a history apart."""

    def times(what: str, person: int | None = None) -> list[float]:
        return sorted(1000 * each for kind, who, each in spent if kind == what and person in (None, who))

    def percentile(values: list[float], share: float) -> float:
        return round(values[min(len(values) - 1, int(share * len(values)))], 1)

    for what in ("next", "submit", "draft", "beat"):
        if found := times(what):
            name = f"annotate.{what}"
            figures.add(f"{name}_p95_ms", percentile(found, 0.95), "ms", p50=percentile(found, 0.5), **about)
    if history := times("next", 0):
        figures.add(
            "annotate.history_next_p95_ms",
            percentile(history, 0.95),
            "ms",
            p50=percentile(history, 0.5),
            first=percentile(times("first", 0), 1.0),
            **about,
        )
    figures.add("annotate.per_s", round(len(times("submit")) / seconds, 1), "annotations/s", **about)


def check(batch: UUID) -> None:
    """That what was measured is also right: counters equal the rows, nobody judged a piece twice."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from annotation_piece p where batch_id = %s and (accepted + surplus, held) <> "
            "(select count(*) filter (where state = 'submitted'), count(*) filter (where state = 'leased') "
            "from annotation_assignment a where a.piece_id = p.id and a.purpose = 'opinion')",
            [batch],
        )
        wrong = cursor.fetchone()
    if wrong and wrong[0]:
        raise SystemExit(f"{wrong[0]} pieces have counters that differ from their rows")


if __name__ == "__main__":
    raise SystemExit(main())
