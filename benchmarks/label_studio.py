"""Out to a running Label Studio and back, through its own SDK, and whether everything comes back.

Installs Label Studio into an environment of its own below `var/` (about 1 GB, some minutes, once), starts it on SQLite,
makes a project of `--size` judged samples there, reads that project into a second one of ours and compares: answers,
verdicts, regions, rationales. Stops with status 1 and the first difference if anything differs.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import django

django.setup()

from django.conf import settings  # noqa: E402  (Django must be set up first)
from django.core.management import call_command  # noqa: E402  (as above)
from django.utils import timezone  # noqa: E402  (as above)
from PIL import Image  # noqa: E402  (as above)

from accounts.services import projects  # noqa: E402  (as above)
from annotation.selectors import consensus, evidence  # noqa: E402  (as above)
from benchmarks._figures import Figures, arguments  # noqa: E402  (as above)
from catalog.imports.sources.label_studio_live import LabelStudioProject  # noqa: E402  (as above)
from catalog.ingestion.run import ingest_due  # noqa: E402  (as above)
from catalog.scenes.dataset import ASPECTS  # noqa: E402  (as above)
from catalog.selectors import samples  # noqa: E402  (as above)
from catalog.services import imports  # noqa: E402  (as above)
from config.launcher import paths  # noqa: E402  (as above)
from config.launcher.state import free_port  # noqa: E402  (as above)
from cot_generation.selectors import rationales  # noqa: E402  (as above)
from training_bridge.services import label_studio  # noqa: E402  (as above)

VERSION = "1.23.2"
TOKEN = "b" * 40
ENVIRONMENT = paths.VAR / "label-studio"


def install() -> Path:
    """The program in its own environment; some minutes the first time. With uwsgi, where that can be built."""
    program = ENVIRONMENT / "bin" / "label-studio"
    if not program.exists():
        subprocess.run(["python3", "-m", "venv", ENVIRONMENT], check=True)
        pip = [str(ENVIRONMENT / "bin" / "pip"), "-q", "install"]
        subprocess.run([*pip, f"label-studio=={VERSION}"], check=True)
        subprocess.run([*pip, "uwsgi"], check=False)
    return program


@contextmanager
def server(data: Path) -> Iterator[str]:
    """A Label Studio of its own, with an account and a key that both sides know."""
    program = install()
    port = free_port(0)
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(data),
        "LABEL_STUDIO_BASE_DATA_DIR": str(data),
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "COLLECT_ANALYTICS": "0",
        "SENTRY_DSN": "",
        "LATEST_VERSION_CHECK": "0",
        "LOG_LEVEL": "ERROR",
    }
    argv = [str(program), "start", "--no-browser", "--port", str(port), "--internal-host", "127.0.0.1"]
    argv += ["--username", "lead@example.org", "--password", TOKEN, "--user-token", TOKEN]
    with (data / "server.log").open("wb") as log:
        running = subprocess.Popen(argv, env=env, stdout=log, stderr=log, cwd=data, start_new_session=True)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, running, data / "server.log")
            yield address
        finally:
            os.killpg(running.pid, 15)
            running.wait()


def _wait(address: str, running: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until and running.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/health", timeout=2)  # noqa: S310  (an address of our own making)
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"Label Studio did not start:\n{log.read_text()[-2000:]}")


def furnish(folder: Path, size: int) -> UUID:
    """A project of judged samples with small pictures."""

    for slot in "OABCD":
        Image.new("RGB", (64, 48), (ord(slot) % 256, 80, 40)).save(folder / f"{slot}.jpg")
    with (folder / "manifest.jsonl").open("w") as file:
        for number in range(size):
            row = {
                "id": f"s-{number}",
                "original": "O.jpg",
                "candidates": {slot: f"{slot}.jpg" for slot in "ABCD"},
                "group": f"g-{number // 3}",
                "answers": {aspect: ["B"] if (number + place) % 3 else [] for place, aspect in enumerate(ASPECTS)},
                "verdicts": {slot: dict.fromkeys(ASPECTS, "minor" if slot == "B" else "none") for slot in "ABCD"},
                "regions": [
                    {"slot": "B", "aspect": ASPECTS[0], "box": [4, 6, 20, 12], "note": "here"},
                    {"slot": "C", "aspect": ASPECTS[1], "polygon": [[0, 0], [32, 0], [32, 24]]},
                    {"slot": "D", "aspect": ASPECTS[2], "point": [16, 12]},
                ],
                "rationales": [{"aspect": ASPECTS[0], "text": f"B is bent on sample {number}."}],
            }
            file.write(json.dumps(row) + "\n")
    project_id = projects.create(slug="here", name="Here").pk
    imports.read_manifest(
        project_id=project_id, manifest=folder / "manifest.jsonl", actor_id=None, now=timezone.now(), processes=1
    )
    ingest_due(until=timezone.now() + timedelta(hours=1), clock=timezone.now)
    return project_id


def known(project_id: UUID) -> dict[str, object]:
    """What is known of each sample, by its name."""
    ids = samples.ids(project_id, state=None)
    infos, said = samples.infos(ids), evidence.for_samples(ids)
    answers, written = consensus.for_samples(ids), rationales.for_samples(ids)
    return {
        infos[sample_id].external_id: (
            infos[sample_id].group,
            sorted(found.answer or () for (of, _), found in answers.items() if of == sample_id),
            said[sample_id].cells,
            said[sample_id].regions,
            sorted(each.text for (of, _), texts in written.items() if of == sample_id for each in texts),
        )
        for sample_id in ids
    }


def main() -> None:
    given = arguments(__doc__ or "", size=100)
    figures = Figures(f"label-studio-{given.size}", write=given.write)
    call_command("migrate", verbosity=0)
    settings.LABEL_STUDIO_API_KEY = TOKEN
    with tempfile.TemporaryDirectory() as name, server(Path(name)) as address:
        folder = Path(name) / "pictures"
        folder.mkdir()
        here = furnish(folder, given.size)
        begun = time.perf_counter()
        number, sent = label_studio.send(
            label_studio.of_project(here),
            aspects=label_studio.severities(here),
            server=address,
            title="From Loupe",
            pictures="https://pictures.example",
        )
        sending = time.perf_counter() - begun
        there = projects.create(slug="there", name="There").pk
        settings.IMPORT_HOSTS = ["pictures.example"]
        begun = time.perf_counter()
        outcome = imports.read_source(
            project_id=there,
            source=LabelStudioProject(address, number, ASPECTS),
            actor_id=None,
            now=timezone.now(),
            processes=1,
        )
        reading = time.perf_counter() - begun
    if (sent, outcome.landed.new) != (given.size, given.size):
        raise SystemExit(f"{sent} sent, {outcome.landed.new} back, {outcome.landed.report[:3]}")
    before, after = known(here), known(there)
    for sample, what in before.items():
        if after[sample] != what:
            raise SystemExit(f"{sample} went out as {what} and came back as {after[sample]}")
    figures.add("label_studio.sent_per_s", round(given.size / sending, 1), "samples/s", size=given.size)
    figures.add("label_studio.read_per_s", round(given.size / reading, 1), "samples/s", size=given.size)
    figures.close()


if __name__ == "__main__":
    main()
