"""A reader of a run folder never sees half of anything."""

import json
from pathlib import Path

from training_bridge.trainer.contract.folder import Journal, RunFolder, Segments, replace_json


def events(root: Path) -> list[dict]:
    return [json.loads(line) for file in Segments.files(root, "events") for line in file.open()]


def test_events_are_numbered_on_over_processes_and_segments(tmp_path: Path) -> None:
    for _ in range(2):
        journal = Journal(RunFolder(tmp_path))
        journal.event("note", message="one")
        journal.event("note", message="two")
        journal.close()
    assert [event["n"] for event in events(tmp_path)] == [1, 2, 3, 4]
    assert len(Segments.files(tmp_path, "events")) == 2


def test_a_full_segment_is_closed_and_never_touched_again(tmp_path: Path) -> None:
    segments = Segments(tmp_path, "ledger", lines_each=2)
    for number in range(5):
        segments.append({"number": number})
    segments.close()
    sizes = [len(file.read_text().splitlines()) for file in Segments.files(tmp_path, "ledger")]
    assert sizes == [2, 2, 1]


def test_the_status_says_what_was_told_last_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    journal = Journal(RunFolder(tmp_path))
    journal.standing(state="running", stage="sft", step=3)
    journal.standing(at_once=False, step=4)
    status = json.loads((tmp_path / "status.json").read_text())
    assert (status["state"], status["stage"], status["step"]) == ("running", "sft", 3)
    journal.standing(step=5)
    assert json.loads((tmp_path / "status.json").read_text())["step"] == 5
    assert [path.name for path in tmp_path.iterdir()] == ["status.json"]


def test_cancel_is_asked_for_by_a_file(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    assert not folder.cancel_wanted()
    (tmp_path / "control.json").write_text('{"canc')
    assert not folder.cancel_wanted()
    replace_json(tmp_path / "control.json", {"cancel": True})
    assert folder.cancel_wanted()
