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
from training_bridge.trainer.mining.guard import Guarding
from training_bridge.trainer.mining.order import MODES, QUOTAS
from training_bridge.trainer.mining.states import CONFIRMATIONS, MEASURED, Thresholds
from training_bridge.trainer.mining.weights import SCORES, Weighting
from training_bridge.trainer.model.shape import Shape
from training_bridge.trainer.prompts import TARGETS
from training_bridge.trainer.rewards.dpa import NAMES
from training_bridge.trainer.rewards.dynamic import READINGS
from training_bridge.trainer.rewards.scoring import Rewarding

STAGES = ("look", "pretrain", "sft", "grpo", "mine", "hard", "evaluate")
LEARNING = ("look", "pretrain", "sft", "grpo", "hard")


@dataclass(frozen=True)
class Model:
    """Where the model comes from. Without `source` it is built from nothing in the plan's `shape`.

    `source`: a name on a model hub, looked up in the folder of models first (docs/reference/recipes.md), or a path.
    `picture`: long side in pixels to which pictures are shrunk before the processor sees them. `rank`: of LoRA, 0 for
    full training. `rollouts`: `here` generates in this process, `colocate` and `server` by vLLM. `tiles`: the most
    tiles a picture (InternVL).
    """

    source: str = ""
    revision: str = ""
    picture: int = 512
    tiles: int = 1
    rank: int = 0
    alpha: int = 0
    targets: tuple[str, ...] = ("q_proj", "k_proj", "v_proj", "o_proj")
    precision: str = "float32"
    checkpointing: bool = False
    rollouts: str = "here"
    vllm_memory: float = 0.3
    vllm_server: str = "http://127.0.0.1:8000"


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
    accumulation: int = 1


@dataclass(frozen=True)
class Pretrain:
    """One whole scene a row."""

    steps: int = 400
    batch: int = 32
    learning_rate: float = 2e-3
    warmup: int = 20
    save_every: int = 100
    accumulation: int = 1


@dataclass(frozen=True)
class Sft:
    """`without_rationale`: what a training question that has none gives: `answer` (a rule-made target) or `skip`.

    `longest`: tokens of text beyond which a row is left out (0: none is). `ways`: only these ways of rationales (none:
    all); `rule` among them stands for a rule-made target of each question that has a rationale. `most` and `money` (US
    dollars, a person's hour at `wage`): how many, or for how much; 0: no limit.
    """

    steps: int = 200
    batch: int = 32
    learning_rate: float = 1e-3
    warmup: int = 10
    save_every: int = 100
    accumulation: int = 1
    without_rationale: str = "answer"
    longest: int = 0
    ways: tuple[str, ...] = ()
    most: int = 0
    money: float = 0.0
    wage: float = 15.0


