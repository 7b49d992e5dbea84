"""Synthesised questions with a sound rationale, and the same rationale with a fault that the pictures contradict.

Belongs here: the twin, the faults planted by rule, the harmless variants by which a bias would show.
Does not: asking a judge (_judge_asking.py), counting (judge.py). What was painted into the pictures is known exactly.
"""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from catalog.scenes import dataset
from cot_generation import texts
from cot_generation.prompts.rendering import OfferedRegion
from cot_generation.sandbox import phrases
from cot_generation.shapes import Sentence

SIDES = dict(zip(("left", "right", "bottom", "top"), phrases.SIDES_ENGLISH, strict=True))
# Neutral words without a claim about any candidate; a judge that likes length likes these.
PADDING = (
    "The original was looked at first, as a whole and then part by part.",
    "Every candidate was then held against it in the same way, from the outer edge to the middle.",
    "Differences in brightness that come from the scene alone were set aside.",
    "What follows from that comparison is said above for each of them in turn.",
)
SLOTS = ("A", "B", "C", "D")
Sentences = tuple[Sentence, ...]


@dataclass(frozen=True)
class Case:
    """One question: `pictures` are data URLs by slot, `answer` the slots with a painted defect of the aspect."""

    name: str
    aspect: str
    pictures: Mapping[str, str]
    answer: frozenset[str]
    severities: Mapping[str, str]
    regions: tuple[OfferedRegion, ...]
    elsewhere: Mapping[str, frozenset[str]]  # slot -> aspects under which it has a defect
    sound: Sentences


Plant = Callable[[Case, random.Random], Sentences | None]


def said(sentences: Sequence[Sentence]) -> str:
    """As the judge reads it."""
    return texts.join(sentences).text


def case(number: int, *, seed: int, side: int) -> Case:
    """Question `number` of a seed; the aspects take turns."""
    scene = dataset.draw(seed, number, side)
    aspect = dataset.ASPECTS[number % len(dataset.ASPECTS)]
    marked = [region for region in scene.truth.regions if region.aspect == aspect]
    regions = tuple(
        OfferedRegion(f"r{place}", each.slot, _shares(each.box, side)) for place, each in enumerate(marked, start=1)
    )
    answer = frozenset(scene.truth.slots_with(aspect))
    made = Case(
        name=f"{scene.id}/{aspect}",
        aspect=aspect,
        pictures={
            slot: "data:image/jpeg;base64," + base64.b64encode(dataset.jpeg(picture)).decode()
            for slot, picture in scene.pictures.items()
        },
        answer=answer,
        severities={slot: scene.truth.cells.get(slot, {}).get(aspect, "none") for slot in SLOTS},
        regions=regions,
        elsewhere={
            slot: frozenset(key for key, severity in scene.truth.cells.get(slot, {}).items() if severity != "none")
            for slot in SLOTS
        },
        sound=(),
    )
    draw = random.Random(f"sound {made.name}")
    return replace(made, sound=tuple(sentence(made, slot, faulty=slot in answer, draw=draw) for slot in SLOTS))


def _shares(box: tuple[float, float, float, float], side: int) -> tuple[float, float, float, float]:
    x, y, width, height = box
    return x / side, y / side, width / side, height / side


def side_of(case: Case, slot: str) -> str:
    """Where the painted defect lies, by the axis on which it is further out; "" where nothing is marked."""
    box = next((region.box for region in case.regions if region.slot == slot), None)
    if box is None:
        return ""
    across, down = box[0] + box[2] / 2 - 0.5, box[1] + box[3] / 2 - 0.5
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "top" if down < 0 else "bottom"


def sentence(case: Case, slot: str, *, faulty: bool, draw: random.Random, aspect: str = "", side: str = "") -> Sentence:
    """One sentence about a candidate in the sandbox's words, right in its place unless `side` says another."""
    words = phrases.wording(aspect or case.aspect, chinese=False)
    place = SIDES[side or side_of(case, slot) or draw.choice(list(SIDES))]
    text = draw.choice(words.defect if faulty else words.clean)
    return Sentence(text.format(c="{{" + slot + "}}", side=place), slot, case.aspect, faulty)


