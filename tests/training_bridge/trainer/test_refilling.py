"""A batch whose dead groups are replaced keeps TRL's layout, in one process and over several."""

import math
import threading
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from training_bridge.trainer import refilling

SIZE = 2


def batch(rows: list[int], *, prompt: int, answer: int) -> dict[str, Any]:
    """Rows filled with the number of their group; one picture of one patch row a sample."""
    column = torch.tensor(rows).unsqueeze(1)
    return {
        "prompt_ids": column.repeat(1, prompt),
        "prompt_mask": torch.ones(len(rows), prompt, dtype=torch.long),
        "completion_ids": column.repeat(1, answer),
        "completion_mask": torch.ones(len(rows), answer, dtype=torch.long),
        "advantages": torch.tensor(rows, dtype=torch.float),
        "num_items_in_batch": torch.tensor(len(rows) * answer),
        "pixel_values": torch.tensor(rows, dtype=torch.float).reshape(-1, 1),
        "image_grid_thw": torch.ones(len(rows), 3, dtype=torch.long),
        "num_images": [1] * len(rows),
        "mm_token_type_ids": torch.cat([torch.ones(len(rows), prompt), torch.zeros(len(rows), answer)], dim=1),
    }


def groups(*numbers: int) -> list[int]:
    return [number for number in numbers for _ in range(SIZE)]


def replaced(
    made: list[dict[str, Any]], fresh: list[dict[str, Any]], dead: list[int], live: list[int]
) -> list[dict[str, Any]]:
    """As so many processes do it together: what they hand over is gathered in their order."""
    held, each = len(made[0]["prompt_ids"]), len(fresh[0]["prompt_ids"])
    chosen = refilling.pairs(dead, live, size=SIZE, held=held, fresh=each)
    wanted = refilling.moves(chosen, size=SIZE, held=held, fresh=each)
    sent: list[list[Any]] = [[] for _ in made]
    found: list[Any] = [None for _ in made]
    together = threading.Barrier(len(made))

    def of(process: int) -> None:
        def gather(own: list[Any]) -> list[Any]:
            sent[process] = own
            together.wait(10)
            return [one for each in sent for one in each]

        found[process] = refilling.replaced(
            made[process], fresh[process], wanted, process=process, pad=0, gather=gather
        )

    threads = [threading.Thread(target=of, args=(process,)) for process in range(len(made))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return found


def test_dead_groups_are_replaced_in_their_places_and_padded_as_trl_pads() -> None:
    made, fresh = batch(groups(1, 2, 3), prompt=3, answer=2), batch(groups(8, 9), prompt=4, answer=4)
    (found,) = replaced([made], [fresh], dead=[0, 2], live=[1])
    assert found["advantages"].tolist() == [9, 9, 2, 2, 3, 3]
    assert found["pixel_values"].flatten().tolist() == [9, 9, 2, 2, 3, 3]
    assert found["num_images"] == [1] * 6
    assert found["prompt_ids"][:, 0].tolist() == [9, 9, 0, 0, 0, 0]
    assert found["completion_ids"][:, -1].tolist() == [9, 9, 0, 0, 0, 0]
    assert found["prompt_mask"].sum(dim=1).tolist() == [4, 4, 3, 3, 3, 3]
    # One for every prompt token, none for padding or answers, in both widths.
    assert found["mm_token_type_ids"].sum(dim=1).tolist() == [4, 4, 3, 3, 3, 3]
    assert found["mm_token_type_ids"].shape == (6, 8)


def test_nothing_changes_where_no_replacement_lives() -> None:
    made = batch(groups(1, 2), prompt=3, answer=2)
    (found,) = replaced([made], [batch(groups(8), prompt=3, answer=2)], dead=[0], live=[])
    assert found is made


def test_rows_go_to_the_process_in_which_they_are_missing() -> None:
    """Three groups on two processes, the middle one on both; the first and the middle one are dead."""
    made = [batch([1, 1, 2], prompt=3, answer=2), batch([2, 3, 3], prompt=2, answer=2)]
    fresh = [batch(groups(7), prompt=2, answer=1), batch(groups(8), prompt=4, answer=3)]
    first, second = replaced(made, fresh, dead=[0, 1], live=[0, 1])
    assert first["advantages"].tolist() == [7, 7, 8]
    assert second["advantages"].tolist() == [8, 3, 3]
    assert first["pixel_values"].flatten().tolist() == [7, 7, 8]
    assert first["prompt_ids"].tolist() == [[0, 0, 7, 7], [0, 0, 7, 7], [8, 8, 8, 8]]
    assert second["completion_ids"].tolist() == [[8, 8, 8], [3, 3, 0], [3, 3, 0]]


def test_a_group_that_lies_in_the_right_process_is_not_sent() -> None:
    assert refilling.pairs([1, 2], [0, 3], size=2, held=4, fresh=4) == [(1, 0), (2, 3)]
    assert refilling.pairs([2, 3], [0, 3], size=2, held=4, fresh=4) == [(2, 3), (3, 0)]


def test_a_picture_is_sent_once_a_group() -> None:
    fresh = batch(groups(8, 9), prompt=2, answer=1)
    handed: list[Any] = []

    def gather(own: list[Any]) -> list[Any]:
        handed.extend(own)
        return own

    wanted = refilling.moves([(2, 0), (3, 1)], size=2, held=4, fresh=4)
    refilling.replaced(batch(groups(1, 2), prompt=2, answer=1), fresh, wanted, process=0, pad=0, gather=gather)
    pictures = [row["pixel_values"] for _, row in handed]
    assert len(pictures) == 4
    assert len({id(each) for each in pictures}) == 2


@pytest.mark.parametrize(("size", "processes", "least"), [(8, 1, 1), (8, 2, 1), (4, 3, 3), (8, 16, 2), (6, 4, 2)])
def test_processes_share_replacements_evenly(size: int, processes: int, least: int) -> None:
    assert refilling.unit(size, processes) == least
    assert least * size % processes == 0


@given(st.data())
def test_every_dead_group_is_replaced_once_while_there_are_live_ones(data: st.DataObject) -> None:
    size, processes = data.draw(st.integers(2, 5)), data.draw(st.integers(1, 4))
    unit = refilling.unit(size, processes)
    count, asked = unit * data.draw(st.integers(1, 4)), unit * data.draw(st.integers(1, 3))
    held, fresh = count * size // processes, asked * size // processes
    dead = sorted(data.draw(st.sets(st.integers(0, count - 1), min_size=1)))
    live = sorted(data.draw(st.sets(st.integers(0, asked - 1))))
    chosen = refilling.pairs(dead, live, size=size, held=held, fresh=fresh)
    assert len({to for to, _ in chosen}) == len({which for _, which in chosen}) == min(len(dead), len(live))
    found = refilling.moves(chosen, size=size, held=held, fresh=fresh)
    assert len({(move.target, move.place) for move in found}) == size * len(chosen)
    assert all(move.place < held and move.row < fresh for move in found)
    assert all(max(move.source, move.target) < processes for move in found)
    assert math.gcd(size, processes) * unit == processes
