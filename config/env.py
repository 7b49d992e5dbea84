"""The environment, read once: typed, with `NAME_FILE` for secrets, every missing name reported at once.

Belongs here: names, types and defaults of environment variables.
Does not: what Django does with them (config/settings).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent


class EnvironmentIncomplete(SystemExit):
    """Raised with one sentence that names everything missing or malformed, so that one restart mends it all."""


@dataclass(frozen=True)
class Variable:
    """One environment variable. `default=None` means it must be set; a secret may come from the file in NAME_FILE."""

    name: str
    meaning: str
    default: str | None = None
    secret: bool = False


VARIABLES: tuple[Variable, ...] = (
    Variable("DATABASE_URL", "PostgreSQL 18, `postgresql://user:password@host:port/name`.", secret=True),
    Variable(
        "BROKER_URL",
        "Valkey or Redis, `redis://:password@host:port/0`. Holds hints only; losing it loses nothing.",
        secret=True,
    ),
    Variable("SECRET_KEY", "Signs sessions and links; at least 32 random characters.", secret=True),
    Variable("ENCRYPTION_KEY", "Fernet key that encrypts endpoint keys at rest.", secret=True),
    Variable(
        "STORAGE_URL",
        "Where pictures and releases lie: `file:///path` or `s3://bucket/prefix?endpoint=…&region=…`.",
        default=(ROOT / "var" / "media").as_uri(),
        secret=True,
    ),
    Variable("ALLOWED_HOSTS", "Host names the site answers to, separated by commas.", default="127.0.0.1,localhost"),
    Variable(
        "PUBLIC_URL", "Address people open; invitation and reset links start with it.", default="http://127.0.0.1:8000"
    ),
    Variable("SECURE_COOKIES", "`1` where the site is served by HTTPS: secure cookies and HSTS.", default="0"),
    Variable("RUNS_DIR", "Folder of training run folders.", default=str(ROOT / "var" / "runs")),
    Variable(
        "TRAINER_PYTHON", "Python of the trainer's environment; empty: `.venv-trainer`, made on first use.", default=""
    ),
    Variable("SANDBOX_URL", "Base URL of the sandbox endpoint; empty: no sandbox is offered.", default=""),
    Variable("SANDBOX_KEY", "Key the sandbox endpoint expects.", default="", secret=True),
    Variable(
        "ENDPOINT_HOSTS",
        "Hosts (host or host:port, commas) that model endpoints may have; the sandbox's is always among them.",
        default="",
    ),
    Variable("IMPORT_HOSTS", "Hosts from which manifests may name pictures by http(s); empty: none.", default=""),
    Variable("IMPORT_BUCKETS", "S3 buckets that imports may read; empty: none.", default=""),
    Variable(
        "LABEL_STUDIO_API_KEY", "Key for reading a live Label Studio project; empty: none.", default="", secret=True
    ),
    Variable(
        "HOURLY_RATE_USD",
        "What an hour of a person's active work costs, in US dollars; for cost per rationale.",
        default="18",
    ),
    Variable(
        "IDLE_SECONDS",
        "Without a sign from the person for so long, a page stops counting active time.",
        default="60",
    ),
    Variable("LOG_LEVEL", "`debug`, `info`, `warning` or `error`.", default="info"),
    Variable("FRONTEND_DIST", "Folder of the built pages.", default=str(ROOT / "frontend" / "dist")),
)


class Env:
    """Typed access to VARIABLES."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._values: dict[str, str] = {}
        problems: list[str] = []
        for variable in VARIABLES:
            value = environ.get(variable.name)
            file = environ.get(f"{variable.name}_FILE") if variable.secret else None
            if value is None and file:
                try:
                    value = Path(file).read_text(encoding="utf-8").strip()
                except OSError as error:
                    problems.append(f"{variable.name}_FILE cannot be read ({error.strerror}: {file})")
                    continue
            if value is None:
                value = variable.default
            if value is None:
                problems.append(f"{variable.name} is not set")
                continue
            self._values[variable.name] = value
        if problems:
            raise EnvironmentIncomplete(
                "The environment is incomplete: "
                + "; ".join(problems)
                + ". `./loupe` sets all of these; see docs/reference/settings.md."
            )

    def text(self, name: str) -> str:
        """The value as it stands."""
        return self._values[name]

    def flag(self, name: str) -> bool:
        """True for 1, true, yes, on."""
        return self._values[name].strip().lower() in {"1", "true", "yes", "on"}

    def whole(self, name: str) -> int:
        """A whole number above zero. Raises EnvironmentIncomplete."""
        if not self._values[name].isdecimal() or int(self._values[name]) == 0:
            raise EnvironmentIncomplete(f"{name} must be a whole number above zero, not {self._values[name]!r}.")
        return int(self._values[name])

    def words(self, name: str) -> list[str]:
        """A list separated by commas."""
        return [word.strip() for word in self._values[name].split(",") if word.strip()]

    def path(self, name: str) -> Path:
        """A path; relative ones start at the project's root."""
        return (ROOT / self._values[name]).resolve()

    def database(self) -> dict[str, object]:
        """Django's DATABASES entry for DATABASE_URL."""
        url = urlsplit(self._values["DATABASE_URL"])
        if url.scheme not in {"postgres", "postgresql"} or not url.path.strip("/"):
            raise EnvironmentIncomplete("DATABASE_URL must look like postgresql://user:password@host:port/name.")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": str(url.port or 5432),
            "OPTIONS": {key: values[-1] for key, values in parse_qs(url.query).items()},
        }

    def storage(self) -> dict[str, object]:
        """Django's STORAGES entry for STORAGE_URL."""
        raw = self._values["STORAGE_URL"]
        url = urlsplit(raw)
        if url.scheme == "file":
            return {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": unquote(url.path), "base_url": None},
            }
        if url.scheme == "s3" and url.hostname:
            query = {key: values[-1] for key, values in parse_qs(url.query).items()}
            options: dict[str, object] = {
                "bucket_name": url.hostname,
                "location": url.path.strip("/"),
                "default_acl": None,
                "file_overwrite": True,
                "querystring_expire": 300,
                "signature_version": "s3v4",  # newer regions take no other
            }
            if "endpoint" in query:
                options["endpoint_url"] = query["endpoint"]
            if "region" in query:
                options["region_name"] = query["region"]
            if url.username:
                options["access_key"], options["secret_key"] = unquote(url.username), unquote(url.password or "")
            return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
        raise EnvironmentIncomplete("STORAGE_URL must start with file:// or s3://bucket.")


def read() -> Env:
    """The process's environment."""
    return Env(os.environ)
