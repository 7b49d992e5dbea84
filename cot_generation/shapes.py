"""The shapes of JSON columns, and of what crosses from one module of this app to another.

Belongs here: msgspec Structs without behaviour.
Does not: HTTP bodies (api/), what a model replies (parsing.py).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec


class Sentence(msgspec.Struct, frozen=True, omit_defaults=True):
    """One step of a rationale. The text names slots as `{{A}}`; `defect` is None where it judges nothing."""

    text: str
    slot: str | None = None
    aspect: str | None = None
    defect: bool | None = None
    regions: tuple[str, ...] = ()


class Observation(msgspec.Struct, frozen=True):
    """What a model saw before it was told anything: the skeleton of skeleton_first."""

    slot: str | None
    text: str


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing a check found, at a sentence where it has one. `code` is stable, `detail` for a person."""

    code: str
    detail: str = ""
    sentence: int | None = None


class CheckOutcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a check said. `passed` is None where it does not apply; `score` is 0 for spotless and grows to 1."""

    version: int
    passed: bool | None
    score: float = 0.0
    findings: tuple[Finding, ...] = ()


class ProbePoint(msgspec.Struct, frozen=True):
    """How a reader of the text alone fares after a share of it, over candidates discussed by then or not.

    Of `cells`, `right` were named rightly; `base` is what the commonest verdict gets right.
    """

    share: float
    discussed: bool
    cells: int
    right: int
    base: int


class ExaminationResult(msgspec.Struct, frozen=True):
    """What the texts of a run say together. `compared` texts of the project were read for it."""

    texts: int
    compared: int
    near_duplicates: int
    told_early: int
    probed: int
    points: tuple[ProbePoint, ...]


class PromptStep(msgspec.Struct, frozen=True):
    """One request of a prompt: `observe` without the answer, `explain` for the rationale."""

    name: str
    system: str
    text: str


class WritingTrace(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a person's text came about: evidence of what was typed, never a judgement.

    `typed`, `pasted` and `phrased` count characters: dropped ones among the pasted, `phrased` those of the person's own
    phrases, inserted by a key. `pastes` and `phrases` count the times. `gaps[i]` is how many pauses between two keys
    fell below `purity.GAP_EDGES_MS[i]` and not below the edge before.
    """

    typed: int = 0
    pasted: int = 0
    pastes: int = 0
    phrased: int = 0
    phrases: int = 0
    gaps: tuple[int, ...] = ()


class Rung(msgspec.Struct, frozen=True):
    """One step of a cascade: what asks, with how many draws a question, and whether in batches."""

    prompt_id: UUID
    endpoint_id: UUID
    draws: int = 1
    batched: bool = False


class TestLine(msgspec.Struct, frozen=True):
    """One thing the test of an endpoint tried."""

    __test__ = False  # not for pytest

    name: str
    passed: bool
    detail: str = ""


class EndpointTest(msgspec.Struct, frozen=True):
    """The last test of an endpoint."""

    at: datetime
    passed: bool
    lines: tuple[TestLine, ...]
    reply: str = ""


class MeasuredShare(msgspec.Struct, frozen=True):
    """A share with its 95 % interval, of so many."""

    value: float
    low: float
    high: float
    of: int


class FoundBias(msgspec.Struct, frozen=True):
    """A leaning of a judge that was found, by its code in benchmarks/judge.py: a share, or a difference of shares."""

    name: str
    value: float
    low: float
    high: float


class JudgeFigures(msgspec.Struct, frozen=True):
    """What a model judge saw of planted faults, and how often it vetoed sound texts."""

    recall: MeasuredShare
    false_alarms: MeasuredShare
    by_kind: dict[str, MeasuredShare]
    biases: tuple[FoundBias, ...]
    questions: int
