"""Reading an answer out of a completion: strictly, then tolerantly, and never by guessing.

Belongs here: the answer format, its reading, and the reason when there is none. Pure.
Does not: what the answer is worth (rewards, metrics), which slot a letter stands for (letters.py).

The format that the model is trained for is `<think>…</think><answer>B, D</answer>`, or `none` in place of the letters.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

NONE = "none"
_STRICT = re.compile(r"\s*<think>(?P<think>.*?)</think>\s*<answer>(?P<answer>[^<>]*)</answer>\s*", re.DOTALL)
_TAGGED = re.compile(r"<answer>([^<>]*)</answer>", re.DOTALL | re.IGNORECASE)
_SPOKEN = re.compile(r"\b(?:final )?answer\s*(?:is|:|=)\s*([^\n]*)", re.IGNORECASE)
_STRICT_LETTERS = re.compile(r"[A-Z](?:, ?[A-Z])*")
_BETWEEN = re.compile(r"[\s,;/&+]+|\band\b", re.IGNORECASE)
_JSON_KEYS = ("answer", "concluded", "conclusion")


@dataclass(frozen=True)
class Reading:
    """`letters` is `None` when nothing could be read; then `reason` says why. `strict`: in the trained format.

    `think` is the rationale in front of the answer, "" where there is none.
    """

    letters: frozenset[str] | None
    strict: bool
    reason: str = ""
    think: str = ""


def written(think: str, letters: Sequence[str] | frozenset[str]) -> str:
    """A completion in the trained format."""
    return f"<think>{think}</think><answer>{', '.join(sorted(letters)) or NONE}</answer>"


def read(text: str, options: Sequence[str]) -> Reading:
    """The letters that a completion answers with, out of `options`."""
    whole = _STRICT.fullmatch(text)
    if whole and "<think>" not in whole["think"] and "<answer>" not in whole["think"]:
        answer = whole["answer"].strip()
        if answer == NONE or _STRICT_LETTERS.fullmatch(answer):
            found = _letters(answer, options)
            return replace(found, strict=found.letters is not None, think=whole["think"])
    return replace(_tolerant(text, options), think=_before(text))


def _before(text: str) -> str:
    """What stands in front of the answer; nothing where it is not marked off."""
    opened, closed = text.find("<think>"), text.find("</think>")
    if closed >= 0:
        return text[opened + len("<think>") if opened >= 0 else 0 : closed]
    return text.split("<answer>", 1)[0] if "<answer>" in text else ""


def _tolerant(text: str, options: Sequence[str]) -> Reading:
    if not text.strip():
        return Reading(None, strict=False, reason="empty")
    tagged = _TAGGED.findall(text)
    if tagged:
        return _one_of(tagged, options)
    structured = _structured(text)
    if structured is not None:
        return _letters(structured, options)
    spoken = _SPOKEN.findall(text)
    if spoken:
        return _one_of(spoken, options)
    return Reading(None, strict=False, reason="no_answer")


def _one_of(found: Sequence[str], options: Sequence[str]) -> Reading:
    readings = [_letters(answer, options) for answer in found]
    if len({reading.letters for reading in readings}) > 1:
        return Reading(None, strict=False, reason="several_answers")
    return readings[-1]


def _structured(text: str) -> str | None:
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        return None
    try:
        value = json.loads(text[start : end + 1])
    except json.JSONDecodeError:
        return None
    for key in _JSON_KEYS:
        answer = value.get(key)
        if isinstance(answer, str):
            return answer
        if isinstance(answer, list) and all(isinstance(letter, str) for letter in answer):
            return ", ".join(answer) or NONE
    return None


def _letters(answer: str, options: Sequence[str]) -> Reading:
    words = [word.strip("[](){}'\"`.:*") for word in _BETWEEN.split(answer.strip())]
    words = [word for word in words if word]
    if not words:
        return Reading(None, strict=False, reason="empty_answer")
    if [word.lower() for word in words] == [NONE]:
        return Reading(frozenset(), strict=False)
    if any(word.lower() == NONE for word in words):
        return Reading(None, strict=False, reason="none_and_letters")
    unknown = [word for word in words if word not in options]
    if unknown:
        return Reading(None, strict=False, reason="unknown_letter" if len(unknown[0]) == 1 else "not_letters")
    return Reading(frozenset(words), strict=False)
