"""Which processes one start runs, in which order, with which environment.

Belongs here: addresses, tables, sign-ins of the demo, the children.
Does not: how one process is kept (child.py) or made (servers.py, environment.py, node.py); waiting for the end (up.py).
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from config.launcher import node, paths, say, servers, state
from config.launcher.child import Child
from config.launcher.say import Problem

PREFERRED = {"web": 8000, "postgres": 54330, "valkey": 63790, "sandbox": 8900}
# What `./loupe manage` in another terminal has to be told.
ADDRESSES = (
    "DATABASE_URL",
    "BROKER_URL",
    "STORAGE_URL",
    "SECRET_KEY",
    "ENCRYPTION_KEY",
    "PUBLIC_URL",
    "RUNS_DIR",
    "SANDBOX_URL",
    "SANDBOX_KEY",
    "DJANGO_SETTINGS_MODULE",
)
# Words after which nothing was asked of the tables.
WITHOUT_TABLES = {"migrate", "makemigrations", "check", "help", "spectacular"}


class Services:
    """Everything one start runs, in the order it was started."""

    def __init__(self, held: dict[str, Any], *, demo: bool) -> None:
        self.held = held
        self.demo = demo
        self.started: list[Child] = []
        self.env: dict[str, str] = {}
        self.url = ""

    # --- coming up ----------------------------------------------------------------------------------------------------
    def start(self) -> None:
        """Everything, until the page answers. Raises Problem; what was started by then is stopped by the caller."""
        self.choose_addresses("web", *(["sandbox"] if self.demo else []))
        check_given(os.environ)
        pages = Failing(node.build)
        pages.start()
        self.start_databases()
        self.migrate()
        if self.demo and pages.is_alive():
            self._accounts()
        pages.join()  # whoever opens the address finds them
        web = self._web()
        self.begin(web, wait=False)
        if self.demo:
            self._sandbox()
            self._accounts()
        web.wait_ready()
        for child in self._workers():
            self.begin(child, wait=False)
        if self.demo:
            self.begin(self._fill(), wait=False)

    def choose_addresses(self, *names: str) -> None:
        """Free ports for what will be started, and the environment that tells everybody about them."""
        if "DATABASE_URL" not in os.environ:
            names += ("postgres",)
        if "BROKER_URL" not in os.environ:
            names += ("valkey",)
        for name in names:
            before = self.held["ports"].get(name, PREFERRED[name])
            port = state.claimed_port(before)
            if port != before:
                say.line(f"Port {before} is taken; {name} uses {port}")
            self.held["ports"][name] = port
        state.save(self.held)
        ports = {name: self.held["ports"].get(name, preferred) for name, preferred in PREFERRED.items()}
        self.url = f"http://127.0.0.1:{ports['web']}"
        secret = self.held["password"]
        own = {
            "DATABASE_URL": f"postgresql://loupe:{secret}@127.0.0.1:{ports['postgres']}/postgres",
            "BROKER_URL": f"redis://:{secret}@127.0.0.1:{ports['valkey']}/0",
            "STORAGE_URL": (paths.VAR / "media").as_uri(),
            "SECRET_KEY": self.held["secret_key"],
            "ENCRYPTION_KEY": self.held["encryption_key"],
            "PUBLIC_URL": self.url,
            "RUNS_DIR": str(paths.VAR / "runs"),
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
        }
        if self.demo:
            own |= {"SANDBOX_URL": f"http://127.0.0.1:{ports['sandbox']}/v1", "SANDBOX_KEY": self.held["sandbox_key"]}
        self.env = {**own, **paths.contained()}  # what the person set wins

    def start_databases(self) -> None:
        """PostgreSQL and Valkey, unless the person named their own."""
        password, ports = self.held["password"], self.held["ports"]
        starting = []
        if "DATABASE_URL" not in os.environ:
            data = paths.VAR / "postgres"
            if not (data / "PG_VERSION").exists():
                with say.step("Database"):
                    servers.initialise(data, password=password, durable=True)
                for remembered in ("migrated", "accounts_made"):  # of a database that is not there any more
                    self.held.pop(remembered, None)
            servers.stop_left_over(data)
            starting.append(servers.postgres(data, port=ports["postgres"], password=password, durable=True))
        if "BROKER_URL" not in os.environ:
            folder = paths.VAR / "valkey"
            starting.append(servers.valkey(folder, port=ports["valkey"], password=password, durable=True))
        for child in starting:
            self.begin(child, wait=False)
        for child in starting:
            _ready_or_damaged(child)

    def migrate(self) -> None:
        """The tables. A database of our own is asked again only when a migration changed."""
        digest = hashlib.sha256()
        for pattern in ("*/migrations/*.py", "config/*/migrations/*.py"):
            for file in sorted(paths.ROOT.glob(pattern)):
                digest.update(str(file.relative_to(paths.ROOT)).encode() + file.read_bytes())
        wanted = digest.hexdigest()
        if "DATABASE_URL" not in os.environ and self.held.get("migrated") == wanted:
            return
        with say.step("Tables"):
            self.manage("migrate", "-v0")
        if "DATABASE_URL" not in os.environ:
            self.held["migrated"] = wanted
            state.save(self.held)

    def _accounts(self) -> None:
        parts = [
            self.held["accounts"],
            self.held.get("migrated"),
            os.environ.get("DATABASE_URL"),
            self.env["SANDBOX_URL"],
        ]
        wanted = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
        if self.held.get("accounts_made") == wanted:
            return
        with say.step("Demo sign-ins"):
            self.manage("demo_accounts", given=json.dumps(self.held["accounts"]))
        self.held["accounts_made"] = wanted
        state.save(self.held)

    def manage(self, *words: str, given: str | None = None) -> None:
        """One management command. Raises Problem with the end of its output."""
        argv = [str(paths.VENV / "bin" / "python"), "manage.py", *words]
        done = subprocess.run(
            argv, cwd=paths.ROOT, env=self.env, input=given, text=True, capture_output=True, check=False
        )
        if done.returncode:
            raise Problem(f"manage.py {words[0]} failed:\n{done.stdout[-800:]}{done.stderr[-1600:]}")

    def begin(self, child: Child, *, wait: bool = True) -> None:
        """Start it; from now on it is stopped with the others."""
        self.started.append(child)
        child.start(wait=wait)

    # --- the children -------------------------------------------------------------------------------------------------
    def _sandbox(self) -> None:
        if "SANDBOX_URL" in os.environ:
            return
        port = self.held["ports"]["sandbox"]
        argv = [_python(), "-m", "cot_generation.sandbox", "--host", "127.0.0.1", "--port", str(port)]
        argv += ["--truth", f"demo={paths.VAR / 'demo' / 'truth.jsonl'}"]
        child = Child("sandbox", argv, ready=lambda: servers.socket_accepts(port), env=self.env, address=f":{port}")
        self.begin(child, wait=False)

    def _web(self) -> Child:
        port = urlsplit(self.url).port
        argv = [_python(), "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
        argv += ["--workers", "2", "--blocking-threads", "1", "--no-ws", "--respawn-failed-workers"]
        argv += ["config.wsgi:application"]
        health = f"{self.url}/api/v1/health"
        return Child("web", argv, ready=lambda: _page(health), env=self.env, needed=True, address=self.url)

    def _workers(self) -> list[Child]:
        celery = [_python(), "-m", "celery", "-A", "config.celery"]
        found = []
        for name, queues, processes in (("worker", "media,export,upkeep", 2), ("worker-llm", "llm", 1)):
            flag = paths.TMP / f"{name}.ready"
            flag.unlink(missing_ok=True)
            argv = [*celery, "worker", "-Q", queues, "-c", str(processes), "-n", f"{name}@%h"]
            argv += ["--without-gossip", "--without-mingle"]
            env = {**self.env, "WORKER_READY_FILE": str(flag)}
            worker = Child(name, argv, ready=flag.exists, env=env, grace=60, address=queues)
            worker.idle_until_ready = True
            worker.death_signal = signal.SIGKILL  # without databases there is nothing it could finish
            found.append(worker)
        beat = [*celery, "beat", "-s", str(paths.VAR / "beat-schedule"), "--pidfile="]
        found.append(Child("scheduler", beat, ready=lambda: True, env=self.env))
        return found

    def _fill(self) -> Child:
        return Child("fill-demo", [_python(), "manage.py", "fill_demo"], ready=lambda: True, env=self.env, once=True)

    def stop(self, *, quiet: bool = False) -> None:
        """In the reverse order; nothing that still works loses what it works on."""
        for child in self.started:
            if not child.needed:
                child.ask_to_stop()  # side by side: each may be finishing something
        for child in reversed(self.started):
            child.stop(quiet=quiet)

    def report(self) -> list[dict[str, Any]]:
        """What `./loupe status` says about each child."""
        return [
            {"name": child.name, "pid": child.process.pid, "address": child.address, "starts": len(child.starts)}
            for child in self.started
            if child.process is not None and not child.ended
        ]


class Failing(threading.Thread):
    """A thread whose exception comes out at `join`."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self.work = work
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.work()
        except BaseException as error:  # noqa: BLE001  (raised again in join, on the thread that waits)
            self.error = error

    def join(self, timeout: float | None = None) -> None:
        while self.is_alive():  # in short turns, so that Ctrl-C is heard
            super().join(0.2 if timeout is None else timeout)
        if self.error is not None:
            raise self.error


