"""What hard-case mining costs beside plain TRL GRPO: the share of a step that sampler, ledger and states add.

`--size N` questions in the pool. Runs in the trainer's environment: the tiny model, 64 answers of 32 tokens a step,
blocks of steps with and without mining in turns, learning rate zero, so that both sides do the same work
(training_bridge/trainer/measure/overhead.py). `hcm.overhead_share` is the difference of CPU time; wall time, which says
more about a machine's other work, stands beside it. `hcm.mining_share` is the time spent in our own lines alone.
"""

from __future__ import annotations

import json
import os
import subprocess

from benchmarks._figures import ROOT, Figures, arguments
from config.launcher import environment


def main() -> None:
    asked = arguments(__doc__ or "", size=2000)
    figures = Figures("hcm", write=asked.write)
    python = environment.ensure_trainer()
    command = [python, "-m", "training_bridge.trainer", "--threads", "1", "overhead", "--questions", str(asked.size)]
    environ = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, cwd=ROOT, env=environ, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(ran.stdout.splitlines()[-1])
    step = {kind: round(found[f"plain_{kind}_s"], 4) for kind in ("cpu", "wall")}
    for figure, kind in (("hcm.overhead_share", "cpu"), ("hcm.overhead_share_wall", "wall")):
        low, high = round(found[f"{kind}_share_low"], 4), round(found[f"{kind}_share_high"], 4)
        share = round(found[f"{kind}_share"], 4)
        figures.add(figure, share, "share", low=low, high=high, plain_step_s=step[kind], size=asked.size)
    figures.add("hcm.mining_share", found["split"]["mining"], "share", size=asked.size)
    figures.close()


if __name__ == "__main__":
    main()
