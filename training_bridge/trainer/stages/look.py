"""`look`: the eye learns first. One candidate of a drawn scene at a time: which defects does it show?

The picture half of a model that starts from nothing is trained alone, under a head that is thrown away afterwards. A
patch speaks for each aspect, and the loudest one decides for the picture (log-sum-exp over patches: Pinheiro and
Collobert, CVPR 2015), so that a defect may be small and need not be marked. Learning the same by describing it in words
took the better part of the run and was not done by its end (docs/experiments/tiny-cpu.md).

Together with `pretrain` this stands for what a model from a hub already knows; a recipe with such a model leaves both
out.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits
from torch.utils.data import Dataset
from transformers import Trainer, TrainingArguments

from training_bridge.trainer import launch, prompts
from training_bridge.trainer.contract.rows import PoolRow
from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.model import tiny
from training_bridge.trainer.pictures import Pictures
from training_bridge.trainer.stages.context import Context

# Before anything is learnt no patch speaks: with some 64 of them, exp(-6) each is a defect in one picture of six.
SILENT = -6.0
DEFECT = ("minor", "major")


class Eye(nn.Module):
    """A vision tower and its throw-away head. Pictures (batch, 3, side, side) and labels (batch, aspects) in 0…1."""

    def __init__(self, tower: nn.Module, hidden: int, aspects: int) -> None:
        super().__init__()
        self.tower = tower
        self.head = nn.Linear(hidden, aspects)
        nn.init.constant_(self.head.bias, SILENT)

    def forward(self, pixel_values: torch.Tensor, labels: torch.Tensor) -> dict[str, torch.Tensor]:
        patches = self.tower(pixel_values=pixel_values).last_hidden_state
        logits = self.head(patches).logsumexp(dim=1)
        return {"loss": binary_cross_entropy_with_logits(logits, labels), "logits": logits}


class Candidates(Dataset[dict[str, Any]]):
    """Every candidate of every scene, with the aspects under which something was planted in it."""

    def __init__(self, scenes: Sequence[PoolRow], aspects: Sequence[str], pictures: Pictures, processor: Any) -> None:
        self._shown = [(scene, slot) for scene in scenes for slot in sorted(scene.candidates)]
        self._aspects, self._pictures, self._as_seen = aspects, pictures, as_seen(processor)

    def __len__(self) -> int:
        return len(self._shown)

    def __getitem__(self, place: int) -> dict[str, Any]:
        scene, slot = self._shown[place]
        planted = [float(scene.severity(slot, aspect) in DEFECT) for aspect in self._aspects]
        pixels = np.asarray(self._pictures.image(scene.candidates[slot]))
        return {"pixel_values": self._as_seen(pixels), "labels": torch.tensor(planted)}


def as_seen(processor: Any) -> Any:
    """What the processor makes of a picture of the right size, without its way through lists of lists."""
    mean, spread = (np.asarray(each, dtype=np.float32) for each in (processor.image_mean, processor.image_std))
    scale = np.float32(processor.rescale_factor)

    def seen(pixels: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(((pixels * scale - mean) / spread).astype(np.float32).transpose(2, 0, 1).copy())

    return seen


def look(context: Context) -> None:
    plan, material = context.plan, context.material
    scenes = material.pool()
    material.load([], scenes)
    told = (rationale.text for row in material.splits["train"] for rationale in row.rationales)
    model, processor = tiny.build(prompts.corpus(material.words, told), plan.shape, seed=plan.seed)
    aspects = sorted({aspect for scene in scenes for cells in scene.truth.values() for aspect in cells})
    if not aspects:
        raise BadInput("No scene of pool/pool.jsonl has a defect; draw the pool again.")
    parameters = sum(weight.numel() for weight in model.parameters())
    context.journal.note(
        f"{parameters / 1e6:.2f} million parameters, {len(scenes)} scenes, defects of {', '.join(aspects)}",
        parameters=parameters,
    )
    torch.manual_seed(plan.seed)
    eye = Eye(model.model.vision_model, plan.shape.vision_hidden, len(aspects))
    trainer = Trainer(
        model=eye,
        args=TrainingArguments(
            **context.arguments("look", plan.look),
            per_device_train_batch_size=launch.rows_each(plan, "look"),
            gradient_accumulation_steps=plan.look.accumulation,
        ),
        train_dataset=Candidates(scenes, aspects, material.pictures, processor.image_processor),
    )
    context.train(trainer, "look")
    context.save("look", model, processor)
