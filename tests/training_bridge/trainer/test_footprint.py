"""Memory by arithmetic, against numbers worked out by hand on a model of two layers."""

import pytest

from training_bridge.trainer import footprint
from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.footprint import Shape
from training_bridge.trainer.measure import memory

# Two layers of width 10 and inner width 30 that cache 4 numbers a token; one seeing layer of width 5 and 10.
SMALL = Shape(1000, 3, 2, 10, 30, 4, 1, 5, 10)


def test_learning_adds_twelve_bytes_to_a_weight_and_adapters_next_to_nothing() -> None:
    assert footprint.held(SMALL, rank=0, number=4) == 16_000
    assert footprint.held(SMALL, rank=8, number=2) == pytest.approx(2_300)


def test_a_pass_keeps_every_layer_or_with_checkpointing_their_inputs() -> None:
    asked = {"rows": 2, "pictures": 6, "words": 4, "number": 2}
    # Ten tokens, (8·10 + 4·30) a layer, two layers; 24 patches, 8·5 + 4·10, one layer.
    whole = footprint.learning(SMALL, **asked, checkpointing=False, vision=True)
    assert whole == 2 * (10 * 2 * 200 + 24 * 80) * 2
    # Two inputs of ten and one whole layer; one input of five and one whole layer.
    kept = footprint.learning(SMALL, **asked, checkpointing=True, vision=True)
    assert kept == 2 * (10 * (2 * 10 + 200) + 24 * (5 + 80)) * 2
    assert footprint.learning(SMALL, **asked, checkpointing=True, vision=False) == 2 * 10 * (2 * 10 + 200) * 2


def test_sampling_keeps_a_cache_and_the_widest_layer_over_all_prompts() -> None:
    # Cache: 10 tokens · 2 layers · 4. Widest: 10 · (4·10 + 2·30) for words and pictures, 24 · (4·5 + 2·10) for patches.
    found = footprint.answering(SMALL, rows=3, pictures=6, words=4, number=2)
    assert found == 3 * (80 + max(1000, 960)) * 2


def test_more_rows_need_more_and_a_side_must_fit_the_patches() -> None:
    one, two = (memory.need(memory.Trial("grpo", 0, False, rows, 280, 32), 200_000_000, 100) for rows in (1, 2))
    assert 16 * 200_000_000 < one < two
    with pytest.raises(BadInput, match="multiple of 28"):
        next(memory.compare(side=300, rows=1))
