"""Fifty people claim and submit while everything is killed in turn: nothing acknowledged is lost or doubled.

Web processes, the sweeping worker, PostgreSQL (an immediate shutdown, SIGKILL to one of its sessions) and the broker
(emptied, killed). Only what was killed is started again: everything else has to find its way back by itself.

Run by hand: `./loupe test tests/torture/test_annotating.py -m torture -s`. Every reply that never came is asked for
again with the same key, three in ten of those that came as well; some people walk away from what they hold.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.db.models import Count, F, Q, Sum

from accounts.choices import Role
from accounts.models import User
from accounts.sessions import SessionStore
from annotation.choices import GoldSource, Purpose
from annotation.models import Annotation, Assignment, Batch, Consensus, GoldResult, PersonTurn, Piece
from annotation.services import batches, golds
from annotation.services.batches import Terms
from config.launcher.state import free_port
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.platform import Process, page_answers, process_environment, wait_until
from tests.torture.servers import Broker, Database

pytestmark = [pytest.mark.torture, pytest.mark.django_db(transaction=True)]

PEOPLE = 50
SAMPLES = 1_000
WANTED = 2
GOLD = 60
FAULTS = 60
KINDS = {
    "web": 2,
    "web process": 2,
    "worker": 1,
    "database shut down": 2,
    "database session": 2,
    "broker emptied": 1,
    "broker": 1,
}
REPEATED = 0.3
SEED = 20261126
TOKEN = "t" * 32
PATIENCE_S = 1_500
OVERDUE_S = 30  # a sweep every five seconds, and a worker that may have to be started anew


@dataclass
class Told:
    """What the server acknowledged, by idempotency key, and what went otherwise."""

    annotations: dict[str, int] = field(default_factory=dict)
    repeats: int = 0
    lost_leases: int = 0
    resent: int = 0
    walked_away: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Web:
    """The shipped web server on one port, started again after each kill."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port(0)
        self.process = self._start()

    @property
    def health(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v1/health"

    def _start(self) -> Process:
        argv = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)]
        argv += ["--workers", "2", "--blocking-threads", "1", "--no-ws", "config.wsgi:application"]
        return Process(
            argv, log=self.folder / "web.log", env=process_environment(), ready=lambda: page_answers(self.health)
        )

    def kill(self) -> float:
        """SIGKILL to all of it; seconds until it answers again."""
        began = time.monotonic()
        self.process.kill()
        self.process = self._start()
        return time.monotonic() - began

    def kill_one_worker(self) -> float:
        """SIGKILL to one of its processes, in the middle of whatever it does."""
        pid = self.process.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        began = time.monotonic()
        if children:
            os.kill(int(random.choice(children)), signal.SIGKILL)
        # Granian ends when a worker dies; whoever supervises it starts it again.
        deadline = time.monotonic() + 3
        while self.process.process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        if self.process.process.poll() is not None or not page_answers(self.health):
            self.process.kill()
            self.process = self._start()
        return time.monotonic() - began