@dataclass(frozen=True)
class Rollouts:
    """GRPO. `prompts` questions a step with `generations` answers each; `mode` says how questions are drawn.

    `accumulation`: a step in so many passes. `steps_per_generation`: passes whose answers are sampled at once (0: those
    of a step). `iterations`: how often sampled answers are learnt from. `refill`: how often dead groups are replaced.
    `refresh`: batches a window in mode `epoch` (0: one pass over the pool). `scale`: what advantages are divided by.
    """

    steps: int = 50
    prompts: int = 8
    generations: int = 8
    learning_rate: float = 2e-4
    warmup: int = 5
    temperature: float = 1.0
    tokens: int = 40
    reward: str = "right_minus_wrong"
    beta: float = 0.0
    clip_high: float = 0.0
    loss: str = "dapo"
    scale: str = "group"
    mode: str = "off"
    exploration: float = 0.3
    cap: int = 3
    quota: str = "none"
    refresh: int = 0
    refill: int = 0
    accumulation: int = 1
    steps_per_generation: int = 0
    iterations: int = 1
    save_every: int = 25

    @property
    def reuse(self) -> int:
        """Passes that share one batch of sampled answers."""
        return self.steps_per_generation or self.accumulation

    @property
    def questions(self) -> int:
        """Questions of one batch of sampled answers."""
        return self.prompts * self.reuse // self.accumulation

    @property
    def batches(self) -> int:
        """How many batches of answers the stage samples."""
        return -(-self.steps * self.accumulation // (self.reuse * self.iterations))

    @property
    def rollouts(self) -> int:
        """Answers sampled in all, refills not counted."""
        return self.batches * self.questions * self.generations


@dataclass(frozen=True)
class Reinforced:
    """Which training questions `grpo`, `mine` and `hard` draw from: `all`, or the `unexplained` ones.

    A small model learns the questions that `sft` explained by heart, and samples no other answers to them; the
    unexplained ones are where it still explores.
    """

    questions: str = "all"


@dataclass(frozen=True)
class Mine:
    """A pass over `questions` training questions (0: all), `generations` sampled answers to each."""

    questions: int = 400
    generations: int = 4
    temperature: float = 1.0
    tokens: int = 40
    batch: int = 32

    def asks(self, available: int) -> int:
        """Of how many questions, where there are so many."""
        return min(self.questions or available, available)


@dataclass(frozen=True)
class Evaluate:
    """`test`: how many test questions, 0 for all. `validation`: after each stage. `also`: earlier stages to measure.
    `every`: steps of `grpo` and `hard` after which the validation questions are asked for the learning curve, 0 never.

    `rotations`: ask under all four cyclic letter orders. `controls`: ask without pictures and without the original.
    `samples`: answers a question for pass@k and majority@k. All three cost that many more answers, and are off at 0.
    """

    test: int = 0
    validation: int = 200
    every: int = 0
    batch: int = 100
    tokens: int = 40
    also: tuple[str, ...] = ()
    rotations: bool = False
    controls: bool = False
    samples: int = 0


@dataclass(frozen=True)
class Plan:
    """Everything that decides what a run does."""

    recipe: str
    seed: int
    smoke: bool
    stages: tuple[str, ...] = STAGES
    model: Model = field(default_factory=Model)
    shape: Shape = field(default_factory=Shape)
    wording: Wording = field(default_factory=Wording)
    look: Look = field(default_factory=Look)
    pretrain: Pretrain = field(default_factory=Pretrain)
    sft: Sft = field(default_factory=Sft)
    reinforced: Reinforced = field(default_factory=Reinforced)
    grpo: Rollouts = field(default_factory=Rollouts)
    mine: Mine = field(default_factory=Mine)
    hard: Rollouts = field(default_factory=lambda: Rollouts(mode="staged"))
    evaluate: Evaluate = field(default_factory=Evaluate)
    states: Thresholds = field(default_factory=Thresholds)
    weights: Weighting = field(default_factory=Weighting)
    rewards: Rewarding = field(default_factory=Rewarding)
    guard: Guarding = field(default_factory=Guarding)

    def before(self, stage: str) -> str:
        """The stage whose model this one goes on from; "" where it begins with the recipe's own model."""
        learnt = [name for name in self.stages[: self.stages.index(stage)] if name in LEARNING]
        return learnt[-1] if learnt else ""

    @property
    def last(self) -> str:
        """The stage that leaves the trained model; "" if the recipe only measures."""
        learnt = [name for name in self.stages if name in LEARNING]
        return learnt[-1] if learnt else ""

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
    """The plan of a run: recipe, then its smoke settings if asked for, then the run's overrides.

    An override does not lengthen a smoke run: of two counts the smaller one holds.
    """
    if request.recipe not in recipes():
        raise BadRecipe(f"There is no recipe {request.recipe!r}; there is {', '.join(recipes())}.")
    text = resources.files("training_bridge.trainer").joinpath("recipes", f"{request.recipe}.yaml").read_text("utf-8")
    recipe = yaml.safe_load(text)
    small = recipe.pop("smoke", {})
    layers: list[Mapping[str, Any]] = [recipe, request.overrides]
    if smoke:
        layers = [recipe, small, request.overrides, _counts_below(small, request.overrides)]
    values: dict[str, dict[str, Any]] = {}
    stages = STAGES
    for layer in layers:
        for part, settings in layer.items():
            if part == "stages":
                stages = _stages(settings)
            elif part not in _PARTS:
                raise BadRecipe(f"The recipe has no part {part!r}; its parts are {', '.join(_PARTS)}.")
            elif not isinstance(settings, Mapping):
                raise BadRecipe(f"{part} should hold settings by name, found {settings!r}.")
            else:
                values.setdefault(part, {}).update(settings)
    parts = {part: _part(part, values.get(part, {})) for part in _PARTS}
    plan = Plan(recipe=request.recipe, seed=request.seed, smoke=smoke, stages=stages, **parts)
    _check(plan)
    return plan


def _counts_below(small: Mapping[str, Any], overrides: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """The counts of `small` that an override would raise."""
    found: dict[str, dict[str, int]] = {}
    for part, settings in small.items():
        asked = overrides.get(part)
        for key, count in settings.items():
            if isinstance(asked, Mapping) and type(count) is type(asked.get(key)) is int and count < asked[key]:
                found.setdefault(part, {})[key] = count
    return found


def _stages(names: Any) -> tuple[str, ...]:
    if not isinstance(names, list | tuple) or not names:
        raise BadRecipe(f"stages lists some of {', '.join(STAGES)}, in this order.")
    found = tuple(map(str, names))
    if list(found) != [stage for stage in STAGES if stage in found]:
        raise BadRecipe(f"stages lists some of {', '.join(STAGES)}, each once and in this order; found {found}.")
    return found


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
    for name in ("grpo", "hard"):
        _check_rollouts(plan, name, getattr(plan, name))
    one_of = {
        "wording.target": (plan.wording.target, TARGETS),
        "wording.prompt": (plan.wording.prompt, ("short", "full")),
        "sft.without_rationale": (plan.sft.without_rationale, ("answer", "skip")),
        "reinforced.questions": (plan.reinforced.questions, ("all", "unexplained")),
        "states.confirmation": (plan.states.confirmation, CONFIRMATIONS),
        "states.losses": (plan.states.losses, MEASURED),
        "rewards.dynamic": (plan.rewards.dynamic, READINGS),
        "weights.score": (plan.weights.score, SCORES),
        "model.rollouts": (plan.model.rollouts, ("here", "colocate", "server")),
        "model.precision": (plan.model.precision, ("float32", "bfloat16")),
    }
    for setting, (found, known) in one_of.items():
        if found not in known:
            raise BadRecipe(f"{setting} is one of {', '.join(known)}; found {found!r}.")
    if plan.shape.side % (plan.shape.patch * plan.shape.merge):
        raise BadRecipe("shape.side must be a multiple of shape.patch × shape.merge.")
    if plan.states.confirmation != "people" and plan.states.losses == "none":
        raise BadRecipe("states.confirmation asks for losses; set states.losses to visited or all.")
    drawn = {"look", "pretrain"} & set(plan.stages)
    if plan.model.source and drawn:
        raise BadRecipe("look and pretrain teach a model from nothing to see; leave them out with model.source.")
    if not plan.model.source and "look" not in plan.stages and plan.last:
        raise BadRecipe("Without model.source a recipe begins with the stage look.")


def _check_rollouts(plan: Plan, name: str, stage: Rollouts) -> None:
    if stage.reward not in NAMES:
        raise BadRecipe(f"There is no reward {stage.reward!r}; there is {', '.join(NAMES)}.")
    if stage.mode not in MODES:
        raise BadRecipe(f"There is no mining mode {stage.mode!r}; there is {', '.join(MODES)}.")
    if stage.quota not in QUOTAS:
        raise BadRecipe(f"{name}.quota is one of {', '.join(QUOTAS)}; found {stage.quota!r}.")
    if stage.scale not in ("group", "batch", "none"):
        raise BadRecipe(f"{name}.scale is group, batch or none; found {stage.scale!r}.")
    if stage.generations < 2:
        raise BadRecipe("GRPO compares answers to the same question, so `generations` must be at least 2.")
    if stage.cap < 1 or not 0 <= stage.exploration <= 1:
        raise BadRecipe(f"{name}.cap is at least 1, and {name}.exploration between 0 and 1.")
    if stage.prompts * stage.generations % stage.accumulation or stage.prompts * stage.reuse % stage.accumulation:
        raise BadRecipe(f"{name}.accumulation must divide the answers of a step, and the questions of a generation.")
    if plan.rewards.dynamic == "aspect" and stage.scale == "group" and name in plan.stages:
        raise BadRecipe(
            f"rewards.dynamic aspect does nothing while {name}.scale is group: dividing by the group's spread removes "
            "any factor per question. Set scale to batch or none."
        )
    if stage.refill and stage.scale == "batch":
        raise BadRecipe(
            f"{name}.refill mixes two batches, whose spread {name}.scale batch would have to know together."
        )
