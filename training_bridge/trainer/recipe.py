"""A whole run: stages one after another, each finished one remembered, so that a killed run goes on where it stood.

Belongs here: the order of stages, resuming, progress over the run, how a run ends. Does not: what a stage does
(stages/).
"""

import fcntl
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from training_bridge.trainer import compat, console, launch, plan, ranks
from training_bridge.trainer.contract.folder import Journal, RunFolder, now, replace_json
from training_bridge.trainer.contract.reading import read_object
from training_bridge.trainer.contract.rows import RunRequest
from training_bridge.trainer.errors import BadInput, BadRecipe, Cancelled, DiskFull, Interrupted, TrainerError, full
from training_bridge.trainer.plan import FIXED_COST, STEP_COST, Plan

GIVEN_UP = ("failed", "cancelled", "interrupted")


class Run:
    """One run folder, from its first stage or from the first that is not finished."""

    def __init__(self, folder: RunFolder, request: RunRequest, made: Plan, journal: Journal) -> None:
        from training_bridge.trainer.stages.context import Context

        self._folder, self._plan, self._journal = folder, made, journal
        self._context = Context(folder, request, made, journal)
        costs = [STEP_COST.get(stage, 0.0) * made.steps(stage) + FIXED_COST.get(stage, 0.0) for stage in made.stages]
        self._shares = [cost / sum(costs) for cost in costs]

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        self._context.interrupted = True

    def stages(self, names: tuple[str, ...]) -> None:
        # Nobody may read how an earlier attempt ended and take it for this one.
        ranks.wait()
        for stage in names:
            if not finished(self._folder, stage):
                self._stage(stage)

    def _stage(self, stage: str) -> None:
        number, count = self._plan.stages.index(stage) + 1, len(self._plan.stages)
        before = sum(self._shares[: number - 1])
        self._context.stop_if_wanted()
        self._context.stage = stage
        steps = self._plan.steps(stage)
        self._journal.event("stage_begin", stage=stage, number=number, count=count, steps=steps)
        self._journal.standing(
            stage=stage,
            stage_number=number,
            stage_count=count,
            step=0,
            steps=steps,
            progress=round(before, 4),
            message="",
        )

        def on_step(step: int, total: int) -> None:
            done = before + self._shares[number - 1] * (step / total if total else 0.0)
            self._journal.standing(at_once=False, step=step, steps=total, progress=round(done, 4), message="")

        self._context.on_step = on_step
        began = time.monotonic()
        _work(stage)(self._context)
        self._look(stage)
        if not ranks.first():
            self._wait_for(stage)
            return
        seconds = round(time.monotonic() - began, 1)
        replace_json(self._folder.root / "stages" / f"{stage}.json", {"stage": stage, "seconds": seconds, "at": now()})
        # What only a killed stage would have needed is in the way now, and large.
        shutil.rmtree(self._folder.unfinished(stage), ignore_errors=True)
        self._journal.event("stage_end", stage=stage, number=number, count=count, seconds=seconds)
        self._journal.standing(progress=round(before + self._shares[number - 1], 4))

    def _wait_for(self, stage: str) -> None:
        """Until the first process has finished a stage: by its file, as it may write longer than a barrier waits."""
        while not finished(self._folder, stage):
            self._context.stop_if_wanted()
            if self._folder.status.exists() and read_object(self._folder.status).text("state", "") in GIVEN_UP:
                raise Interrupted
            time.sleep(0.2)

    def _look(self, stage: str) -> None:
        if stage in ("sft", "grpo", "hard") and self._plan.evaluate.validation:
            from training_bridge.trainer.stages import evaluate

            evaluate.quick(self._context, stage, *self._context.load_to_ask(stage))


def finished(folder: RunFolder, stage: str) -> bool:
    return (folder.root / "stages" / f"{stage}.json").exists()


def newest(folder: RunFolder, made: Plan) -> str:
    """The last stage of the plan that has left a checkpoint."""
    left = [stage for stage in made.stages if (folder.checkpoints / stage / "config.json").exists()]
    if not left:
        raise BadInput(f"{folder.root} holds no checkpoint yet; run a stage that learns first.")
    return left[-1]