class Person(threading.Thread):
    """One client that never gives up on a request and does not always mean what it claims."""

    def __init__(self, number: int, *, port: int, batch: UUID, session: str, told: Told, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.draw = random.Random(SEED + number)
        self.port, self.batch, self.told, self.over = port, batch, told, over
        self.headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/json",
        }
        self.connection: http.client.HTTPConnection | None = None

    def run(self) -> None:
        try:
            while not self.over.is_set():
                pieces = self.call(f"/batches/{self.batch}/claim", {"count": 3})[1].get("assignments", [])
                if not pieces:
                    time.sleep(0.5)
                for piece in pieces:
                    self.judge(piece)
        except Exception as error:  # noqa: BLE001  (a thread's failure is looked at by the test)
            self.told.wrong.append(f"{type(error).__name__}: {error}")

    def judge(self, piece: dict[str, Any]) -> None:
        path, fence = f"/assignments/{piece['assignment_id']}", piece["fence"]
        chance = self.draw.random()
        if chance < 0.03:
            self.told.walked_away.append(piece["assignment_id"])
            return
        if chance < 0.06:
            status, said = self.call(f"{path}/return", {"fence": fence})
            # Asked again after a reply that never came, it has been returned already.
            if status not in (0, 204) and said.get("code") != "lease_lost":
                self.told.wrong.append(f"return answered {status}: {said}")
            return
        if chance < 0.3:
            status, said = self.call(f"{path}/heartbeat", {"fence": fence, "active_ms": 20})
            if status not in (0, 200) and said.get("code") != "lease_lost":
                self.told.wrong.append(f"a beat answered {status}: {said}")
        key = str(uuid4())
        body = {"fence": fence, "cells": build.verdicts(), "active_ms": 20}
        status, said = self.call(f"{path}/submit", body, key=key)
        if status == 409 and said.get("code") == "lease_lost":
            self.told.lost_leases += 1
            return
        if status != 200:
            if status:
                self.told.wrong.append(f"submit answered {status}: {said}")
            return
        self.told.annotations[key] = said["annotation_id"]
        if self.draw.random() < REPEATED:
            self.told.repeats += 1
            status, again = self.call(f"{path}/submit", body, key=key)
            if status and (status, again.get("annotation_id")) != (200, said["annotation_id"]):
                self.told.wrong.append(f"the repeat of {said} answered {status}: {again}")

    def call(self, path: str, body: object, *, key: str = "") -> tuple[int, dict[str, Any]]:
        """Until there is an answer: a broken connection says nothing about what was done. (0, {}) when all is over."""
        headers = {**self.headers, "Idempotency-Key": key} if key else self.headers
        while True:
            try:
                if self.connection is None:
                    self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                self.connection.request("POST", f"/api/v1/projects/p{path}", json.dumps(body), headers)
                reply = self.connection.getresponse()
                content = reply.read()
                if reply.status < 500:
                    return reply.status, json.loads(content) if content else {}
            except (OSError, http.client.HTTPException):
                pass
            if self.connection is not None:
                self.connection.close()
                self.connection = None
            self.told.resent += 1
            if self.over.is_set():
                return 0, {}
            time.sleep(0.1 + 0.2 * self.draw.random())


def session_of(person: User) -> str:
    store = SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store.create()
    return str(store.session_key)


def walk_away(told: Told) -> None:
    """As if a quarter of an hour had passed for those who left: their leases have run out."""
    ids, told.walked_away[:] = list(told.walked_away), []
    with connection.cursor() as cursor:
        cursor.execute(
            "update annotation_assignment set lease_expires_at = now() where id = any(%s) and state = 'leased'", [ids]
        )


