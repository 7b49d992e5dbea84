"""From a model's words to a rationale, or to the reason why not.

Belongs here: reading the JSON (also out of a fence or a sentence around it), letters back to slots.
Does not: judging whether it is right (checks/), HTTP (providers/). Pure functions: same text, same result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from cot_generation import letters
from cot_generation.choices import Outcome
from cot_generation.shapes import Observation, Sentence

_FENCE = re.compile(r"```(?:json)?\s*(\{.*?\})\s*```", re.DOTALL)
_OBJECT = re.compile(r"\{.*\}", re.DOTALL)
SENTENCES_AT_MOST = 24
TEXT_AT_MOST = 1200


class ReplySentence(msgspec.Struct):
    text: str
    candidate: str | None = None
    defect: bool | None = None
    regions: list[str] = []


class ReplyRationale(msgspec.Struct):
    sentences: list[ReplySentence]
    answer: list[str]


class ReplyObservation(msgspec.Struct):
    text: str
    candidate: str | None = None


class ReplyObservations(msgspec.Struct):
    observations: list[ReplyObservation]


class ReplyAnswer(msgspec.Struct):
    answer: list[str]


class ReplyJudgement(msgspec.Struct):
    sound: bool
    reason: str = ""


@dataclass(frozen=True)
class Judgement:
    """What a judge says of a rationale; the reason names slots."""

    sound: bool
    reason: str


@dataclass(frozen=True)
class Parsed:
    """A rationale in slots."""

    sentences: tuple[Sentence, ...]
    concluded: tuple[str, ...]


@dataclass(frozen=True)
class Unparsed:
    """Why nothing could be made of the reply."""

    outcome: Outcome
    detail: str


def _object(content: str) -> str | Unparsed:
    if not content.strip():
        return Unparsed(Outcome.EMPTY, "The reply has no text.")
    fenced = _FENCE.search(content)
    bare = fenced or _OBJECT.search(content)
    if bare is None:
        return Unparsed(Outcome.MALFORMED, "There is no JSON object in the reply.")
    return fenced.group(1) if fenced else bare.group(0)


def _slot(letter: str | None, names: dict[str, str]) -> str | None:
    """The slot behind a letter as models write it ("B", "{{B}}", "Candidate B"); None for the original or nothing."""
    if letter is None:
        return None
    found = re.search(r"[A-H](?![A-Za-z])", letter.strip())
    if found is None or found.group() not in names:
        return None
    return names[found.group()]


def rationale(content: str, *, order: str, aspect: str) -> Parsed | Unparsed:
    """Read a rationale; `order` is the slots as they were shown."""
    body = _object(content)
    if isinstance(body, Unparsed):
        return body
    try:
        reply = msgspec.json.decode(body.encode(), type=ReplyRationale)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        return Unparsed(Outcome.MALFORMED, str(error))
    names = letters.shown(order)
    concluded = []
    for letter in reply.answer:
        slot = _slot(letter, names)
        if slot is None:
            return Unparsed(Outcome.MALFORMED, f"The answer names {letter!r}, which was not shown.")
        concluded.append(slot)
    sentences = []
    for each in reply.sentences:
        if each.candidate is not None and each.candidate.strip() and _slot(each.candidate, names) is None:
            wrong = re.fullmatch(r"\W*([A-Z])\W*", each.candidate.strip())
            if wrong and wrong.group(1) != "O":
                return Unparsed(Outcome.MALFORMED, f"A sentence names {each.candidate!r}, which was not shown.")
        text = letters.rename(letters.mark(each.text.strip()), names)
        if text:
            sentences.append(
                Sentence(
                    text=text[:TEXT_AT_MOST],
                    slot=_slot(each.candidate, names),
                    aspect=aspect,
                    defect=each.defect,
                    regions=tuple(each.regions),
                )
            )
    if not sentences:
        return Unparsed(Outcome.MALFORMED, "The reply has no sentence.")
    if len(sentences) > SENTENCES_AT_MOST:
        return Unparsed(
            Outcome.MALFORMED, f"The reply has {len(sentences)} sentences; at most {SENTENCES_AT_MOST} fit."
        )
    return Parsed(tuple(sentences), tuple(sorted(set(concluded))))


def answer_set(content: str, *, order: str) -> tuple[str, ...] | Unparsed:
    """Read a bare conclusion: the slots that a reader of a rationale arrives at."""
    body = _object(content)
    if isinstance(body, Unparsed):
        return body
    try:
        reply = msgspec.json.decode(body.encode(), type=ReplyAnswer)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        return Unparsed(Outcome.MALFORMED, str(error))
    names = letters.shown(order)
    slots = [_slot(letter, names) for letter in reply.answer]
    if None in slots:
        return Unparsed(Outcome.MALFORMED, "The answer names a candidate which was not shown.")
    return tuple(sorted({slot for slot in slots if slot is not None}))


def judgement(content: str, *, order: str) -> Judgement | Unparsed:
    """Read a judge's verdict."""
    body = _object(content)
    if isinstance(body, Unparsed):
        return body
    try:
        reply = msgspec.json.decode(body.encode(), type=ReplyJudgement)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        return Unparsed(Outcome.MALFORMED, str(error))
    return Judgement(
        reply.sound, letters.plain(letters.mark(reply.reason.strip()), letters.shown(order))[:TEXT_AT_MOST]
    )


def observations(content: str, *, order: str) -> tuple[Observation, ...] | Unparsed:
    """Read what a model noted before it was told anything."""
    body = _object(content)
    if isinstance(body, Unparsed):
        return body
    try:
        reply = msgspec.json.decode(body.encode(), type=ReplyObservations)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        return Unparsed(Outcome.MALFORMED, str(error))
    names = letters.shown(order)
    noted = tuple(
        Observation(slot=_slot(each.candidate, names), text=letters.rename(letters.mark(each.text.strip()), names))
        for each in reply.observations[:SENTENCES_AT_MOST]
        if each.text.strip()
    )
    return noted or Unparsed(Outcome.MALFORMED, "The reply has no observation.")
