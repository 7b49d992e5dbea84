"""Checks on a rationale, each a pure function with a version, so that an old outcome can be told from a new one.

Belongs here: what can be said from the rationale, the settled answer, the verdicts and the regions alone.
Does not: calling a model, judging by a person (curation's audits), acting on an outcome (services.rationales).

A check returns `passed=None` where it does not apply. A rationale passes when no check failed.
"""

from __future__ import annotations

from collections.abc import Mapping

from cot_generation.checks.facts import Facts
from cot_generation.checks.rules import argued, conclusion, contradiction, grounding, schema
from cot_generation.checks.style import style
from cot_generation.checks.told import tone
from cot_generation.checks.wording import leak
from cot_generation.choices import Probe
from cot_generation.shapes import CheckOutcome

CHECKS = {
    "schema": schema,
    "conclusion": conclusion,
    "argued": argued,
    "grounding": grounding,
    "contradiction": contradiction,
    "leak": leak,
    "tone": tone,
    "style": style,
}


# Checks that come later, from a person's reading, from all texts together or from further calls; in the order shown.
LATER = ("reading", "rederived", "judge", "phrasing", "probe", "swap", "no_picture")
OF_PROBE: Mapping[str, str] = {
    Probe.READ_BACK: "rederived",
    Probe.JUDGE: "judge",
    Probe.SWAP: "swap",
    Probe.NO_PICTURE: "no_picture",
}
# What is said of a text and decides nothing: a person looks.
ADVISORY = frozenset({"tone", "phrasing", "probe", "swap", "no_picture"})


def in_order(outcomes: Mapping[str, CheckOutcome]) -> dict[str, CheckOutcome]:
    """As they are shown; JSONB does not keep the order of keys."""
    known = {name: outcomes[name] for name in (*CHECKS, *LATER) if name in outcomes}
    return {**known, **outcomes}


def run_all(facts: Facts) -> dict[str, CheckOutcome]:
    """Every check by its name, in the order in which they are shown."""
    return {name: check(facts) for name, check in CHECKS.items()}


def failed(outcomes: Mapping[str, CheckOutcome]) -> list[str]:
    """The names of the checks that failed and decide something."""
    return [name for name, outcome in outcomes.items() if outcome.passed is False and name not in ADVISORY]


def passed(outcomes: Mapping[str, CheckOutcome]) -> bool:
    """No check failed that decides something."""
    return not failed(outcomes)
