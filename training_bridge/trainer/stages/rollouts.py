"""What TRL asks us for every batch of rollouts: which questions, and what their answers earn.

Belongs here: the thin adapter between TRL's calling convention and our pure functions; the ledger lines and the figures
of a step. Does not: TRL's hooks (compat.py), which questions (mining/course.py), what an answer earns (rewards/).

With several processes each sees its own answers only, and a group may lie on two of them: what was answered is gathered
first, in the order of the batch, and every process scores all of it alike. Only the first writes.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import numpy as np

from training_bridge.trainer import completions as reading
from training_bridge.trainer import letters, ranks
from training_bridge.trainer.contract.reading import Reader
from training_bridge.trainer.contract.rows import QuestionRow
from training_bridge.trainer.errors import BadInput
from training_bridge.trainer.metrics.canaries import Canaries
from training_bridge.trainer.mining.course import Course
from training_bridge.trainer.mining.ledger import Ledger, Visit, visit
from training_bridge.trainer.mining.memory import Memory
from training_bridge.trainer.prompts import FINE
from training_bridge.trainer.rewards import dynamic, scoring
from training_bridge.trainer.rewards.scoring import Answer, Earned, Key


def answer(text: str, shown: dict[str, str], tokens: int) -> tuple[Answer, str]:
    """A completion as it was read, and why it could not be ("" where it could)."""
    found = reading.read(text, sorted(shown.values()))
    picked = letters.to_slots(found.letters, shown)
    return Answer(picked, found.letters, found.strict, found.think, tokens), found.reason


class Scorer:
    """What the answers to one question earn, by the plan's settings."""

    def __init__(self, material: Any, plan: Any, variant: str) -> None:
        self._material, self._settings, self._variant = material, plan.rewards, variant
        self._weights = (
            dynamic.aspect_weights((row.aspect, len(row.gold), len(row.slots)) for row in material.splits["train"])
            if plan.rewards.dynamic == "aspect"
            else {}
        )

    def __call__(
        self, row: QuestionRow, shown: dict[str, str], answers: Sequence[Answer], *, step: int = 0, steps: int = 0
    ) -> list[Earned]:
        marked: dict[str, list[Any]] = {}
        for region in row.regions:
            marked.setdefault(shown[region.slot], []).append(region.box)
        key = Key(
            gold=row.gold,
            options=frozenset(row.slots),
            unsure=row.unsure,
            marked=marked,
            aspect_weight=self._weights.get(row.aspect, 1.0),
            words=frozenset(self._material.words.values()),
            fine=FINE,
        )
        return scoring.of_group(answers, key, variant=self._variant, settings=self._settings, step=step, steps=steps)


@dataclass
class Scored:
    """What has been scored of one batch, replacements of dead groups included: all of it is told as one step."""

    visits: list[Visit] = field(default_factory=list)
    parts: dict[str, list[float]] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)
    answers: int = 0


