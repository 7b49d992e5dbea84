"""Simulated writers of rationales for drawn scenes: a person, a model that does not know the answer, one that does.

What is simulated is selection and evidence, not prose. The model sees a defect, or passes over it; most of one kind it
passes over. *Automated*: it answers up to `DRAWS` times, and what agrees with the answer is kept, so questions it
cannot judge are hardly among them. *Answer-driven* (skeleton first): every question is kept, since the writer is told
the answer, but for a defect it did not see it gives a reason by guess. *Manual*: every question, every reason right,
and dear. Rates and prices are assumptions of this file, not measurements.
"""

import random
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

SAYS = {
    "appearance_deformation": "leans",
    "extension_rationality": "grows an arm",
    "physical_shadow": "casts no shadow",
    "placement_layout": "floats",
}
DRAWS = 3
SEES, INVENTS = 0.95, 0.02
A_CALL = Decimal("0.004")
LOOKING_MS, A_SENTENCE_MS = 20_000, 25_000

Defects = Mapping[str, Collection[str]]


class Writers:
    """The three of them over the questions of one pool, in order. `overlooked`: how often the model passes over a
    defect of the kind `suppressed`."""

    def __init__(self, rng: random.Random, *, suppressed: str, overlooked: float) -> None:
        self._rng, self._suppressed, self._overlooked = rng, suppressed, overlooked
        self._unpaid = 0  # calls whose answers were not kept; the next one kept carries them

    def rationales(self, row: Mapping[str, Any], defects: Defects) -> list[dict[str, Any]]:
        """What each of the three leaves of this question; the automated way may leave nothing."""
        truth = {slot: next(iter(defects[slot])) for slot in row["answer"]}
        made = [self._one(row, "manual", truth, active_ms=LOOKING_MS + A_SENTENCE_MS * max(1, len(truth)))]
        reasons = self._seen(row, truth)
        guessed = {slot: reasons.get(slot) or self._rng.choice([*SAYS]) for slot in truth}
        made.append(self._one(row, "answer_driven", guessed, calls=2))
        for _ in range(DRAWS):
            seen = self._seen(row, truth)
            self._unpaid += 1
            if sorted(seen) == row["answer"]:
                made.append(self._one(row, "automated", seen, calls=self._unpaid))
                self._unpaid = 0
                break
        return made

    def _seen(self, row: Mapping[str, Any], truth: Mapping[str, str]) -> dict[str, str]:
        seen = {}
        for slot in sorted(candidate["slot"] for candidate in row["candidates"]):
            if slot not in truth:
                if self._rng.random() < INVENTS:
                    seen[slot] = self._rng.choice([*SAYS])
            elif self._rng.random() < (1 - self._overlooked if truth[slot] == self._suppressed else SEES):
                seen[slot] = truth[slot]
        return seen

    def _one(
        self, row: Mapping[str, Any], way: str, reasons: Mapping[str, str], *, calls: int = 0, active_ms: int = 0
    ) -> dict[str, Any]:
        said = " ".join(f"{{{{{slot}}}}} {SAYS[reason]}." for slot, reason in sorted(reasons.items()))
        return {
            "id": f"{way}-{row['question']}",
            "way": way,
            "stage": "skeleton_first" if way == "answer_driven" else "plain",
            "answer_visible": way == "answer_driven",
            "text": said or "All four look right.",
            "sentences": [],
            "concluded": row["answer"],
            "checks": {},
            "cost": {"usd": str(A_CALL * calls), "active_ms": active_ms},
            "sandbox": False,
        }
