"""A judge's latest measurement stands beside its verdicts; a judge without one is shown as unmeasured."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.choices import Role
from config.base.errors import InvalidInput
from cot_generation.choices import Probe, Way
from cot_generation.models import Endpoint, JudgeMeasurement, Rationale
from cot_generation.services import judging
from tests.cot_generation.conftest import World
from tests.cot_generation.services.test_probing import look, says, written
from tests.fakes.endpoint import FaultyEndpoint
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db(transaction=True)


def record(**changes: Any) -> bytes:
    share = {"value": 0.7, "low": 0.65, "high": 0.75, "of": 400}
    figures = {
        "model": "test-model",
        "measured_at": "2026-11-26T10:00:00+00:00",
        "recall": share,
        "false_alarms": {"value": 0.04, "low": 0.02, "high": 0.08, "of": 200},
        "by_kind": {"clears a defect": share},
        "biases": [{"name": "fault_last", "value": -0.3, "low": -0.4, "high": -0.2}],
        "questions": 200,
    }
    return json.dumps({**figures, **changes}).encode()


def test_a_judge_is_shown_as_unmeasured_until_it_is_measured_and_by_its_latest_figures_then(
    make_world: Callable[..., World],
    make_endpoint: Callable[..., Endpoint],
    provider: FaultyEndpoint,
    work_off: Callable[..., int],
    api: Callable[[], ApiClient],
) -> None:
    world = make_world(samples=1)
    run = written(world, make_endpoint(world), provider, work_off, way=Way.AUTOMATED)
    provider.usual = says({"reason": "", "sound": True})
    reviewer = api().signed_in_as(world.member(Role.REVIEWER))
    text = f"/projects/{world.project.slug}/rationales/{Rationale.objects.get().pk}"
    assert reviewer.get(text).json()["judge"] is None, "nobody has judged it"

    check = look(run, Probe.JUDGE)
    work_off(rounds=2)
    page = f"/projects/{world.project.slug}/rationale-runs/{check.pk}"
    unmeasured = {"model": "test-model", "figures": None, "measured_at": None}
    assert [reviewer.get(each).json()["judge"] for each in (text, page)] == [unmeasured] * 2

    judging.record(project_id=world.project.pk, content=record(measured_at="2026-11-26T09:00:00+00:00"))
    latest = {"value": 0.9, "low": 0.85, "high": 0.94, "of": 400}
    judging.record(project_id=world.project.pk, content=record(recall=latest))
    judging.record(project_id=world.project.pk, content=record(model="another", measured_at="2026-11-27T09:00:00Z"))

    found = reviewer.get(text).json()["judge"]
    assert (found["figures"]["recall"], found["measured_at"]) == (latest, "2026-11-26T10:00:00Z")
    assert found["figures"]["biases"][0]["name"] == "fault_last"
    assert reviewer.get(page).json()["judge"] == found


def test_the_same_measurement_twice_is_one(make_world: Callable[..., World]) -> None:
    project_id = make_world(samples=1).project.pk

    judging.record(project_id=project_id, content=record())
    judging.record(project_id=project_id, content=record())

    assert JudgeMeasurement.objects.count() == 1


@pytest.mark.parametrize(
    "content", [b"not JSON", b"{}", record(model=""), record(measured_at="2026-11-26T10:00:00"), record(recall=0.7)]
)
def test_what_is_no_measurement_is_refused(make_world: Callable[..., World], content: bytes) -> None:
    with pytest.raises(InvalidInput):
        judging.record(project_id=make_world(samples=1).project.pk, content=content)

    assert not JudgeMeasurement.objects.exists()


def test_the_command_keeps_a_file_and_says_what_it_holds(
    make_world: Callable[..., World], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world, file = make_world(samples=1), tmp_path / "judge.json"
    file.write_bytes(record())

    call_command("record_judge", str(file), project=world.project.slug)

    assert "test-model finds 70% of planted faults (65%-75%)" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("record_judge", str(tmp_path / "missing.json"), project=world.project.slug)
