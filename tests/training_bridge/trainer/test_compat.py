"""What we lean on in TRL is checked at start, and a batch whose dead groups are replaced keeps TRL's layout."""

import pytest
import torch
from trl import GRPOTrainer

from training_bridge.trainer import compat
from training_bridge.trainer.errors import Incompatible


def test_the_installed_trl_is_the_one_that_was_read() -> None:
    compat.check()


def test_a_hook_that_is_gone_or_takes_other_arguments_is_named() -> None:
    class Gone:
        pass

    class Moved(GRPOTrainer):
        def _generate_and_score_completions(self, inputs: list, step: int) -> dict:  # type: ignore[override]
            return {}

    with pytest.raises(Incompatible, match=r"_calculate_rewards is gone; install requirements/trainer.txt"):
        compat.check_hooks(Gone)
    with pytest.raises(Incompatible, match=r"_generate_and_score_completions takes \('inputs', 'step'\)"):
        compat.check_hooks(Moved)


def test_a_trainer_that_buffers_elsewhere_is_refused() -> None:
    class Elsewhere(GRPOTrainer):
        def _prepare_inputs(self, generation_batch: dict) -> dict:
            return generation_batch

    with pytest.raises(Incompatible, match="no longer buffers its rollouts in _step, _buffered_inputs"):
        compat.check_hooks(Elsewhere)


def batch(groups: list[int], *, prompt: int, answer: int) -> dict[str, object]:
    """Groups of two rows, filled with the group's number; one picture of one patch row a sample."""
    rows = [group for group in groups for _ in range(2)]
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


def test_dead_groups_are_replaced_in_their_places_and_padded_as_trl_pads() -> None:
    made, fresh = batch([1, 2, 3], prompt=3, answer=2), batch([8, 9], prompt=4, answer=4)
    found = compat.merged(made, fresh, dead=[0, 2], live=[1], size=2, pad=0)
    assert found["advantages"].tolist() == [9, 9, 2, 2, 3, 3]
    assert found["pixel_values"].flatten().tolist() == [9, 9, 2, 2, 3, 3]
    assert found["num_images"] == [1] * 6
    assert found["prompt_ids"][:, 0].tolist() == [9, 9, 0, 0, 0, 0]
    assert found["completion_ids"][:, -1].tolist() == [9, 9, 0, 0, 0, 0]
    assert found["prompt_mask"].sum(dim=1).tolist() == [4, 4, 3, 3, 3, 3]
    assert int(found["num_items_in_batch"]) == 2 * 4 + 4 * 2
    # One for every prompt token, none for padding or answers, in both widths.
    assert found["mm_token_type_ids"].sum(dim=1).tolist() == [4, 4, 3, 3, 3, 3]
    assert found["mm_token_type_ids"].shape == (6, 8)


def test_nothing_changes_where_no_replacement_lives() -> None:
    made = batch([1, 2], prompt=3, answer=2)
    assert compat.merged(made, batch([8], prompt=3, answer=2), dead=[0], live=[], size=2, pad=0) is made
