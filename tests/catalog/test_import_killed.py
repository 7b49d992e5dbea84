"""An import that is killed: whole chunks or nothing, the next run finishes, what a page shows is what is there."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, connections
from pytest_django.fixtures import Settings

from accounts.choices import Role
from annotation.models import Annotation, Consensus
from catalog.choices import ImportState
from catalog.imports.landing import ImportChunk
from catalog.models import Import, ImportWork, PictureWork, Sample
from catalog.services import imports, uploads
from config.base import work
from cot_generation.models import Rationale
from tests.builders import accounts, catalog
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2020, 1, 1, tzinfo=UTC)
CHUNK, ROWS = 7, 400
SHADOW = "physical_shadow"


@pytest.fixture(autouse=True)
def _short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.imports.run.CHUNK", CHUNK)


def rows(folder: Path, count: int) -> list[dict[str, object]]:
    """Each with an answer, a verdict and a rationale, so that every table gets its part of a chunk."""
    rationale = {"aspect": SHADOW, "text": "The light falls from the left."}
    said = {"answers": {SHADOW: ["B"]}, "verdicts": {"B": {SHADOW: "major"}}, "rationales": [rationale]}
    row = {**catalog.row(folder, "s-0"), **said}
    return [{**row, "id": f"s-{number}"} for number in range(count)]


def killed(child: Callable[[], object], *, when: Callable[[], None]) -> bool:
    """SIGKILL to the process and its children; whether it came before the end."""
    connections.close_all()  # the child must not inherit them

    def lead() -> None:
        os.setsid()
        child()

    process = multiprocessing.get_context("fork").Process(target=lead)
    process.start()
    when()
    process.join(0)
    early = process.is_alive()
    if early:
        os.killpg(process.pid or 0, signal.SIGKILL)
    process.join()
    wait_for_the_database()
    return early


def wait_for_the_database() -> None:
    """Until it has seen that the killed processes are gone, and taken back what they had begun."""
    others = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(others + " and backend_type = 'client backend'")
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.02)
    raise AssertionError("connections of the killed processes are still there")


def chunks_there() -> int:
    """How many chunks are in, after looking that each is there in every table or in none."""
    lines: dict[int, int] = {}
    for line in Sample.objects.values_list("line", flat=True):
        lines[(line - 1) // CHUNK] = lines.get((line - 1) // CHUNK, 0) + 1
    last = (ROWS - 1) // CHUNK
    assert all(count == (CHUNK if chunk < last else ROWS - last * CHUNK) for chunk, count in lines.items())
    samples = Sample.objects.count()
    for table in (PictureWork, Annotation, Consensus, Rationale):
        assert table._default_manager.count() == samples, table
    return len(lines)


def test_wherever_it_is_killed_chunks_are_whole_and_the_last_run_brings_the_rest(tmp_path: Path) -> None:
    """Two reading processes, killed with their parent after times drawn over the whole reading."""
    draw = random.Random(4)
    manifest = catalog.manifest(tmp_path, rows(tmp_path, ROWS))
    project_id = accounts.project(slug="p").pk

    def read() -> imports.Outcome:
        return imports.read_manifest(project_id=project_id, manifest=manifest, actor_id=None, now=NOW, processes=2)

    early, there = 0, 0
    for _ in range(8):
        early += killed(read, when=lambda: time.sleep(draw.uniform(0.05, 0.8)))
        before, there = there, chunks_there()
        assert there >= before
    assert early > 2, "the draws came too late to say anything"

    landed = read().landed

    assert landed.new + landed.unchanged == ROWS
    assert chunks_there() == (ROWS - 1) // CHUNK + 1
    assert Import.objects.filter(state=ImportState.RUNNING).count() == 0
    assert Import.objects.order_by("-started_at").values_list("row_count", "state")[0] == (ROWS, ImportState.DONE)


def hang_at_the_third_chunk(chunk: ImportChunk) -> None:
    """An absorber: the chunk's samples are written by now, and not committed."""
    if chunk.rows and chunk.rows[0][1].id == "s-14":
        Path(os.environ["HANGS"]).touch()
        time.sleep(600)


