"""From a recipe and what a run overrides to the frozen plan of the run.

Belongs here: the settings of every stage with their types, the recipe files, and what is refused.
Does not: doing any of it (stages/).
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

import yaml

from training_bridge.trainer.contract.rows import RunRequest
from training_bridge.trainer.errors import BadRecipe
from training_bridge.trainer.mining.order import MODES
from training_bridge.trainer.mining.states import Thresholds
from training_bridge.trainer.mining.weights import Weighting
from training_bridge.trainer.model.shape import Shape
from training_bridge.trainer.prompts import TARGETS
from training_bridge.trainer.rewards.dpa import VARIANTS

STAGES = ("look", "pretrain", "sft", "grpo", "mine", "hard", "evaluate")


@dataclass(frozen=True)
class Wording:
    """How questions are put. `short` names the aspect alone; `full` gives the release's instruction."""

    prompt: str = "short"
    target: str = "compact"


@dataclass(frozen=True)
class Look:
    """One candidate a row."""

    steps: int = 150
    batch: int = 128
    learning_rate: float = 1e-3
    warmup: int = 20
    save_every: int = 50


@dataclass(frozen=True)
class Pretrain:
    """One whole scene a row."""

    steps: int = 400
    batch: int = 32
    learning_rate: float = 2e-3
    warmup: int = 20
    save_every: int = 100


@dataclass(frozen=True)
class Sft:
    """`without_rationale`: what a training question that has none gives: `answer` (a rule-made target) or `skip`."""

    steps: int = 200
    batch: int = 32
    learning_rate: float = 1e-3
    warmup: int = 10
    save_every: int = 100
    without_rationale: str = "answer"


@dataclass(frozen=True)
class Rollouts:
    """GRPO. `prompts` questions a step with `generations` answers each; `mode` says how questions are drawn."""

    steps: int = 50
    prompts: int = 8
    generations: int = 8
    learning_rate: float = 2e-4
    warmup: int = 5
    temperature: float = 1.0
    tokens: int = 40
    reward: str = "right_minus_wrong"
    beta: float = 0.0
    mode: str = "off"
    exploration: float = 0.3
    cap: int = 3
    save_every: int = 25


@dataclass(frozen=True)
class Mine:
    """A pass over `questions` training questions, `generations` sampled answers to each."""

    questions: int = 400
    generations: int = 4
    temperature: float = 1.0
    tokens: int = 40
    batch: int = 32


@dataclass(frozen=True)
class Evaluate:
    """`test`: how many test questions, 0 for all. `validation`: after each stage. `also`: earlier stages to measure."""

    test: int = 0
    validation: int = 200
    batch: int = 100
    tokens: int = 40
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Everything that decides what a run does."""

    recipe: str
    seed: int
    smoke: bool
    stages: tuple[str, ...] = STAGES
    shape: Shape = field(default_factory=Shape)
    wording: Wording = field(default_factory=Wording)
    look: Look = field(default_factory=Look)
    pretrain: Pretrain = field(default_factory=Pretrain)
    sft: Sft = field(default_factory=Sft)
    grpo: Rollouts = field(default_factory=Rollouts)
    mine: Mine = field(default_factory=Mine)
    hard: Rollouts = field(default_factory=lambda: Rollouts(mode="staged"))
    evaluate: Evaluate = field(default_factory=Evaluate)
    states: Thresholds = field(default_factory=Thresholds)
    weights: Weighting = field(default_factory=Weighting)

    def steps(self, stage: str) -> int:
        return int(getattr(getattr(self, stage), "steps", 0))

    def as_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


_PARTS = {f.name: f.default_factory for f in dataclasses.fields(Plan) if callable(f.default_factory)}
# What one unit of a stage costs beside one pretraining step; only for the progress bar.
STEP_COST = {"look": 1.0, "pretrain": 1.0, "sft": 0.8, "grpo": 4.0, "hard": 4.0}
FIXED_COST = {"mine": 60.0, "evaluate": 60.0}


def recipes() -> list[str]:
    files = resources.files("training_bridge.trainer").joinpath("recipes").iterdir()
    return sorted(file.name.removesuffix(".yaml") for file in files if file.name.endswith(".yaml"))


def of(request: RunRequest, *, smoke: bool) -> Plan:
    """The plan of a run: recipe, then its smoke settings if asked for, then the run's overrides."""
    if request.recipe not in recipes():
        raise BadRecipe(f"There is no recipe {request.recipe!r}; there is {', '.join(recipes())}.")
    text = resources.files("training_bridge.trainer").joinpath("recipes", f"{request.recipe}.yaml").read_text("utf-8")
    recipe = yaml.safe_load(text)
    small = recipe.pop("smoke", {})
    layers: list[Mapping[str, Any]] = [recipe, small if smoke else {}, request.overrides]
    values: dict[str, dict[str, Any]] = {}
    for layer in layers:
        for part, settings in layer.items():
            if part not in _PARTS:
                raise BadRecipe(f"The recipe has no part {part!r}; its parts are {', '.join(_PARTS)}.")
            values.setdefault(part, {}).update(settings)
    parts = {part: _part(part, values.get(part, {})) for part in _PARTS}
    plan = Plan(recipe=request.recipe, seed=request.seed, smoke=smoke, **parts)
    _check(plan)
    return plan


def _part(name: str, settings: Mapping[str, Any]) -> Any:
    default = _PARTS[name]()
    known = {f.name: getattr(default, f.name) for f in dataclasses.fields(default)}
    for key, value in settings.items():
        if key not in known:
            raise BadRecipe(f"{name} has no setting {key!r}; it has {', '.join(known)}.")
        if not _fits(value, known[key]):
            raise BadRecipe(f"{name}.{key} should be like {known[key]!r}, found {value!r}.")
    typed = {key: tuple(value) if isinstance(known[key], tuple) else value for key, value in settings.items()}
    return dataclasses.replace(default, **typed)


def _fits(value: object, like: object) -> bool:
    if isinstance(like, tuple):
        return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)
    if isinstance(like, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is type(like)


def _check(plan: Plan) -> None:
    for stage in (plan.grpo, plan.hard):
        if stage.reward not in VARIANTS:
            raise BadRecipe(f"There is no reward {stage.reward!r}; there is {', '.join(VARIANTS)}.")
        if stage.mode not in MODES:
            raise BadRecipe(f"There is no mining mode {stage.mode!r}; there is {', '.join(MODES)}.")
        if stage.generations < 2:
            raise BadRecipe("GRPO compares answers to the same question, so `generations` must be at least 2.")
    if plan.wording.target not in TARGETS or plan.wording.prompt not in ("short", "full"):
        raise BadRecipe(f"wording.target is one of {', '.join(TARGETS)}; wording.prompt is short or full.")
    if plan.sft.without_rationale not in ("answer", "skip"):
        raise BadRecipe("sft.without_rationale is answer or skip.")
    if plan.shape.side % (plan.shape.patch * plan.shape.merge):
        raise BadRecipe("shape.side must be a multiple of shape.patch × shape.merge.")
