"""A judge without a model that reads the text, knows what was painted, and errs and leans as much as it is told to.

Belongs here: the errors and leanings that are planted, and replies as a server gives them.
Does not: finding them (judge.py), which is told nothing of them.

It takes sentence by sentence what is not true of the pictures, so a fault that was not really planted in the text is
not found. Each draw follows from the text: the same text gets the same verdict, as from a model at temperature 0.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks._judge_cases import PADDING, SLOTS, Case, sentence
from cot_generation import letters, texts
from cot_generation.providers.answers import Answer, Target
from cot_generation.sandbox.writer import chance

OWN = "Looking closely, "  # how its own sentences begin


@dataclass(frozen=True)
class Leanings:
    """Shares. `recall` of faulty texts is vetoed, and `false_alarms` of sound ones; the rest is bias, 0 for none.

    `first`, `longer`, `own`: how much oftener than half it takes that text of two. `spares_longer`, `spares_own`: the
    share of vetoes that such a text escapes. `overlooks_last`: of those whose fault stands last. `leans_on_settled`:
    of the faults that it misses, how many the settled answer tells it.
    """

    recall: float = 0.7
    false_alarms: float = 0.05
    first: float = 0.0
    longer: float = 0.0
    own: float = 0.0
    spares_longer: float = 0.0
    spares_own: float = 0.0
    overlooks_last: float = 0.0
    leans_on_settled: float = 0.0


class PlantedJudge:
    """`ask` has the shape of a provider's."""

    def __init__(self, cases: Sequence[Case], leanings: Leanings, *, seed: int = 0) -> None:
        self.cases = {case.name: case for case in cases}
        self.leanings, self.seed = leanings, seed

    async def ask(self, target: Target, body: bytes, headers: Mapping[str, str]) -> Answer:
        """As if it had been sent."""
        words = json.loads(body)["messages"][-1]["content"][-1]["text"]
        case, order = self.cases[headers["x-planted-case"]], headers["x-planted-order"]
        step = headers["x-planted-step"]
        if step == "told":
            content = self._write(case, order, frozenset(filter(None, headers["x-planted-given"].split(","))))
        elif step == "choose":
            content = self._choose(words)
        else:
            content = self._judge(case, order, words)
        message = {"role": "assistant", "content": json.dumps(content)}
        usage = {"prompt_tokens": 2000, "completion_tokens": 60, "total_tokens": 2060}
        choices = [{"index": 0, "finish_reason": "stop", "message": message}]
        return Answer(status=200, body=json.dumps({"model": "planted", "choices": choices, "usage": usage}))

    def _drawn(self, share: float, *about: object) -> bool:
        return chance(self.seed, *about) < share

    def _write(self, case: Case, order: str, answer: frozenset[str]) -> dict[str, Any]:
        names = letters.by_slot(order)
        said = []
        for each in case.sound:
            slot = each.slot or ""
            right = (slot in answer) == (slot in case.answer)
            draw = random.Random(f"{self.seed} {case.name} {slot}")
            text = each.text if right else sentence(case, slot, faulty=slot in answer, draw=draw).text
            said.append({"candidate": names[slot], "text": OWN + letters.rename(text, names), "defect": slot in answer})
        return {"sentences": said, "answer": sorted(names[slot] for slot in answer)}

    def _choose(self, words: str) -> dict[str, Any]:
        first, _, rest = words.partition("Text 1: ")[2].partition("\n\nText 2: ")
        second = rest.partition("\n\nWhich text")[0]
        share = 0.5 + self.leanings.first
        if first != second:
            share += self.leanings.longer * _compared(len(first), len(second))
            share += self.leanings.own * _compared(OWN in first, OWN in second)
        return {"sounder": 1 if self._drawn(share, "choose", first, second) else 2}

    def _judge(self, case: Case, order: str, words: str) -> dict[str, Any]:
        leanings = self.leanings
        text = letters.rename(words.partition("wrote:\n")[2].partition("\n\nLook for")[0], letters.shown(order))
        sentences = [each for each in texts.cut(text.replace(OWN, ""), aspect=case.aspect) if each.text not in PADDING]
        true = {each.text for each in case.sound}
        wrong = [place for place, each in enumerate(sentences) if each.text not in true]
        omitted = case.answer - {name for each in sentences for name in letters.named(each.text)}
        if not wrong and not omitted:
            vetoed = self._drawn(leanings.false_alarms, "alarm", text)
        else:
            vetoed = self._drawn(leanings.recall, "sees", text)
            if wrong == [len(SLOTS) - 1]:
                vetoed = vetoed and not self._drawn(leanings.overlooks_last, "last", text)
            if not vetoed and "settled answer" in words:
                vetoed = self._drawn(leanings.leans_on_settled, "settled", text)
        if PADDING[0] in text:
            vetoed = vetoed and not self._drawn(leanings.spares_longer, "longer", text)
        if OWN in text:
            vetoed = vetoed and not self._drawn(leanings.spares_own, "own", text)
        return {"reason": "The pictures say otherwise." if vetoed else "", "sound": not vetoed}


def _compared(one: float, other: float) -> int:
    return (one > other) - (one < other)
