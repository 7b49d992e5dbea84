"""PostgreSQL and Valkey of this test run, to be killed.

Belongs here: taking over the throw-away servers, ending them in the worst ways, starting them as they are shipped.
Does not: who works on them meanwhile (the tests).
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.db import connection, connections

from config.launcher import servers
from config.launcher.child import Child, die_with_parent
from tests.platform import wait_until


def _start(child: Child, folder: Path) -> float:
    """Seconds until it answers."""
    began = time.monotonic()
    with (folder / f"{child.name}.log").open("ab") as out:
        subprocess.Popen(
            child.argv,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd=child.cwd,
            start_new_session=True,
            preexec_fn=die_with_parent(child.stop_signal),
        )
    wait_until(child.ready, what=f"{child.name}'s answer")
    return time.monotonic() - began


class Database:
    """The run's PostgreSQL, made durable: tests run without fsync, which would prove nothing here."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with connection.cursor() as cursor:
            cursor.execute("show data_directory")
            self.data = Path(cursor.fetchone()[0])
        entry = connection.settings_dict
        self.port, self.password = int(entry["PORT"]), str(entry["PASSWORD"])
        self._stop("fast")
        self._start()

    def shut_down_at_once(self) -> float:
        """Every session is cut where it stands, and the next start recovers from the log. Seconds until it answers."""
        began = time.monotonic()
        self._stop("immediate")
        self._start()
        return time.monotonic() - began

    def kill_a_session(self, draw: random.Random) -> float:
        """SIGKILL to one server process: PostgreSQL then ends all others and recovers. Seconds until it answers."""
        with connection.cursor() as cursor:
            cursor.execute(
                "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
            )
            found = [row[0] for row in cursor.fetchall()]
        began = time.monotonic()
        os.kill(draw.choice(found), signal.SIGKILL)
        connections.close_all()
        self._wait()
        return time.monotonic() - began

    def _start(self) -> None:
        _start(servers.postgres(self.data, port=self.port, password=self.password, durable=True), self.folder)
        self._wait()

    def _stop(self, mode: str) -> None:
        connections.close_all()
        argv = [servers.postgres_binary("pg_ctl"), "-D", str(self.data), "-m", mode, "-w", "-t", "30", "stop"]
        subprocess.run(servers.unprivileged(argv), cwd=self.data.parent, capture_output=True, check=True)

    def _wait(self) -> None:
        """Twice: the first answer after a SIGKILL may still be that of the server that is about to end."""
        for _ in range(2):
            wait_until(lambda: servers.postgres_answers(self.port, self.password), what="PostgreSQL's answer")
            time.sleep(0.2)


class Broker:
    """The run's Valkey."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        url = urlsplit(settings.CELERY_BROKER_URL)
        self.port, self.password = url.port or 6379, url.password or ""
        self.client = redis.Redis.from_url(settings.CELERY_BROKER_URL)

    def empty(self) -> float:
        """Every message is gone, and what Celery keeps beside them."""
        self.client.flushall()
        return 0.0

    def kill(self) -> float:
        """SIGKILL; it starts again without what it held. Seconds until it answers."""
        began = time.monotonic()
        os.kill(int(self.client.info()["process_id"]), signal.SIGKILL)
        _start(servers.valkey(self.folder, port=self.port, password=self.password, durable=False), self.folder)
        return time.monotonic() - began
