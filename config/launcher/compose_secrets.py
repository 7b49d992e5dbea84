"""`python3 -m config.launcher.compose_secrets`: the files in ./secrets that docker-compose.yml reads.

Belongs here: drawing each secret once; what is there is never replaced.
Does not: anything for `./loupe`, which keeps its own in var/state.json.
"""

from __future__ import annotations

import base64
import secrets
import sys
from pathlib import Path

from config.launcher import paths

FOLDER = paths.ROOT / "secrets"


def draw() -> dict[str, str]:
    """Every secret by its file's name; addresses hold the password that the service is given."""
    database, broker, user, storage = (secrets.token_hex(24) for _ in range(4))
    return {
        "database_password": database,
        "database_url": f"postgresql://loupe:{database}@postgres:5432/loupe",
        "broker_password": broker,
        "broker_url": f"redis://:{broker}@valkey:6379/0",
        "storage_user": user,
        "storage_password": storage,
        "storage_url": f"s3://{user}:{storage}@loupe?endpoint=http://storage:9000&region=us-east-1",
        "secret_key": secrets.token_urlsafe(48),
        "encryption_key": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    }


def write(folder: Path) -> list[str]:
    """Write them all, or refuse where some are there: half of an old and half of a new set would not fit together."""
    drawn = draw()
    present = [name for name in drawn if (folder / name).exists()]
    if present:
        raise SystemExit(f"{folder} holds {', '.join(present)} already; nothing was changed.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)  # this keeps others out: the files themselves are read by the containers' own users
    for name, value in drawn.items():
        file = folder / name
        file.write_text(value)
        file.chmod(0o444)
    return sorted(drawn)


if __name__ == "__main__":
    sys.stdout.write(f"Written to {FOLDER}: {', '.join(write(FOLDER))}\n")