class Hang:
    """`begin` in the child makes it hang in the third chunk, `wait` in the parent returns when it does."""

    def __init__(self, flag: Path, settings: Settings) -> None:
        self.flag, self.settings = flag, settings

    def begin(self) -> None:
        self.settings.IMPORT_ABSORBERS = [*self.settings.IMPORT_ABSORBERS, f"{__name__}.hang_at_the_third_chunk"]

    def wait(self) -> None:
        until = time.monotonic() + 60
        while not self.flag.exists() and time.monotonic() < until:
            time.sleep(0.05)


@pytest.fixture
def hang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Hang:
    monkeypatch.setenv("HANGS", str(tmp_path / "hangs"))
    return Hang(tmp_path / "hangs", settings)


def test_a_chunk_that_was_not_committed_leaves_nothing(tmp_path: Path, hang: Hang) -> None:
    manifest = catalog.manifest(tmp_path, rows(tmp_path, 40))
    project_id = accounts.project(slug="p").pk

    def read() -> imports.Outcome:
        return imports.read_manifest(project_id=project_id, manifest=manifest, actor_id=None, now=NOW, processes=1)

    def child() -> None:
        hang.begin()
        read()

    assert killed(child, when=hang.wait)

    assert [table._default_manager.count() for table in (Sample, Consensus, Rationale)] == [14, 14, 14]
    landed = read().landed
    assert (landed.new, landed.unchanged) == (26, 14)
    assert set(Import.objects.values_list("state", flat=True)) == {ImportState.FAILED, ImportState.DONE}


def test_an_upload_whose_worker_is_killed_keeps_its_progress_and_ends_with_true_counts(
    tmp_path: Path, hang: Hang, api: Callable[[], ApiClient]
) -> None:
    project = accounts.project(slug="p")
    lead = accounts.member(project, Role.LEAD)
    lines = "".join(json.dumps(row) + "\n" for row in rows(tmp_path, 40)).encode()
    run = uploads.upload(
        project_id=project.pk, name="shop.jsonl", manifest=io.BytesIO(lines), archive=None, actor_id=lead.pk
    )
    begun = datetime.now(UTC)
    clock = [begun]

    def work_off() -> None:
        uploads.read_due(until=clock[0] + timedelta(minutes=1), clock=lambda: clock[0], scratch=tmp_path)

    def child() -> None:
        hang.begin()
        work_off()

    assert killed(child, when=hang.wait)

    assert progress(api, lead, run.pk) == ("running", 14, 14)  # the page asks the row: no process has to live for it
    # Two minutes after its last chunk, not a quarter of an hour, another worker may go on.
    assert work.give_back_expired(ImportWork, now=begun + timedelta(minutes=3)) == (1, 0)
    clock[0] = datetime.now(UTC) + timedelta(minutes=4)
    work_off()

    assert progress(api, lead, run.pk) == ("done", 40, 40)  # none counts as unchanged: this import brought all forty
    assert Sample.objects.filter(run=run).count() == 40


def test_an_import_whose_workers_all_died_says_so(tmp_path: Path, api: Callable[[], ApiClient]) -> None:
    project = accounts.project(slug="p")
    lead = accounts.member(project, Role.LEAD)
    line = json.dumps(rows(tmp_path, 1)[0]).encode()
    run = uploads.upload(
        project_id=project.pk, name="shop.jsonl", manifest=io.BytesIO(line), archive=None, actor_id=lead.pk
    )
    Import.objects.update(state=ImportState.RUNNING)
    uploads.close_given_up(now=NOW)
    assert progress(api, lead, run.pk)[0] == "running"

    now = datetime.now(UTC)
    for _ in range(ImportWork.objects.get().max_attempts):
        assert work.claim(ImportWork, limit=1, lease=timedelta(minutes=1), now=now)
        now += timedelta(days=1)
        work.give_back_expired(ImportWork, now=now)
        now += timedelta(days=1)
    uploads.close_given_up(now=now)

    shown = api().signed_in_as(lead).get(f"/projects/p/imports/{run.pk}").json()
    assert (shown["state"], "died" in shown["failure"]) == ("failed", True)


def progress(api: Callable[[], ApiClient], lead: object, import_id: UUID) -> tuple[str, int, int]:
    """State, lines read and new samples, as the page gets them."""
    shown = api().signed_in_as(lead).get(f"/projects/p/imports/{import_id}").json()  # type: ignore[arg-type]  # a user
    return shown["state"], shown["row_count"], shown["new_count"]
