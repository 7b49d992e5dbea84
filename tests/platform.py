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
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from config.launcher.child import die_with_parent
from config.launcher.servers import socket_accepts
from config.launcher.state import free_port

if TYPE_CHECKING:
    from accounts.models import User

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN_S = 180  # a process that died is told at once; one on a busy machine is waited for
OURS: list[Any] = []
T = TypeVar("T")

# How long an example takes says how busy the machine is, not whether the promise holds.
hypothesis_settings.register_profile("loupe", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("loupe")


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


def waiting_sessions() -> int:
    """How many sessions of this database wait for a lock."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_stat_clear_snapshot(), count(*) from pg_stat_activity"
            " where datname = current_database() and wait_event_type = 'Lock'"
        )
        row = cursor.fetchone()
    assert row is not None
    return int(row[1])


class Process:
    """A real process of the platform on the test's database and broker: to be used, and to be killed."""

    def __init__(self, argv: list[str], *, log: Path, env: dict[str, str], ready: Callable[[], bool]) -> None:
        self.log = log
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                argv,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=env,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGKILL),  # a test run that is killed leaves nothing behind
            )
        until = time.monotonic() + STARTS_WITHIN_S
        while not ready():
            if self.process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise RuntimeError(f"{' '.join(argv[:4])} did not start:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL to the process and all its children, as a power cut would end them."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def process_environment(**extra: str) -> dict[str, str]:
    """What a process needs to work on this test's database, broker and storage."""
    from django.conf import settings

    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**settings.DATABASES["default"]),
        **extra,
    }


Worker = Process  # a Celery worker, as `start_worker` hands it out


@pytest.fixture
def start_worker(tmp_path: Path, transactional_db: None) -> Iterator[Callable[..., Process]]:
    """`start_worker("llm")` starts a real worker on this test's database; `beat=True` sends it the sweep as well.

    All are killed at the end of the test.
    """
    started: list[Process] = []

    def start(queues: str, *, processes: int = 1, beat: bool = False, **extra: str) -> Process:
        folder = tmp_path / f"worker-{len(started)}"
        folder.mkdir()
        flag = folder / "worker.ready"
        argv = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-Q", queues, "-c", str(processes)]
        argv += ["--without-gossip", "--without-mingle", "-n", f"test-{os.getpid()}-{len(started)}@localhost"]
        argv += ["-B", "-s", str(folder / "schedule")] if beat else []
        env = process_environment(WORKER_READY_FILE=str(flag), **extra)
        started.append(Process(argv, log=folder / "worker.log", env=env, ready=flag.exists))
        return started[-1]

    yield start
    for worker in started:
        worker.kill()


@pytest.fixture
def sandbox_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[str]:
    """The base URL of a sandbox endpoint, a process of its own; workers started after it know it too.

    Its truth: whatever `*.jsonl` a test writes into `tmp_path / "truth"`.
    """
    port = free_port(0)
    truth = tmp_path / "truth"
    truth.mkdir()
    url, key = f"http://127.0.0.1:{port}/v1", "sandbox-of-a-test"
    argv = [sys.executable, "-m", "cot_generation.sandbox", "--port", str(port), "--key", key, "--latency-ms", "5"]
    argv += ["--failure-rate", "0", "--truth", str(truth)]
    monkeypatch.setenv("SANDBOX_URL", url)
    monkeypatch.setenv("SANDBOX_KEY", key)
    settings.SANDBOX_URL, settings.SANDBOX_KEY = url, key
    server = Process(argv, log=tmp_path / "sandbox.log", env={**os.environ}, ready=lambda: socket_accepts(port))
    yield url
    server.kill()


@pytest.fixture
def site(tmp_path: Path, transactional_db: None) -> Iterator[str]:
    """The address of the real web process, pages and API, on this test's database. For tests/browser."""
    from django.conf import settings

    if not (settings.FRONTEND_DIST / "index.html").exists():
        pytest.fail("The pages are not built. `./loupe test tests/browser` builds them.")
    port = free_port(0)
    address = f"http://127.0.0.1:{port}"
    argv = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    argv += ["--workers", "1", "--blocking-threads", "1", "--no-ws", "config.wsgi:application"]
    env = process_environment(PUBLIC_URL=address)
    server = Process(argv, log=tmp_path / "web.log", env=env, ready=lambda: page_answers(f"{address}/api/v1/health"))
    yield address
    server.kill()


def page_answers(url: str) -> bool:
    """Whether this address answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:  # noqa: S310  (our own address)
            return bool(reply.status == 200)
    except OSError:
        return False


def wait_until(holds: Callable[[], bool], *, seconds: float = 60, what: str = "the condition") -> None:
    """Ask until it holds. Raises AssertionError after `seconds`: a bound for a hung test, not a measurement."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise AssertionError(f"{what} did not come about within {seconds} s")
        time.sleep(0.05)
