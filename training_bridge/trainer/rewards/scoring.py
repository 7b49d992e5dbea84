"""What every answer of a group earns, with all parts told apart: variant, reading of "dynamic", gate, terms.

Belongs here: putting dpa.py, dynamic.py and terms.py together as a recipe's settings say. Pure.
Does not: reading completions, TRL's calling convention, the ledger (stages/rollouts.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from training_bridge.trainer.rewards import dpa, dynamic, terms
from training_bridge.trainer.rewards.terms import Box

TERMS = ("consistency", "grounding", "length")


@dataclass(frozen=True)
class Rewarding:
    """A recipe's part `rewards`. Everything beside the gate is off by default, and everything is ours.

    `penalty` is α of the variant `penalised`. `schedule_start` and `schedule_end` are shares of the stage's steps.
    `consistency`, `grounding` and `length` are weights of the terms; `shortest` and `longest` bound `length` in tokens.
    """

    dynamic: str = "size"
    penalty: float = 0.5
    schedule_start: float = 0.3
    schedule_end: float = 0.9
    gate: bool = True
    consistency: float = 0.0
    grounding: float = 0.0
    length: float = 0.0
    shortest: int = 16
    longest: int = 256


@dataclass(frozen=True)
class Answer:
    """One completion as it was read: slots picked and letters given (`None`: unreadable), its rationale, its length."""

    picked: frozenset[str] | None
    letters: frozenset[str] | None
    well_formed: bool
    think: str
    tokens: int


@dataclass(frozen=True)
class Key:
    """What an answer is held against. `marked`: boxes by letter; `words`: what a verdict may say beside `fine`.

    `aspect_weight` acts in the reading `aspect` only.
    """

    gold: frozenset[str]
    options: frozenset[str]
    unsure: frozenset[str] = frozenset()
    marked: Mapping[str, Sequence[Box]] = field(default_factory=dict)
    aspect_weight: float = 1.0
    words: frozenset[str] = frozenset()
    fine: str = "ok"


@dataclass(frozen=True)
class Earned:
    """`total` is what the trainer gets; `parts` are the accuracy before gate and weights, and the terms."""

    total: float | None
    parts: Mapping[str, float | None]


def of_group(
    answers: Sequence[Answer], key: Key, *, variant: str, settings: Rewarding, step: int = 0, steps: int = 0
) -> list[Earned]:
    """What each answer to one question earns. `step` of `steps` moves the reading `schedule`."""
    accuracy = [_accuracy(answer, key, variant, settings) for answer in answers]
    exact = [answer.picked == key.gold for answer in answers]
    if settings.dynamic == "group":
        accuracy = dynamic.of_group(accuracy, exact)
    elif settings.dynamic == "schedule":
        share = dynamic.exactness(step, steps, start=settings.schedule_start, end=settings.schedule_end)
        accuracy = [
            None if value is None else dynamic.scheduled(value, float(right), share)
            for value, right in zip(accuracy, exact, strict=True)
        ]
    elif settings.dynamic == "aspect":
        accuracy = [None if value is None else value * key.aspect_weight for value in accuracy]
    return [_earned(answer, key, value, settings) for answer, value in zip(answers, accuracy, strict=True)]


def set_reward(variant: str, settings: Rewarding) -> dpa.Reward:
    """The variant as a function of sets, in the credit unit that the reading asks for.

    `matrix` without unsure cells is the share of options judged right, also where the gold set is empty.
    """
    if variant == dpa.MATRIX:
        return lambda picked, gold, options: 1 - len(picked ^ gold) / options
    reward = dpa.penalised(settings.penalty) if variant == "penalised" else dpa.VARIANTS[variant]
    return dpa.of_unit(reward, "options" if settings.dynamic == "none" else "gold")


def _accuracy(answer: Answer, key: Key, variant: str, settings: Rewarding) -> float | None:
    if variant != dpa.MATRIX:
        return dpa.worth(set_reward(variant, settings), answer.picked, key.gold, key.options)
    if answer.picked is None:
        return 0.0
    judged = key.options - key.unsure
    return dpa.matrix(
        {(slot, ""): slot in answer.picked for slot in judged}, {(slot, ""): slot in key.gold for slot in judged}
    )


def _earned(answer: Answer, key: Key, accuracy: float | None, settings: Rewarding) -> Earned:
    parts: dict[str, float | None] = {
        "accuracy": accuracy,
        "format": float(answer.well_formed),
        "consistency": terms.consistency(answer.think, answer.letters, key.words, key.fine),
        "grounding": terms.grounding(terms.boxes(answer.think), key.marked),
        "length": terms.length(answer.tokens, shortest=settings.shortest, longest=settings.longest),
    }
    if accuracy is None:
        return Earned(None, parts)
    total = accuracy + sum(getattr(settings, term) * (parts[term] or 0.0) for term in TERMS)
    return Earned(dpa.gated(total, well_formed=answer.well_formed or not settings.gate), parts)