def check_given(environ: os._Environ[str] | dict[str, str]) -> None:
    """Addresses that the person gave must answer before anything else is done. Raises Problem."""
    if url := environ.get("DATABASE_URL"):
        import psycopg2

        try:
            psycopg2.connect(url, connect_timeout=5).close()
        except psycopg2.Error as error:
            reason = " ".join(str(error).split())
            raise Problem(
                f"DATABASE_URL does not answer ({reason}). Start that database or correct the address; "
                "without DATABASE_URL an embedded one is used."
            ) from None
    if url := environ.get("BROKER_URL"):
        import redis

        try:
            redis.Redis.from_url(url, socket_connect_timeout=5).ping()
        except (redis.RedisError, ValueError) as error:
            raise Problem(
                f"BROKER_URL does not answer ({' '.join(str(error).split())}). Start that broker or correct the "
                "address; without BROKER_URL an embedded one is used."
            ) from None


def _ready_or_damaged(child: Child) -> None:
    try:
        child.wait_ready()
    except Problem:
        reason = (child.log_end().strip().splitlines() or ["it says nothing"])[-1]
        raise Problem(
            f"{child.name} does not start on what lies in var/{child.name} ({reason}). If that folder is damaged, "
            f"restore it from a backup, or move the whole of var/ away to start afresh; details: {child.log}."
        ) from None


def _python() -> str:
    return str(paths.VENV / "bin" / "python")


def _page(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:  # noqa: S310  (our own address)
            return bool(reply.status == 200)
    except OSError:
        return False


def seconds_since_the_command() -> float:
    """Since the person pressed return: the set-up before our environment existed counts."""
    return round(time.time() - float(os.environ.get("LOUPE_STARTED_AT") or time.time()), 1)
