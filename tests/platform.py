"""What the platform's tests share: real PostgreSQL and Valkey, a client, threads with their own connections, workers.

Belongs here: servers for a test run started with plain `pytest` (`./loupe test` brings its own), and fixtures.
Does not: anything about one app (tests/builders).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

if TYPE_CHECKING:
    from accounts.models import User

ROOT = Path(__file__).resolve().parent.parent
OURS: list[Any] = []
T = TypeVar("T")


def pytest_configure(config: pytest.Config) -> None:
    """Start servers once, in the controller; xdist's workers inherit their addresses by the environment."""
    from config.settings.test import NOWHERE

    if os.environ.get("DATABASE_URL", NOWHERE) == NOWHERE and not config.option.collectonly:
        from config.launcher import paths, servers

        paths.make_folders()
        databases = servers.throwaway(paths.TMP / f"pytest-{os.getpid()}")
        OURS.append(databases)
        os.environ["DATABASE_URL"] = databases.database_url
        os.environ["BROKER_URL"] = databases.broker_url
        _point_settings_at(databases.database_url, databases.broker_url)


def _point_settings_at(database_url: str, broker_url: str) -> None:
    # pytest-django may have loaded the settings before this plugin was known.
    from django.conf import settings
    from django.db import connections

    from config.env import read

    if settings.configured:
        entry = read().database()
        settings.DATABASES["default"].update(entry)
        connections["default"].settings_dict.update(entry)
        settings.CELERY_BROKER_URL = broker_url
    os.environ["DATABASE_URL"] = database_url


def pytest_unconfigure() -> None:
    while OURS:
        OURS.pop().stop()


@pytest.fixture(scope="session", autouse=True)
def _media_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Pictures and run folders of a test run lie in its temporary folder."""
    from django.conf import settings

    folder = tmp_path_factory.mktemp("media")
    for name in ("default", "media"):
        settings.STORAGES[name] = {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder), "base_url": None},
        }
    settings.RUNS_DIR = tmp_path_factory.mktemp("runs")
    os.environ["STORAGE_URL"] = folder.as_uri()
    os.environ["RUNS_DIR"] = str(settings.RUNS_DIR)
    from django.core.files.storage import storages

    storages._storages.clear()  # type: ignore[attr-defined]  # Django keeps opened storages; it has no public way to forget them


@pytest.fixture
def now() -> datetime:
    """A fixed moment."""
    return datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class ApiClient:
    """JSON in, JSON out, as one person or nobody."""

    def __init__(self) -> None:
        from django.test import Client

        self.browser = Client()

    def signed_in_as(self, user: User) -> ApiClient:
        """The same client, as this person."""
        self.browser.force_login(user)
        return self

    def get(self, path: str, **query: object) -> Any:
        return self.browser.get(f"/api/v1{path}", {key: str(value) for key, value in query.items()})

    def post(self, path: str, body: object = None, **headers: str) -> Any:
        return self._send("POST", path, body, headers)

    def put(self, path: str, body: object = None, **headers: str) -> Any:
        return self._send("PUT", path, body, headers)

    def patch(self, path: str, body: object = None, **headers: str) -> Any:
        return self._send("PATCH", path, body, headers)

    def delete(self, path: str) -> Any:
        return self.browser.delete(f"/api/v1{path}")

    def _send(self, method: str, path: str, body: object, headers: dict[str, str]) -> Any:
        content = json.dumps({} if body is None else body, default=str)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.browser.generic(method, f"/api/v1{path}", content, content_type="application/json", headers=named)


@pytest.fixture
def api() -> Callable[[], ApiClient]:
    """Makes clients: `api().signed_in_as(user).get("/session")`."""
    return ApiClient


def at_once(work: Callable[[int], T], *, threads: int) -> list[T]:
    """Run `work(0) … work(threads - 1)` side by side, each on a database connection of its own."""
    from django.db import connections

    def one(number: int) -> T:
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, range(threads)))


class Worker:
    """A real Celery worker on the test's database and broker, to be killed."""

    def __init__(self, queues: str, *, processes: int, folder: Path, environment: dict[str, str]) -> None:
        flag = folder / "worker.ready"
        flag.unlink(missing_ok=True)
        self.log = folder / "worker.log"
        argv = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-Q", queues, "-c", str(processes)]
        argv += ["--without-gossip", "--without-mingle", "-n", f"test-{os.getpid()}-{id(self)}@localhost"]
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                argv,
                cwd=ROOT,
                stdout=out,
                stderr=out,
                start_new_session=True,
                env={**environment, "WORKER_READY_FILE": str(flag)},
            )
        until = time.monotonic() + 60
        while not flag.exists():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the worker did not start:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL to the worker and all its children, as a power cut would end them."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def start_worker(tmp_path: Path, transactional_db: None) -> Iterator[Callable[..., Worker]]:
    """`start_worker("llm")` starts a real worker process on this test's database; all are killed at the end."""
    from django.conf import settings

    entry = settings.DATABASES["default"]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**entry),
    }
    started: list[Worker] = []

    def start(queues: str, *, processes: int = 1, **extra: str) -> Worker:
        folder = tmp_path / f"worker-{len(started)}"
        folder.mkdir()
        started.append(Worker(queues, processes=processes, folder=folder, environment={**environment, **extra}))
        return started[-1]

    yield start
    for worker in started:
        worker.kill()


def wait_until(holds: Callable[[], bool], *, seconds: float = 60, what: str = "the condition") -> None:
    """Ask until it holds. Raises AssertionError after `seconds`: a bound for a hung test, not a measurement."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise AssertionError(f"{what} did not come about within {seconds} s")
        time.sleep(0.05)
