"""What a person reads who runs the trainer by hand: a line for whatever happens, steps not oftener than they can read.

Belongs here: an event of the run in words. Does not: the events themselves (contract/folder.py), results (cli.py).
"""

import os
import time
import warnings
from collections.abc import Callable, Mapping
from typing import Any

QUIET_SECONDS = 10.0
SHOWN = ("loss", "reward", "exact", "dead_share")


def hush() -> None:
    """No bars over the loading of weights, no notes to those who write libraries: they hide what a run says."""
    os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
    note = r"`(is_)?gradient_checkpointing(_\w+)?` is deprecated"
    warnings.filterwarnings("ignore", message=note, category=FutureWarning)


class Console:
    """Tells events to `write`. Of a stage's steps the first, the last, and one every ten seconds."""

    def __init__(self, write: Callable[[str], object], clock: Callable[[], float] = time.monotonic) -> None:
        self._write, self._clock = write, clock
        self._told_at = float("-inf")

    def __call__(self, event: Mapping[str, Any]) -> None:
        if event["kind"] == "step":
            last = event["step"] == event["steps"]
            if not last and self._clock() - self._told_at < QUIET_SECONDS:
                return
            self._told_at = self._clock()
        elif event["kind"] == "stage_begin":
            self._told_at = float("-inf")
        if line := said(event):
            self._write(line)


def said(event: Mapping[str, Any]) -> str:
    """One event in words; "" where the command's last line says it already."""
    kind, stage = event["kind"], event.get("stage")
    if kind == "run_begin":
        begins = "goes on" if event["resumed"] else "begins"
        together = f"{event['processes']} processes" if event["processes"] > 1 else "1 process"
        return f"{event['recipe']} {begins}, seed {event['seed']}, {together}: {', '.join(event['stages'])}"
    if kind == "stage_begin":
        steps = f", {event['steps']} steps" if event["steps"] else ""
        return f"{stage} begins, stage {event['number']} of {event['count']}{steps}"
    if kind == "stage_end":
        return f"{stage} is done after {event['seconds']:.0f} s"
    if kind == "step":
        measured = "  ".join(f"{name} {event[name]:.3f}" for name in SHOWN if event.get(name) is not None)
        return f"{stage} {event['step']}/{event['steps']}  {measured}"
    if kind == "evaluation":
        bounds = f"[{100 * event['low']:.1f}, {100 * event['high']:.1f}]"
        return (
            f"{stage}: {100 * event['exact']:.1f} % {bounds} exact on {event['questions']} {event['split']} questions"
        )
    if kind == "states":
        return f"{stage}: " + ", ".join(f"{count} {state}" for state, count in event["counts"].items() if count)
    if kind == "guard":
        return (
            f"{stage}: {100 * event['right']:.0f} % of the easy slice right, oversampling {event['oversampling']:.2f}"
        )
    if kind in ("alarm", "note"):
        return f"{kind}: {event['message']}"
    return ""
