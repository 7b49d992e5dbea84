"""The eye is shown what the model will be shown, and learns a mark anywhere in a picture from its name."""

from __future__ import annotations

import numpy as np
import torch
from PIL import Image

from training_bridge.trainer.model import tiny
from training_bridge.trainer.model.shape import Shape
from training_bridge.trainer.stages.look import Eye, as_seen

SHAPE = Shape(side=32, patch=8, merge=4, hidden=32, vision_hidden=32, text_layers=1, vision_layers=1, heads=2)


def test_the_eye_is_shown_what_the_processor_would_show() -> None:
    _, processor = tiny.build(["user A: ok."], SHAPE, seed=1)
    pixels = np.random.default_rng(1).integers(0, 255, (32, 32, 3), dtype=np.uint8)

    shown = processor.image_processor([[Image.fromarray(pixels)]], return_tensors="pt")["pixel_values"][0, 0]

    assert torch.allclose(as_seen(processor.image_processor)(pixels), shown, atol=1e-6)


def marked(count: int, *, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Noise; half of the pictures have a bright patch somewhere. Labels: the patch, and what nobody can see."""
    draw = np.random.default_rng(seed)
    pictures = draw.normal(0, 0.3, (count, 3, 32, 32)).astype(np.float32)
    labels = np.stack([np.arange(count) % 2, draw.integers(0, 2, count)], axis=1).astype(np.float32)
    for place in np.flatnonzero(labels[:, 0]):
        x, y = draw.integers(0, 4, 2) * 8
        pictures[place, :, y : y + 8, x : x + 8] += 1.5
    return torch.from_numpy(pictures), torch.from_numpy(labels)


def test_a_mark_is_learnt_wherever_it_lies_and_what_cannot_be_seen_is_not() -> None:
    torch.manual_seed(1)
    model, _ = tiny.build(["user A: ok."], SHAPE, seed=1)
    eye = Eye(model.model.vision_model, SHAPE.vision_hidden, 2)
    rate = torch.optim.AdamW(eye.parameters(), lr=2e-3)
    pictures, labels = marked(512, seed=2)
    for step in range(80):
        part = slice(step % 8 * 64, step % 8 * 64 + 64)
        rate.zero_grad()
        eye(pictures[part], labels[part])["loss"].backward()
        rate.step()

    fresh, truth = marked(256, seed=3)
    with torch.no_grad():
        right = ((eye(fresh, truth)["logits"] > 0) == (truth > 0)).float().mean(dim=0)

    assert right[0] > 0.9
    assert right[1] < 0.7