def _with(case: Case, slot: str, changed: Sentence | None) -> Sentences:
    kept = ((changed if each.slot == slot else each) for each in case.sound)
    return tuple(each for each in kept if each is not None)


def _clears(case: Case, draw: random.Random) -> Sentences | None:
    if not case.answer:
        return None
    slot = draw.choice(sorted(case.answer))
    return _with(case, slot, sentence(case, slot, faulty=False, draw=draw))


def _accuses(case: Case, draw: random.Random) -> Sentences | None:
    clean = sorted(set(SLOTS) - case.answer)
    if not clean:
        return None
    slot = draw.choice(clean)
    return _with(case, slot, sentence(case, slot, faulty=True, draw=draw))


def _confuses(case: Case, draw: random.Random) -> Sentences | None:
    clean = sorted(set(SLOTS) - case.answer)
    if not case.answer or not clean:
        return None
    faulty, other = draw.choice(sorted(case.answer)), draw.choice(clean)
    names = {"{{" + faulty + "}}": "{{" + other + "}}", "{{" + other + "}}": "{{" + faulty + "}}"}

    def renamed(each: Sentence) -> Sentence:
        text = each.text
        for name in names:
            if name in text:
                return replace_text(each, text.replace(name, names[name]), names[name].strip("{}"))
        return each

    return tuple(renamed(each) for each in case.sound)


def replace_text(old: Sentence, text: str, slot: str | None) -> Sentence:
    """The same judgement in other words."""
    return Sentence(text, slot, old.aspect, old.defect)


def _misplaces(case: Case, draw: random.Random) -> Sentences | None:
    known = sorted(slot for slot in case.answer if side_of(case, slot) in ("left", "right"))
    for slot in known:
        old = next(each for each in case.sound if each.slot == slot)
        here = side_of(case, slot)
        there = {"left": "right", "right": "left"}[here]
        if SIDES[here] in old.text:
            return _with(case, slot, replace_text(old, old.text.replace(SIDES[here], SIDES[there]), slot))
    return None


def _strays(case: Case, draw: random.Random) -> Sentences | None:
    """The right candidate is faulted for something that it does not have."""
    for slot in sorted(case.answer):
        others = [each for each in dataset.ASPECTS if each not in case.elsewhere[slot]]
        if others:
            return _with(case, slot, sentence(case, slot, faulty=True, draw=draw, aspect=draw.choice(others)))
    return None


def _omits(case: Case, draw: random.Random) -> Sentences | None:
    return _with(case, draw.choice(sorted(case.answer)), None) if case.answer else None


FAULTS: Mapping[str, Plant] = {
    "clears a defect": _clears,
    "faults a clean one": _accuses,
    "takes one for another": _confuses,
    "left for right": _misplaces,
    "faults it for something else": _strays,
    "leaves a defect out": _omits,
}


def planted(case: Case, kind: str) -> Sentences | None:
    """The rationale with this fault; None where it does not fit. The same for the same question."""
    return FAULTS[kind](case, random.Random(f"{kind} {case.name}"))


def changed_at(case: Case, faulty: Sequence[Sentence]) -> int | None:
    """The place of the one sentence that differs from the sound text; None where several do, or one is missing."""
    if len(faulty) != len(case.sound):
        return None
    places = [place for place, (a, b) in enumerate(zip(case.sound, faulty, strict=True)) if a != b]
    return places[0] if len(places) == 1 else None


def moved(sentences: Sequence[Sentence], place: int, *, to_front: bool) -> Sentences:
    """The same sentences with that one first, or last."""
    rest = (*sentences[:place], *sentences[place + 1 :])
    return (sentences[place], *rest) if to_front else (*rest, sentences[place])


def padded(sentences: Sequence[Sentence]) -> Sentences:
    """The same claims in a longer text."""
    return (*sentences, *(Sentence(text) for text in PADDING))
