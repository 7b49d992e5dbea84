"""The ledger keeps what it was told, in lines that can be read back, also after a kill in the middle of one."""

from pathlib import Path

import pytest

from tests.training_bridge.trainer.mining.test_states import A, B, visit
from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.mining import ledger


def test_a_visit_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    written = [visit(A, B, None, frozenset("CD")), visit(B, B, question="other")]
    memory = ledger.Ledger(tmp_path)
    memory.append(written)
    memory.close()
    assert list(ledger.read(tmp_path)) == written
    assert [row.dead for row in written] == [False, True]


def test_a_visit_in_memory_knows_no_more_than_its_line(tmp_path: Path) -> None:
    """Else a resumed run would weigh questions by other rewards than one that was left alone."""
    exact = visit(A, B)
    uneven = type(exact)(**{**exact.__dict__, "rewards": (1 / 3, 2 / 3)})
    memory = ledger.Ledger(tmp_path)
    memory.append([uneven])
    memory.close()
    assert list(ledger.read(tmp_path)) == [uneven]
    assert uneven.rewards == (0.3333, 0.6667)


def test_another_process_goes_on_in_a_segment_of_its_own(tmp_path: Path) -> None:
    for _ in range(2):
        memory = ledger.Ledger(tmp_path)
        memory.append([visit(A)])
        memory.close()
    assert [file.name for file in sorted(tmp_path.iterdir())] == ["ledger-000001.jsonl", "ledger-000002.jsonl"]
    assert len(list(ledger.read(tmp_path))) == 2


def test_half_a_line_of_a_killed_process_is_dropped(tmp_path: Path) -> None:
    memory = ledger.Ledger(tmp_path)
    memory.append([visit(A), visit(B)])
    memory.close()
    file = tmp_path / "ledger-000001.jsonl"
    file.write_bytes(file.read_bytes()[:-30])
    ledger.Ledger(tmp_path).close()
    assert list(ledger.read(tmp_path)) == [visit(A)]


def test_a_line_that_contradicts_itself_names_its_place(tmp_path: Path) -> None:
    memory = ledger.Ledger(tmp_path)
    memory.append([visit(A)])
    memory.close()
    file = tmp_path / "ledger-000001.jsonl"
    file.write_text(file.read_text().replace('"n":1', '"n":2'))
    with pytest.raises(BadInput, match=r"ledger-000001\.jsonl:1: a visit needs as many rewards"):
        list(ledger.read(tmp_path))
