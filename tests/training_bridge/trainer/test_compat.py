"""What we lean on in TRL is checked at start."""

import pytest
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