class Rollouts:
    """The feed of compat.rollout_trainer, and by `reward` the reward function handed to it."""

    def __init__(
        self,
        *,
        material: Any,
        scorer: Scorer,
        course: Course,
        memory: Memory,
        ledger: Ledger | None,
        run: str,
        stage: str,
        generations: int,
        told: Sequence[Visit] = (),
    ) -> None:
        """`ledger` is `None` in every process but the first. `told`: what its files hold of this stage already."""
        self._material, self._scorer, self._course = material, scorer, course
        self._memory, self._ledger = memory, ledger
        self._run, self._stage, self._generations = run, stage, generations
        self._latest: dict[str, Any] = {}
        self._dead: list[int] = []
        self._asked: list[str] = []
        self._batch = Scored()
        # Visits since the last checkpoint are written when the checkpoint that knows them is whole. What a kill takes
        # away is sampled again; lines that the files hold already are then passed over, so none is ever told twice.
        self._told = list(told)
        self._to_pass_over = len(self._told)
        self._unwritten: list[Visit] = []
        self._count = 0
        self.rollouts = 0
        self.canaries = Canaries()

    def batch(self, number: int) -> list[dict[str, Any]]:
        asked = self._course.batch(number)
        self._asked = [name for name, _ in asked]
        self._batch = Scored()
        return self._rows(asked)

    def replacements(self, number: int, attempt: int, count: int, unit: int) -> list[dict[str, Any]]:
        asked = self._course.more(number, attempt, count, besides=frozenset(self._asked), unit=unit)
        self._asked += [name for name, _ in asked]
        return self._rows(asked)

    def dead_groups(self) -> list[int]:
        return self._dead

    def state(self) -> dict[str, Any]:
        return {
            "course": self._course.state(),
            "visits": self._count,
            "unwritten": [row.line() for row in self._unwritten],
            "rollouts": self.rollouts,
            "canaries": self.canaries.state(),
        }

    def saved(self) -> None:
        fresh = self._unwritten[self._to_pass_over :]
        self._to_pass_over = max(0, self._to_pass_over - len(self._unwritten))
        self._unwritten = []
        if self._ledger is not None:
            self._ledger.append(fresh)

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from a checkpoint. Lines that a kill kept from the ledger's files are in the checkpoint."""
        self._course.restore(state["course"])
        self.canaries.restore(state["canaries"])
        self.rollouts, self._count = state["rollouts"], state["visits"]
        self._unwritten = [visit(Reader(line, "checkpoint")) for line in state["unwritten"]]
        before = self._count - len(self._unwritten)
        if len(self._told) < before:
            raise BadInput("Lines of the ledger are missing that the checkpoint was made with; copy the folder again.")
        self._memory.see([*self._told[:before], *self._unwritten])
        self._to_pass_over = len(self._told) - before
        self.saved()

    def reward(
        self,
        completions: Sequence[Any],
        question: Sequence[str],
        turn: Sequence[int],
        completion_ids: Sequence[Sequence[int]],
        trainer_state: Any,
        **_: Any,
    ) -> list[float | None]:
        own = [
            (name, turned, said(text), len(ids))
            for name, turned, text, ids in zip(question, turn, completions, completion_ids, strict=True)
        ]
        everyone, first = ranks.gathered(own), ranks.index() * len(own)
        rewards = self._scored(everyone, step=trainer_state.global_step, steps=trainer_state.max_steps)
        return rewards[first : first + len(own)]

    def measure(self) -> dict[str, Any]:
        return self._latest

    def _rows(self, asked: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
        rows = []
        for name, turn in asked:
            row = self._material.by_id[name]
            made = {**self._material.question(row, turn), "question": name, "turn": turn}
            rows += [made] * self._generations
        return rows

    def _scored(self, answered: Sequence[tuple[str, int, str, int]], *, step: int, steps: int) -> list[float | None]:
        visits: list[Visit] = []
        rewards: list[float | None] = []
        batch = self._batch
        self._dead = []
        for place, ((name, turn), group) in enumerate(groupby(answered, key=lambda one: one[:2])):
            members = list(group)
            row = self._material.by_id[name]
            shown = self._material.letters(row, turn)
            read = [answer(text, shown, tokens) for _, _, text, tokens in members]
            earned = self._scorer(row, shown, [one for one, _ in read], step=step, steps=steps)
            rewards += [one.total for one in earned]
            batch.reasons.update(reason for _, reason in read if reason)
            for one in earned:
                for part, value in one.parts.items():
                    if value is not None:
                        batch.parts.setdefault(part, []).append(value)
            scored = [(one.picked, worth.total) for (one, _), worth in zip(read, earned, strict=True)]
            if all(value is not None for _, value in scored):
                found = Visit(
                    question=name,
                    run=self._run,
                    stage=self._stage,
                    step=step + 1,
                    policy=f"{self._stage}/{step}",
                    source="rollout",
                    rewards=tuple(value for _, value in scored if value is not None),
                    exact=tuple(picked == row.gold for picked, _ in scored),
                    picked=tuple(picked for picked, _ in scored),
                    tokens=tuple(tokens for *_, tokens in members),
                )
                visits.append(found)
                if found.dead:
                    self._dead.append(place)
        self.rollouts += len(answered)
        self._memory.see(visits)
        self._unwritten += visits
        self._count += len(visits)
        batch.visits += visits
        batch.answers += len(answered)
        self._tell(batch)
        return rewards

    def _tell(self, batch: Scored) -> None:
        unreadable = 1 - float(np.mean(batch.parts.get("format") or [1.0]))
        self._latest = figures(batch.visits, self._material.by_id, unparsable=unreadable)
        # A term that says the same of every answer is a line that nobody needs.
        self._latest["parts"] = {part: round(float(np.mean(values)), 4) for part, values in sorted(batch.parts.items())}
        self._latest["unreadable"] = {
            reason: round(n / batch.answers, 4) for reason, n in sorted(batch.reasons.items())
        }
        self._latest["rollouts"] = self.rollouts
        if self._latest["set_size"] is not None:
            alarm = self.canaries.see(self._latest["set_size"], self._latest["exact"])
            if alarm:
                self._latest["alarm"] = alarm


def said(completion: Any) -> str:
    """The text of a completion as TRL hands it over: a conversation of one turn, in one part or several."""
    content = completion[0]["content"]
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def figures(visits: Sequence[Visit], by_id: dict[str, QuestionRow], *, unparsable: float) -> dict[str, Any]:
    """What a batch of visits says of the policy."""
    aspects: dict[str, list[bool]] = {}
    for row in visits:
        aspects.setdefault(by_id[row.question].aspect, []).extend(row.exact)
    sizes = [len(picked) for row in visits for picked in row.picked if picked is not None]
    return {
        "reward": round(float(np.mean([value for row in visits for value in row.rewards] or [0.0])), 4),
        "exact": round(float(np.mean([value for row in visits for value in row.exact] or [0.0])), 4),
        "dead_share": round(float(np.mean([row.dead for row in visits] or [0.0])), 4),
        "set_size": round(float(np.mean(sizes)), 3) if sizes else None,
        "unparsable": round(unparsable, 4),
        "per_aspect": {aspect: round(float(np.mean(values)), 4) for aspect, values in sorted(aspects.items())},
    }
