"""The two reinforcement stages, by TRL's GRPOTrainer: `grpo` over all training questions, `hard` over mined ones.

Which questions come is the course's business (mining/course.py) and TRL's hooks are compat.py's. The drawn windows are
written to `mining/order.jsonl` as they are drawn, so that any other trainer can follow the same order.
"""

from collections.abc import Callable
from typing import Any

from datasets import Dataset
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments
from trl import GRPOConfig

from training_bridge.trainer import compat, launch, ranks
from training_bridge.trainer.contract.checkpoints import last_whole, mark_whole
from training_bridge.trainer.contract.folder import replace_text
from training_bridge.trainer.contract.reading import compact, read_lines
from training_bridge.trainer.contract.rows import QuestionRow
from training_bridge.trainer.mining import ledger
from training_bridge.trainer.mining.course import Course, Draw
from training_bridge.trainer.mining.guard import Guard
from training_bridge.trainer.model import policy
from training_bridge.trainer.stages import answers, mine
from training_bridge.trainer.stages.context import Context
from training_bridge.trainer.stages.curve import Curve
from training_bridge.trainer.stages.rollouts import Rollouts, Scorer


def grpo(context: Context) -> None:
    _reinforce(context, "grpo")


def hard(context: Context) -> None:
    _reinforce(context, "hard")
    mine.tell(context)


def _reinforce(context: Context, stage: str) -> None:
    plan, material = context.plan, context.material
    settings = getattr(plan, stage)
    model, processor = context.load(plan.before(stage))
    train = material.reinforced()
    material.load(train)
    told = list(ledger.read(context.folder.root))
    memory = mine.memory_of(context, oversampling=frozenset({"hard"}))
    memory.see(row for row in told if row.stage != stage)
    course = Course(
        Draw(
            mode=settings.mode,
            size=settings.questions,
            batches=settings.batches,
            seed=plan.seed,
            refresh=settings.refresh,
            exploration=settings.exploration,
            cap=settings.cap,
            quota=settings.quota,
        ),
        memory,
        aspects={row.question: row.aspect for row in train},
        tell=_teller(context, stage, settings.mode),
    )
    book = ledger.Ledger(context.folder.root) if ranks.first() else None
    rollouts = Rollouts(
        material=material,
        scorer=Scorer(material, plan, settings.reward),
        course=course,
        memory=memory,
        ledger=book,
        run=context.request.run,
        stage=stage,
        generations=settings.generations,
        told=[row for row in told if row.stage == stage],
    )
    trainer = compat.rollout_trainer(
        feed=rollouts,
        refill=settings.refill,
        finish=mark_whole,
        model=model,
        reward_funcs=_named(rollouts),
        args=_configuration(context, stage, settings, model, processor),
        train_dataset=_placeholders(settings.batches * settings.questions),
        processing_class=processor,
        peft_config=policy.adapter(plan.model),
    )
    if stage == "hard" and plan.guard.questions:
        trainer.add_callback(EasyGuard(context, course, trainer, processor))
    if plan.evaluate.every:
        trainer.add_callback(Curve(context, trainer, processor))
    place = last_whole(context.folder.unfinished(stage))
    if place is not None:
        trainer.restore(place)
    context.train(trainer, stage, rollouts.measure)
    rollouts.saved()
    if book is not None:
        book.close()
    context.save(stage, trainer.model, processor, trainer=trainer)


def _configuration(context: Context, stage: str, settings: Any, model: Any, processor: Any) -> GRPOConfig:
    return GRPOConfig(
        **context.arguments(stage, settings),
        per_device_train_batch_size=launch.rows_each(context.plan, stage),
        gradient_accumulation_steps=settings.accumulation,
        steps_per_generation=settings.reuse,
        num_iterations=settings.iterations,
        num_generations=settings.generations,
        max_completion_length=settings.tokens,
        temperature=settings.temperature,
        beta=settings.beta,
        epsilon_high=settings.clip_high or None,
        scale_rewards=settings.scale,
        loss_type=settings.loss,
        shuffle_dataset=False,
        # Rows are drawn when answers are sampled, so there is nothing that a resumed run would have to skip.
        ignore_data_skip=True,
        **policy.generation(context.plan.model, model, processor),
    )


def _placeholders(count: int) -> Dataset:
    """What TRL's loader reads; the real rows come from the course."""
    return Dataset.from_dict({"prompt": [[{"role": "user", "content": ""}]] * count})


def _named(rollouts: Rollouts) -> Callable[..., list[float | None]]:
    def proportional_accuracy(**given: Any) -> list[float | None]:
        return rollouts.reward(**{key: value for key, value in given.items() if key != "prompts"})

    return proportional_accuracy


def _teller(context: Context, stage: str, mode: str) -> Callable[[dict[str, Any]], None]:
    """Writes every window as it is drawn; what a killed run wrote from this window on is drawn again, and replaced."""
    name = "order" if stage == "hard" else f"order-{stage}"
    order, windows = context.folder.mining / f"{name}.jsonl", context.folder.mining / f"{name}-windows.jsonl"
    opened = False

    def tell(window: dict[str, Any]) -> None:
        nonlocal opened
        if not ranks.first() or (mode == "off" and stage != "hard"):
            return
        if not opened:
            for file in (order, windows):
                kept = [row.value for row in read_lines(file)] if file.exists() else []
                kept = [row for row in kept if row["window"] < window["window"]]
                replace_text(file, "".join(compact(row) + "\n" for row in kept))
            opened = True
        with order.open("a", encoding="utf-8") as out:
            out.writelines(
                compact({"question": name, "window": window["window"]}) + "\n" for name in window["questions"]
            )
        with windows.open("a", encoding="utf-8") as out:
            out.write(compact({key: value for key, value in window.items() if key != "questions"}) + "\n")

    return tell


class EasyGuard(TrainerCallback):
    """Asks the easy slice again every few steps and tells the course how much oversampling it may have."""

    def __init__(self, context: Context, course: Course, trainer: Any, processor: Any) -> None:
        self._context, self._course, self._trainer, self._processor = context, course, trainer, processor
        self._guard = Guard(context.plan.guard)
        self._slice: list[QuestionRow] = []

    def on_train_begin(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        """The slice: validation questions that the stage's first policy answers right. The same on every resume."""
        context, settings = self._context, self._context.plan.guard
        known = context.folder.mining / "easy-slice.json"
        if not known.exists() and ranks.first():
            model, processor = context.load_to_ask(context.plan.before("hard"))
            answers.write_easy_slice(context, model, processor, known, most=settings.questions)
        ranks.wait()
        self._slice = answers.read_easy_slice(context, known)

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        if not self._slice or state.global_step % self._context.plan.guard.every:
            return
        right = answers.share_right(self._context, self._trainer.model, self._processor, self._slice)
        before = self._course.oversampling
        self._course.oversampling = self._guard.share(right, before)
        if self._course.oversampling != before:
            self._course.draw_anew()
        self._context.journal.event(
            "guard",
            stage=self._context.stage,
            step=state.global_step,
            right=round(right, 4),
            oversampling=self._course.oversampling,
        )