def prepare(folder: RunFolder, *, only: str | None, smoke: bool, resume: bool) -> tuple[RunRequest, Plan]:
    """The plan of this folder: made and frozen on the first start, the same again on every later one."""
    request = folder.request()
    made = plan.of(request, smoke=smoke or request.smoke)
    if only is not None and only not in made.stages:
        raise BadRecipe(f"Recipe {made.recipe} has no stage {only}; it has {', '.join(made.stages)}.")
    launch.check(made, folder, stages=(only,) if only else made.stages)
    if not ranks.first():
        return request, made
    frozen = {"schema": 1, **made.as_json(), "packages": compat.versions(), "release": request.release_hash}
    if folder.plan.exists():
        if not resume:
            raise BadInput(f"{folder.root} holds a run that was started before; add --resume to go on with it.")
        begun = {key: value for key, value in read_object(folder.plan).value.items() if key != "packages"}
        wanted = {key: value for key, value in frozen.items() if key != "packages"}
        different = sorted(
            key for key in begun.keys() | wanted.keys() if _plain(begun.get(key)) != _plain(wanted.get(key))
        )
        if different:
            raise BadRecipe(
                f"This run was started with another {', '.join(different)}; start a new run folder to change that."
            )
    else:
        replace_json(folder.plan, frozen)
    return request, made


def run(folder: RunFolder, *, only: str | None, smoke: bool, resume: bool) -> str:
    """Run the recipe, or `only` one stage of it. Returns how it ended: done, cancelled or interrupted."""
    with _alone(folder):
        if folder.plan.exists():
            # Whoever is refused here leaves what an earlier start has told as it is.
            prepare(folder, only=only, smoke=smoke, resume=resume)
        return _told(folder, only=only, smoke=smoke, resume=resume)


def _aside(line: str) -> None:
    """Beside the results, which go to stdout."""
    print(line, file=sys.stderr, flush=True)


def _told(folder: RunFolder, *, only: str | None, smoke: bool, resume: bool) -> str:
    """Do it, and write down how it ended, whatever happens."""
    journal = Journal(folder, silent=not ranks.first(), tell=console.Console(_aside))
    began = time.monotonic()
    ended, failure = "failed", None
    try:
        request, made = prepare(folder, only=only, smoke=smoke, resume=resume)
        compat.check()
        journal.event(
            "run_begin",
            recipe=made.recipe,
            smoke=made.smoke,
            seed=made.seed,
            stages=list(made.stages),
            processes=ranks.count(),
            resumed=resume,
        )
        journal.standing(state="running", failure=None, message="reading the release")
        work = Run(folder, request, made, journal)
        with _stop_signals(work.interrupt):
            work.stages((only,) if only else made.stages)
        ended = "done"
    except Cancelled:
        ended = "cancelled"
    except (Interrupted, KeyboardInterrupt):
        ended = "interrupted"
    except TrainerError as error:
        failure = {"code": error.code, "message": str(error)}
        raise
    except Exception as error:
        if not full(error):
            failure = {"code": "crashed", "message": f"{type(error).__name__}: {error}"}
            raise
        refusal = DiskFull(f"The disk that holds {folder.root} is full; make room and go on with --resume.")
        failure = {"code": refusal.code, "message": str(refusal)}
        raise refusal from error
    except BaseException as error:
        failure = {"code": "crashed", "message": f"{type(error).__name__}: {error}"}
        raise
    finally:
        more: dict[str, Any] = {"failure": failure} if failure else {}
        journal.event("run_end", state=ended, seconds=round(time.monotonic() - began, 1), **more)
        progress = {"progress": 1.0} if ended == "done" and only is None else {}
        journal.standing(
            state=ended, failure=failure, resumable=ended != "done", message=_closing(ended, failure), **progress
        )
        journal.close()
    return ended


@contextmanager
def _alone(folder: RunFolder) -> Iterator[None]:
    """Keep other starts out of the folder while this one lives: two would write over each other."""
    if not ranks.first():
        yield
        return
    with (folder.root / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadInput(
                f"Another process trains in {folder.root} now; wait until it has ended, or stop it there."
            ) from None
        yield


class _stop_signals:  # noqa: N801 - reads as a statement where it is used
    """SIGTERM and Ctrl-C set a flag while the run works, so that it saves before it ends."""

    def __init__(self, handler: Callable[[int, FrameType | None], None]) -> None:
        self._handler, self._before = handler, {}

    def __enter__(self) -> None:
        self._before = {number: signal.signal(number, self._handler) for number in (signal.SIGTERM, signal.SIGINT)}

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)


def _work(stage: str) -> Callable[[Any], None]:
    from training_bridge.trainer.stages import evaluate, grpo, look, mine, supervised

    return {
        "look": look.look,
        "pretrain": supervised.pretrain,
        "sft": supervised.sft,
        "grpo": grpo.grpo,
        "mine": mine.mine,
        "hard": grpo.hard,
        "evaluate": evaluate.evaluate,
    }[stage]


def _plain(value: Any) -> Any:
    """Tuples as JSON gives them back."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def _closing(ended: str, failure: dict[str, str] | None) -> str:
    if failure:
        return failure["message"]
    return {"done": "", "cancelled": "Cancelled.", "interrupted": "Stopped; resume to go on."}[ended]
