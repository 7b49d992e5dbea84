"""A short real training on this machine: does it run, how fast, in how much memory, and where does the time go?

On a GPU: a model of Qwen2.5-VL's shape with half a billion parameters, random weights, bfloat16, five pictures of 512
pixels a prompt, through TRL and our mining. On a CPU: the tiny model, which proves the measuring and nothing about
GPUs.
"""

import time
from typing import Any

from training_bridge.trainer import prompts
from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.measure import overhead, stand
from training_bridge.trainer.model import policy, tiny
from training_bridge.trainer.model.shape import Shape


def check(*, on_cpu: bool, steps: int, blocks: int) -> dict[str, Any]:
    """Figures of a short training. Raises BadInput where there is no GPU and a CPU was not asked for."""
    import torch

    if not torch.cuda.is_available() and not on_cpu:
        raise BadInput("No GPU is visible to torch; look at nvidia-smi and CUDA_VISIBLE_DEVICES, or add --cpu.")
    on_gpu = torch.cuda.is_available() and not on_cpu
    side, tokens, more = (512, 128, {"bf16": True}) if on_gpu else (64, 16, {})
    began = time.monotonic()
    model, processor = _half_a_billion() if on_gpu else tiny.build(prompts.corpus(stand.ASPECTS, []), Shape(), seed=0)
    if on_gpu:
        torch.cuda.reset_peak_memory_stats()
    found = overhead.measured(
        model,
        processor,
        policy.unspeakable(model, processor),
        questions=2000,
        side=side,
        blocks=blocks,
        steps=steps,
        prompts=4,
        generations=8,
        tokens=tokens,
        **more,
    )
    return {
        "device": torch.cuda.get_device_name() if on_gpu else "CPU",
        "torch": torch.__version__,
        "parameters": sum(weight.numel() for weight in model.parameters()),
        "picture_side": side,
        "step_s": round(found["ours_wall_s"], 4),
        "tokens_per_s": round(found["tokens_per_step"] / found["ours_wall_s"], 1),
        "peak_memory_gib": round(torch.cuda.max_memory_allocated() / 2**30, 2) if on_gpu else None,
        "hcm_overhead": round(found["wall_share"], 4),
        "hcm_overhead_interval": [round(found["wall_share_low"], 4), round(found["wall_share_high"], 4)],
        "share_of_time": found["split"],
        "seconds": round(time.monotonic() - began, 1),
    }


def _half_a_billion() -> tuple[Any, Any]:
    """Qwen2.5-VL's shape at about 0.5 billion parameters, its tokenizer learnt from our own wording."""
    from training_bridge.trainer.model import families

    return families.build(
        "qwen2_5_vl",
        prompts.corpus(stand.ASPECTS, []),
        families.Size(hidden=1024, layers=24, vision_hidden=1024, vision_layers=16, heads=16, side=512, vocabulary=512),
        seed=0,
    )
