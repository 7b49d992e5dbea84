"""Writing a plausible reply about one question, at a stated skill.

Belongs here: which slots are called faulty, in which words, with which mistakes; decided by hashes, hence repeatable.
Does not: HTTP, keys, faults and delays (server.py).
"""

import hashlib
from collections.abc import Sequence

import msgspec

from cot_generation.sandbox import phrases
from cot_generation.sandbox.asked import Asked

GUESSED_SHARE = 0.3  # of cells called faulty where no truth is known
LEAK_SHARE = 0.25  # of the unskilled replies that say they were told the answer


def chance(*what: object) -> float:
    """Between 0 and 1, the same for the same arguments."""
    digest = hashlib.blake2b("\x1f".join(map(str, what)).encode(), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64


def pick(options: Sequence[str], *what: object) -> str:
    return options[int(chance("pick", *what) * len(options))]


def judged(asked: Asked, truth: frozenset[str] | None, *, skill: float, seed: int) -> frozenset[str]:
    """The slots this model believes to be faulty."""
    if (
        asked.given is not None
        and chance(seed, "obeys", asked.model, asked.sample, asked.aspect, asked.seed) < 0.9 + skill / 10
    ):
        return asked.given

    def believes(slot: str) -> bool:
        draw = chance(seed, asked.model, asked.sample, asked.aspect, slot, asked.seed)
        if truth is None:
            return draw < GUESSED_SHARE
        return (slot in truth) == (draw < skill)

    return frozenset(slot for slot in asked.letters.values() if believes(slot))


def _side(asked: Asked, slot: str, seed: int) -> str:
    """Where the marked region lies, by the axis on which it is further out; anywhere where none is known."""
    sides = phrases.SIDES_CHINESE if asked.chinese else phrases.SIDES_ENGLISH
    left, right, bottom, top = sides
    if offered := asked.regions.get(slot):
        across, down = offered[0].x - 0.5, offered[0].y - 0.5
        if abs(across) >= abs(down):
            return left if across < 0 else right
        return top if down < 0 else bottom
    return pick(sides, seed, "side", asked.sample, asked.aspect, slot)


def reply(asked: Asked, truth: frozenset[str] | None, *, skill: float, seed: int) -> str:
    """The content of the assistant's message: JSON as the prompt wants it."""
    words = phrases.wording(asked.aspect, chinese=asked.chinese)
    aspect = asked.aspect.replace("_", " ") or "picture"
    faulty = judged(asked, truth, skill=skill, seed=seed)

    def say(options: Sequence[str], letter: str, slot: str) -> str:
        sentence = pick(options, seed, asked.model, asked.sample, asked.aspect, slot, asked.seed)
        return sentence.format(c="{{" + letter + "}}", side=_side(asked, slot, seed), aspect=aspect)

    if asked.step == "observe":
        observations = [
            {"candidate": letter, "text": say(words.seen, letter, slot)} for letter, slot in asked.letters.items()
        ]
        return msgspec.json.encode({"observations": observations}).decode()

    if asked.step in ("derive", "derive_again"):
        # A reader mostly follows the text, and now and then its own eyes.
        follows = chance(seed, "follows", asked.model, asked.sample, asked.aspect, asked.seed) < 1 - (1 - skill) / 3
        read = asked.argued if follows else faulty
        return msgspec.json.encode({"answer": [key for key, slot in asked.letters.items() if slot in read]}).decode()
    if asked.step == "judge":
        wrong = sorted(asked.argued ^ (asked.argued if truth is None else truth))
        sees = chance(seed, "sees", asked.model, asked.sample, asked.aspect, asked.seed) < skill
        if wrong and sees:
            letter = next(key for key, slot in asked.letters.items() if slot == wrong[0])
            verdict = {"reason": f"The pictures say otherwise about {{{{{letter}}}}}.", "sound": False}
        else:
            verdict = {"reason": "", "sound": True}
        return msgspec.json.encode(verdict).decode()

    sentences = [
        {
            "candidate": letter,
            "text": say(words.defect if slot in faulty else words.clean, letter, slot),
            "defect": slot in faulty,
            "regions": [each.id for each in asked.regions.get(slot, ())[:1]] if slot in faulty else [],
        }
        for letter, slot in asked.letters.items()
    ]
    if asked.given is not None and sentences:
        slips = chance(seed, "leak", asked.model, asked.sample, asked.aspect, asked.seed)
        if slips < (1 - skill) * LEAK_SHARE:
            leak = pick(
                phrases.LEAKS_CHINESE if asked.chinese else phrases.LEAKS_ENGLISH, seed, asked.sample, asked.aspect
            )
            sentences[0]["text"] = f"{leak}{sentences[0]['text']}"
    concluded = sorted(letter for letter, slot in asked.letters.items() if slot in faulty)
    return msgspec.json.encode({"sentences": sentences, "answer": concluded}).decode()
