"""`up` and `demo`: from whatever there is to running services, and back.

Belongs here: the order in which things come up and go down, and what is printed about it.
Does not: how one process is kept (child.py) or made (servers.py, environment.py, node.py).
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config.launcher import node, paths, say, servers, state
from config.launcher.child import Child
from config.launcher.say import Problem

PREFERRED = {"web": 8000, "postgres": 54330, "valkey": 63790, "sandbox": 8900}
MAX_STARTS = 5


class Interrupted(Exception):
    """Ctrl-C or a stop signal."""


def run(*, demo: bool) -> int:
    """Set up what is missing, start everything, watch it until told to stop."""
    held = state.load()
    state.take_lock()
    state.note_running({"pid": os.getpid(), "url": "", "word": "demo" if demo else "up"})
    services = Services(held, demo=demo)
    for number in (signal.SIGINT, signal.SIGTERM):
        # Set both: a launcher started in the background of a script inherits an ignored SIGINT.
        signal.signal(number, _interrupt)
    try:
        services.start()
        services.watch()
    except Interrupted:
        say.line("Stopping")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        services.stop()
        state.note_running(None)
    return 0


def _interrupt(*_: object) -> None:
    raise Interrupted


class Services:
    """Everything one start runs, in the order it was started."""

    def __init__(self, held: dict[str, Any], *, demo: bool, choose_ports: bool = True) -> None:
        self.held = held
        self.demo = demo
        self.started: list[Child] = []
        self.env = self._environment(choose_ports=choose_ports)

    # --- coming up ------------------------------------------------------------------------------------------------
    def start(self) -> None:
        """Raises Problem; what was started by then is stopped by the caller."""
        pages: Failing | None = None
        if _has_frontend():
            pages = Failing(node.build)
            pages.start()
        self.start_databases()
        self._migrate()
        if self.demo:
            self._accounts()
            self._sandbox()
        if pages is not None:
            pages.join()
        url = self.env["PUBLIC_URL"]
        self._begin(self._web(urlsplit(url).port or 8000))
        self._announce(url)
        for child in self._workers():
            self._begin(child, wait=False)
        if self.demo:
            self._begin(self._fill(), wait=False)

    def _environment(self, *, choose_ports: bool) -> dict[str, str]:
        if choose_ports:
            for name in PREFERRED:
                self._choose_port(name)
        ports = {name: self.held["ports"].get(name, preferred) for name, preferred in PREFERRED.items()}
        secret = self.held["password"]
        own = {
            "DATABASE_URL": f"postgresql://loupe:{secret}@127.0.0.1:{ports['postgres']}/postgres",
            "BROKER_URL": f"redis://:{secret}@127.0.0.1:{ports['valkey']}/0",
            "STORAGE_URL": (paths.VAR / "media").as_uri(),
            "SECRET_KEY": self.held["secret_key"],
            "ENCRYPTION_KEY": self.held["encryption_key"],
            "PUBLIC_URL": f"http://127.0.0.1:{ports['web']}",
            "RUNS_DIR": str(paths.VAR / "runs"),
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
        }
        if self.demo:
            own["SANDBOX_URL"] = f"http://127.0.0.1:{ports['sandbox']}/v1"
            own["SANDBOX_KEY"] = self.held["sandbox_key"]
            self.held["with_sandbox"] = True
        state.save(self.held)
        return {**own, **paths.contained()}  # what the person set wins

    def _choose_port(self, name: str) -> None:
        before = self.held["ports"].get(name, PREFERRED[name])
        port = state.free_port(before)
        if port != before:
            say.line(f"Port {before} is taken; {name} uses {port}")
        self.held["ports"][name] = port

    def start_databases(self) -> None:
        """PostgreSQL and Valkey, unless the person named their own."""
        if "DATABASE_URL" in os.environ:
            _check_database(os.environ["DATABASE_URL"])
        else:
            data = paths.VAR / "postgres"
            if not (data / "PG_VERSION").exists():
                with say.step("Database"):
                    servers.initialise(data, password=self.held["password"], durable=True)
            servers.stop_left_over(data)
            child = servers.postgres(
                data, port=self.held["ports"]["postgres"], password=self.held["password"], durable=True
            )
            self._begin(child)
        if "BROKER_URL" not in os.environ:
            folder = paths.VAR / "valkey"
            child = servers.valkey(
                folder, port=self.held["ports"]["valkey"], password=self.held["password"], durable=True
            )
            self._begin(child)

    def _migrate(self) -> None:
        files = sorted(file for file in paths.ROOT.glob("*/migrations/*.py")) + sorted(
            paths.ROOT.glob("config/*/migrations/*.py")
        )
        digest = hashlib.sha256(self.env["DATABASE_URL"].split("@")[-1].encode())
        for file in files:
            digest.update(str(file.relative_to(paths.ROOT)).encode() + file.read_bytes())
        if self.held.get("migrated") == digest.hexdigest():
            return
        with say.step("Tables"):
            self.manage("migrate", "-v0")
        self.held["migrated"] = digest.hexdigest()
        state.save(self.held)

    def _accounts(self) -> None:
        stamp = hashlib.sha256(json.dumps([self.held["accounts"], self.held["migrated"]]).encode()).hexdigest()
        if self.held.get("accounts_made") == stamp:
            return
        with say.step("Demo sign-ins"):
            self.manage("demo_accounts", given=json.dumps(self.held["accounts"]))
        self.held["accounts_made"] = stamp
        state.save(self.held)

    def manage(self, *words: str, given: str | None = None) -> None:
        """One management command. Raises Problem with its output."""
        argv = [str(paths.VENV / "bin" / "python"), "manage.py", *words]
        done = subprocess.run(
            argv, cwd=paths.ROOT, env=self.env, input=given, text=True, capture_output=True, check=False
        )
        if done.returncode:
            raise Problem(f"manage.py {words[0]} failed:\n{done.stdout[-800:]}{done.stderr[-1600:]}")

    def _sandbox(self) -> None:
        port = urlsplit(self.env["SANDBOX_URL"]).port
        argv = [self._python(), "-m", "cot_generation.sandbox", "--host", "127.0.0.1", "--port", str(port)]
        argv += ["--truth", f"demo={paths.VAR / 'demo' / 'truth.jsonl'}"]
        env = {**self.env, "SANDBOX_KEY": self.held["sandbox_key"]}
        self._begin(Child("sandbox", argv, ready=lambda: _accepts(port), env=env), wait=False)

    def _web(self, port: int) -> Child:
        argv = [str(paths.VENV / "bin" / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
        argv += ["--workers", "2", "--blocking-threads", "1", "--no-ws", "--respawn-failed-workers"]
        argv += ["config.wsgi:application"]
        return Child("web", argv, ready=lambda: _page(f"http://127.0.0.1:{port}/api/v1/health"), env=self.env)

    def _workers(self) -> list[Child]:
        celery = [str(paths.VENV / "bin" / "celery"), "-A", "config.celery"]
        found = []
        for name, queues, processes in (("worker", "media,export,upkeep", 2), ("worker-llm", "llm", 1)):
            flag = paths.TMP / f"{name}.ready"
            flag.unlink(missing_ok=True)
            argv = [
                *celery,
                "worker",
                "-Q",
                queues,
                "-c",
                str(processes),
                "-n",
                f"{name}@%h",
                "--without-gossip",
                "--without-mingle",
            ]
            found.append(
                Child(name, argv, ready=flag.exists, env={**self.env, "WORKER_READY_FILE": str(flag)}, grace=60)
            )
        beat = [*celery, "beat", "-s", str(paths.VAR / "beat-schedule"), "--pidfile="]
        found.append(Child("scheduler", beat, ready=lambda: True, env=self.env))
        return found

    def _fill(self) -> Child:
        argv = [self._python(), "manage.py", "fill_demo"]
        return Child("fill-demo", argv, ready=lambda: True, env=self.env, once=True)

    def _python(self) -> str:
        return str(paths.VENV / "bin" / "python")

    def _begin(self, child: Child, *, wait: bool = True) -> None:
        self.started.append(child)
        child.start(wait=wait)

    # --- being up -------------------------------------------------------------------------------------------------
    def _announce(self, url: str) -> None:
        seconds = round(time.time() - float(os.environ.get("LOUPE_STARTED_AT") or time.time()), 1)
        accounts = {name: {"username": name, "password": self.held["accounts"][name]} for name in state.DEMO_ACCOUNTS}
        report: dict[str, Any] = {"url": url, "seconds": seconds}
        if self.demo:
            report["accounts"] = accounts
        state.note_running({"pid": os.getpid(), "word": "demo" if self.demo else "up", "ready": True, **report})
        say.line(f"Ready after {seconds} s")
        print(f"\n  Open  {url}\n", flush=True)
        if self.demo:
            for name, account in accounts.items():
                print(f"  {name:<14} user {account['username']:<14} password {account['password']}", flush=True)
            print("\n  The demo fills itself meanwhile; its overview shows how far it is.", flush=True)
        print("  Ctrl-C stops everything; logs are in var/log.\n", flush=True)

    def watch(self) -> None:
        """Start again what ends. Raises Problem when something keeps ending."""
        while True:
            time.sleep(0.5)
            for child in self.started:
                if child.once:
                    self._see_once(child)
                elif child.ended:
                    code = child.process.returncode if child.process else None
                    say.line(f"{child.name} ended (status {code}); starting it again")
                    if child.starts >= MAX_STARTS:
                        raise Problem(f"{child.name} keeps ending. The end of {child.log}:\n{child.log_end()}")
                    time.sleep(0.2 * child.starts)
                    child.start()

    def _see_once(self, child: Child) -> None:
        if child.ended and child.process is not None and child.starts:
            child.starts = 0
            if child.process.returncode:
                say.line(f"{child.name} failed; see {child.log}. Start again to go on where it stopped.")
            else:
                say.line("The demo is filled.")

    def stop(self) -> None:
        for child in reversed(self.started):
            child.stop()


def addresses(held: dict[str, Any]) -> Services:
    """The environment of what runs here (or of what would), without choosing new ports for it."""
    running = state.running() or {}
    return Services(
        held, demo=running.get("word") == "demo" or bool(held.get("with_sandbox")), choose_ports=not running
    )


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


def _has_frontend() -> bool:
    return (paths.FRONTEND / "package-lock.json").exists()


def _check_database(url: str) -> None:
    import psycopg2

    try:
        psycopg2.connect(url, connect_timeout=5).close()
    except psycopg2.Error as error:
        raise Problem(
            f"DATABASE_URL does not answer ({str(error).strip().splitlines()[0]}). "
            "Start that database or correct the address; without DATABASE_URL an embedded one is used."
        ) from None


def _page(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:  # noqa: S310  (our own address)
            return bool(reply.status == 200)
    except OSError:
        return False


def _accepts(port: int | None) -> bool:
    return port is not None and servers.socket_accepts(port)


def detach(word: str) -> int:
    """Start in the background, show its progress, return once the page answers; the last line is a JSON report."""
    if other := state.running():
        raise Problem(
            f"Loupe already runs in this folder at {other.get('url') or 'an address not known yet'}. "
            "Stop it with ./loupe down."
        )
    paths.make_folders()
    log = paths.LOGS / "loupe.log"
    state.RUNNING.unlink(missing_ok=True)
    with log.open("wb") as out:
        argv = [sys.executable, str(paths.ROOT / "loupe"), word]
        process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True)
    with log.open("r", errors="replace") as shown:
        while True:
            text = shown.read()
            sys.stdout.write(text)
            sys.stdout.flush()
            report = _report()
            if report is not None:
                print(json.dumps(report), flush=True)
                return 0
            if process.poll() is not None:
                sys.stdout.write(shown.read())
                return process.returncode or 1
            time.sleep(0.05)


def _report() -> dict[str, Any] | None:
    try:
        found = json.loads(state.RUNNING.read_text())
    except (OSError, ValueError):
        return None
    return {key: found[key] for key in ("url", "seconds", "accounts") if key in found} if found.get("ready") else None


def down() -> int:
    """Stop what runs in this folder, in order."""
    other = state.running()
    if other is None:
        print("Nothing runs in this folder.")
        return 0
    if not other.get("pid"):
        raise Problem("Something holds this folder but has not said what it is yet; try again in a moment.")
    os.kill(other["pid"], signal.SIGTERM)
    until = time.monotonic() + 120
    while state.running() is not None:
        if time.monotonic() > until:
            raise Problem(
                f"Process {other['pid']} does not stop; see var/log/loupe.log. End it with: kill -9 {other['pid']}"
            )
        time.sleep(0.1)
    print("Stopped.")
    return 0


def status() -> int:
    """What runs where."""
    other = state.running()
    if other is None:
        print("Nothing runs in this folder. Start with ./loupe demo or ./loupe up.")
        return 0
    print(f"./loupe {other.get('word', '')} runs as process {other.get('pid')}: {other.get('url') or 'not ready yet'}")
    for child in sorted(_children_of(int(other.get("pid") or 0))):
        print(f"  {child}")
    print(f"  logs: {paths.LOGS}")
    return 0


def _children_of(pid: int) -> list[str]:
    listed = subprocess.run(
        ["ps", "-o", "pid=,rss=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    rows = []
    for row in listed.stdout.splitlines():
        number, memory, command = row.split(None, 2)
        program, *words = command.split()
        rows.append(f"process {number:>7}  {int(memory) // 1024:>5} MB  {Path(program).name} {' '.join(words)[:70]}")
    return rows
