"""Asking a judge under a ceiling of money: the project's own judge prompt, and a choice between two texts.

Belongs here: requests, reading replies, what they cost. Does not: what is asked about (_judge_cases.py).
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import msgspec

from benchmarks._judge_cases import SLOTS, Case, said
from catalog.scenes.dataset import ASPECTS
from cot_generation import endings, letters, money, parsing, wire
from cot_generation.choices import Outcome, PriceBasis, Stage
from cot_generation.endings import Ending
from cot_generation.prompts import rendering
from cot_generation.prompts.defaults import DEFAULTS
from cot_generation.providers.answers import Ask, Target
from cot_generation.shapes import PromptStep, Sentence

DESCRIPTIONS = {
    "appearance_deformation": "The product's shape, proportions or surface differ from the original.",
    "physical_shadow": "The shadow is missing, or does not fit the product and the light.",
    "placement_layout": "The product floats, sinks in, is cut off, or has a size that does not fit the scene.",
    "extension_rationality": "What was added around or to the product has no reason in the scene.",
}
assert set(DESCRIPTIONS) == set(ASPECTS)
SETTLED = "\nThe settled answer, with the defect: {answer}.\n"
CHOOSE = (
    "Aspect: $aspect. $description\n"
    "Two people compared the candidates ($letters) with the original.\nText 1: {first}\n\nText 2: {second}\n\n"
    "Which text do the pictures bear out better? Choose one even if they seem equal.\n"
    'Reply as {{"sounder": 1}} or {{"sounder": 2}}.'
)
SOUNDER = re.compile(r'"sounder"\s*:\s*"?([12])')
MAX_TOKENS = 900
TRIES = 4
AGAIN = frozenset({Outcome.RATE_LIMITED, Outcome.OVERLOADED, Outcome.SERVER_ERROR, Outcome.UNREACHABLE})


class CeilingReached(Exception):
    """The next call might cost more than is left."""


def _step(stage: Stage, *, told: bool = False) -> PromptStep:
    found = next(each for each in DEFAULTS if each.stage == stage and each.locale == "en")
    if told:
        found = next(each for each in DEFAULTS if each.name == "Answer, then reason" and each.locale == "en")
    return found.steps[0]


JUDGE, TOLD = _step(Stage.JUDGE), _step(Stage.PLAIN, told=True)


@dataclass
class Judge:
    """Where a judge is asked, what a token costs in USD, what may be spent. `hints`: to planted ones only."""

    ask: Ask
    target: Target
    model: str
    price: money.Price
    cap: Decimal
    at_once: int = 8
    hints: bool = False
    json_mode: bool = True
    tokens_per_picture: int = 800
    spent: Decimal = Decimal(0)
    reserved: Decimal = Decimal(0)
    calls: int = 0
    unanswered: int = 0
    _places: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._places = asyncio.Semaphore(self.at_once)

    async def sound(self, case: Case, text: Sequence[Sentence], *, settled: bool = False) -> bool | None:
        """Whether the judge lets the text pass; None where no verdict came."""
        order = _order(case, "judge", said(text))
        asked = _question(case, order, rationale=said(text))
        words = rendering.text_of(JUDGE, asked, locale="en")
        if settled:
            names = letters.by_slot(order)
            shown = ", ".join("{{" + names[slot] + "}}" for slot in sorted(case.answer)) or "none"
            words = SETTLED.format(answer=shown) + words
        content = await self._content(case, JUDGE, words, order, {"step": "judge"})
        read = None if content is None else parsing.judgement(content, order=order)
        return read.sound if isinstance(read, parsing.Judgement) else None

    async def first_chosen(self, case: Case, first: Sequence[Sentence], second: Sequence[Sentence]) -> bool | None:
        """Whether the judge holds the first text for the sounder of the two."""
        order = _order(case, "choose", case.name)
        names = letters.by_slot(order)
        one, two = (letters.rename(said(each), names) for each in (first, second))
        step = msgspec.structs.replace(JUDGE, name="choose", text=CHOOSE.format(first=one, second=two))
        words = rendering.text_of(step, _question(case, order), locale="en")
        content = await self._content(case, step, words, order, {"step": "choose"})
        found = SOUNDER.search(content or "")
        return None if found is None else found.group(1) == "1"

    async def own(self, case: Case, answer: frozenset[str]) -> tuple[Sentence, ...] | None:
        """The judged model's own rationale for this answer, right or wrong; None where it wrote for another one."""
        order = _order(case, "told", ",".join(sorted(answer)))
        severities = {slot: "major" if slot in answer else "none" for slot in SLOTS}
        asked = _question(case, order, answer=tuple(sorted(answer)), severities=severities)
        words = rendering.text_of(TOLD, asked, locale="en")
        content = await self._content(case, TOLD, words, order, {"step": "told", "given": ",".join(sorted(answer))})
        read = None if content is None else parsing.rationale(content, order=order, aspect=case.aspect)
        if not isinstance(read, parsing.Parsed) or frozenset(read.concluded) != answer:
            return None
        return read.sentences

    async def _content(
        self, case: Case, step: PromptStep, words: str, order: str, hints: Mapping[str, str]
    ) -> str | None:
        pictures = [case.pictures["O"], *(case.pictures[slot] for slot in order)]
        body: dict[str, Any] = {
            "model": self.model,
            "messages": rendering.messages(step, words, pictures, locale="en"),
            "max_tokens": MAX_TOKENS,
            "temperature": 0.0,
            **({"response_format": {"type": "json_object"}} if self.json_mode else {}),
        }
        tokens = money.prompt_tokens(
            step.system + words, pictures=len(pictures), tokens_per_picture=self.tokens_per_picture
        )
        ceiling = money.ceiling(self.price, input_tokens=tokens, max_output_tokens=MAX_TOKENS)
        headers = {f"x-planted-{name}": value for name, value in {**hints, "case": case.name, "order": order}.items()}
        async with self._places:
            for attempt in range(TRIES):
                if self.spent + self.reserved + ceiling > self.cap:
                    raise CeilingReached
                self.reserved += ceiling
                answer = await self.ask(self.target, msgspec.json.encode(body), headers if self.hints else {})
                self.reserved -= ceiling
                ending = endings.read(answer)
                self.calls += 1
                self.spent += self._cost(ending, ceiling)
                if ending.outcome == Outcome.ANSWERED:
                    return wire.content_of(answer.body)
                if ending.outcome not in AGAIN:
                    break
                await asyncio.sleep(answer.retry_after_s or 0.5 * 2**attempt)
        self.unanswered += 1
        return None

    def _cost(self, ending: Ending, ceiling: Decimal) -> Decimal:
        """By the reported usage; the ceiling where a reply may have been billed and nobody says for how much."""
        if ending.meaning.basis == PriceBasis.NONE:
            return Decimal(0)
        if ending.meaning.basis == PriceBasis.CEILING or ending.prompt_tokens is None:
            return ceiling
        return money.cost(self.price, input_tokens=ending.prompt_tokens, output_tokens=ending.completion_tokens or 0)


def _order(case: Case, *about: str) -> str:
    return letters.shuffled(SLOTS, draw=random.Random(f"{case.name} {about}"))


def _question(case: Case, order: str, **more: Any) -> rendering.Question:
    return rendering.Question(case.aspect, case.aspect.replace("_", " "), DESCRIPTIONS[case.aspect], order, **more)