def longest_overdue() -> float:
    """Seconds since the oldest lease ran out that nobody has given back yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(max(extract(epoch from now() - lease_expires_at)), 0)::float "
            "from annotation_assignment where state = 'leased'"
        )
        row = cursor.fetchone()
    return max(0.0, row[0]) if row else 0.0


def open_places() -> int:
    return int(Piece.objects.filter(gold__isnull=True).aggregate(left=Sum(F("wanted") - F("accepted")))["left"] or 0)


def test_nothing_acknowledged_is_lost_or_doubled_while_everything_is_killed(
    tmp_path: Path, start_worker: Callable[..., Process]
) -> None:
    project = accounts.project(slug="p")
    people = [accounts.member(project, Role.ANNOTATOR) for _ in range(PEOPLE)]
    golds.make(
        project_id=project.pk,
        questions=[golds.NewGold(each.pk, build.verdicts()) for each in catalog.samples(project.pk, GOLD)],
        purpose=Purpose.GOLD,
        source=GoldSource.BY_HAND,
        tolerance={},
        actor_id=None,
        most_judged=PEOPLE,
    )
    batch = build.batch(project, catalog.samples(project.pk, SAMPLES), wanted=WANTED, terms=Terms(gold_share=0.1))
    told, over, draw = Told(), threading.Event(), random.Random(SEED)
    database, broker = Database(tmp_path), Broker(tmp_path)
    web, worker = Web(tmp_path), start_worker("upkeep", beat=True)
    threads = [
        Person(number, port=web.port, batch=batch.pk, session=session_of(person), told=told, over=over)
        for number, person in enumerate(people)
    ]
    ended = 0  # times the worker ended without being killed; whoever supervises it starts it again
    load, began, faults, overdue = os.getloadavg()[0], time.monotonic(), Counter[str](), 0.0
    back: dict[str, list[float]] = defaultdict(list)
    for thread in threads:
        thread.start()
    try:
        while open_places() or sum(faults.values()) < FAULTS:
            assert time.monotonic() - began < PATIENCE_S, f"{open_places()} places are still open"
            assert not told.wrong, told.wrong[:3]
            kind = draw.choices(list(KINDS), list(KINDS.values()))[0]
            faults[kind] += 1
            if kind == "worker" or worker.process.poll() is not None:
                ended += worker.process.poll() is not None
                worker.kill()
                worker = start_worker("upkeep", beat=True)
            if kind != "worker":
                back[kind].append(
                    {
                        "web": web.kill,
                        "web process": web.kill_one_worker,
                        "database shut down": database.shut_down_at_once,
                        "database session": lambda: database.kill_a_session(draw),
                        "broker emptied": broker.empty,
                        "broker": broker.kill,
                    }[kind]()
                )
            walk_away(told)
            time.sleep(draw.uniform(0.5, 3.0))
            overdue = max(overdue, longest_overdue())
            if not open_places() and sum(faults.values()) < FAULTS:
                # The work is done before the faults are: want one opinion more of everybody.
                more = Batch.objects.get(pk=batch.pk).wanted + 1
                batches.change_wanted(
                    project_id=project.pk, batch_id=batch.pk, wanted=more, maximum=None, actor_id=people[0].pk
                )
        seconds = time.monotonic() - began
        walk_away(told)
        wait_until(lambda: longest_overdue() == 0, seconds=OVERDUE_S, what="the return of every overdue lease")
    finally:
        over.set()
        for thread in threads:
            thread.join(60)
        web.process.kill()

    report = {
        "people": PEOPLE,
        "faults": dict(faults),
        "seconds": round(seconds, 1),
        "acknowledged": len(told.annotations),
        "repeated": told.repeats,
        "resent": told.resent,
        "lost_leases": told.lost_leases,
        "worker_ended_by_itself": ended,
        "back_s": {
            kind: [round(each, 1) for each in (min(times), sorted(times)[len(times) // 2], max(times))]
            for kind, times in back.items()
        },
        "longest_overdue_s": round(overdue, 1),
        "load_before": round(load, 1),
        "load_after": round(os.getloadavg()[0], 1),
    }
    sys.stdout.write(json.dumps(report) + "\n")
    assert not told.wrong, told.wrong[:3]
    everything_adds_up(batch, told)


def everything_adds_up(batch: Batch, told: Told) -> None:
    """Every invariant of the engine, on what fifty people and forty faults have left."""
    stored = dict(Annotation.objects.values_list("key", "pk"))
    missing = {key for key, pk in told.annotations.items() if stored.get(UUID(key)) != pk}
    assert not missing, f"{len(missing)} acknowledged submissions are not there"
    assert len(stored) == Annotation.objects.count(), "one annotation a key"
    per_turn = Annotation.objects.values("assignment").annotate(n=Count("pk")).filter(n__gt=1)
    assert not per_turn.exists(), "nobody was heard twice on one piece"

    opinion = Q(assignments__purpose=Purpose.OPINION)
    counted = Piece.objects.filter(batch=batch).annotate(
        out=Count("assignments", filter=opinion & Q(assignments__state="leased")),
        done=Count("assignments", filter=opinion & Q(assignments__state="submitted")),
    )
    assert not counted.filter(accepted__gt=F("wanted")).exists()
    assert not counted.exclude(held=F("out")).exists(), "held equals the leases"
    assert not counted.exclude(done=F("accepted") + F("surplus")).exists(), "accepted equals the submitted turns"
    assert not counted.filter(gold__isnull=False).exclude(wanted=0, held=0, accepted=0).exists()

    said = Annotation.objects.filter(counts=True).values("sample_id").annotate(n=Count("pk"))
    heard = dict(Consensus.objects.values_list("sample_id", "opinions").distinct())
    assert heard == {row["sample_id"]: row["n"] for row in said}, "every opinion was voted on, and none twice"
    turns = PersonTurn.objects.aggregate(all=Sum("submitted"), uncounted=Sum("uncounted"))
    assert turns["all"] == Annotation.objects.count()
    assert turns["uncounted"] == Annotation.objects.filter(counts=False).count()
    assert GoldResult.objects.values("assignment").distinct().count() == turns["uncounted"]
    assert not Assignment.objects.filter(state="leased").exclude(lease_expires_at__isnull=False).exists()
