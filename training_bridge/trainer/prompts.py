"""How a question, a scene and a rationale become the texts that a model reads and writes.

Belongs here: wording, picture order, the reduction of a rationale to a training target.
Does not: the answer format itself (completions.py), the draw of letters (letters.py).

A rationale is free text by a person or an endpoint. Two targets can be made of it:
- `text`: the rationale as written, slot marks like {{B}} replaced by the letters shown, then the answer;
- `compact`: one word for every candidate in the order shown, by what the rationale concludes, then the answer.
`compact` keeps only what the rationale decides and drops how it says it: a model of a million parameters that learns
from a few hundred rationales can learn to judge, not to write prose. Which one a recipe uses is its setting.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from training_bridge.trainer import completions, letters
from training_bridge.trainer.contract.rows import PoolRow, QuestionRow, RationaleRow

FINE = "ok"
TARGETS = ("compact", "text")
DESCRIBE = "Describe."
_SLOT = re.compile(r"\{\{\s*([A-H])\s*\}\}")

Message = dict[str, Any]


def aspect_words(aspect: str) -> str:
    return aspect.replace("_", " ")


def asked(aspect: str) -> str:
    """The shortest question about an aspect."""
    return f"{aspect_words(aspect)}?"


def content(labels: Sequence[str], request: str) -> list[Message]:
    """The user's turn: the original, every candidate under its letter, then what is asked."""
    parts: list[Message] = [{"type": "text", "text": "Original:"}, {"type": "image"}]
    for label in labels:
        parts += [{"type": "text", "text": f" {label}:"}, {"type": "image"}]
    return [*parts, {"type": "text", "text": f" {request}"}]


def question(row: QuestionRow, shown: Mapping[str, str], *, wording: str) -> tuple[list[Message], list[str]]:
    """The prompt of a question and the picture paths in the order of the prompt."""
    request = asked(row.aspect) if wording == "short" else row.instruction or aspect_words(row.aspect)
    path_of = {candidate.slot: candidate.path for candidate in row.candidates}
    slot_of = {letter: slot for slot, letter in shown.items()}
    labels = sorted(slot_of)
    return [{"role": "user", "content": content(labels, request)}], [
        row.original,
        *(path_of[slot_of[label]] for label in labels),
    ]


def defect_words(aspects: Iterable[str]) -> dict[str, str]:
    """One short word for a defect of each aspect: the last part of its key, or the whole key where that is not enough.

    A word of its own for each aspect lets a small model say what it sees before it has learnt to be asked.
    """
    last = {aspect: aspect.rsplit("_", 1)[-1] for aspect in sorted(set(aspects))}
    taken = Counter(last.values())
    return {aspect: word if taken[word] == 1 and word != FINE else aspect for aspect, word in last.items()}


def verdicts(found: Mapping[str, Sequence[str]], labels: Sequence[str]) -> str:
    """`A shadow. B ok. C layout shadow. D ok.`"""
    return " ".join(f"{label} {' '.join(found.get(label, ())) or FINE}." for label in labels)


def target(
    row: QuestionRow, rationale: RationaleRow | None, shown: Mapping[str, str], *, kind: str, words: Mapping[str, str]
) -> str:
    """What the model should have written: from the rationale, or from the answer where there is none."""
    concluded = row.answer if rationale is None or rationale.concluded is None else rationale.concluded
    picked = frozenset(shown[slot] for slot in concluded)
    if kind == "text" and rationale is not None:
        think = _SLOT.sub(lambda found: shown.get(found[1], found[1]), rationale.text).strip()
        for mark in ("<think>", "</think>", "<answer>", "</answer>"):
            think = think.replace(mark, "")
    else:
        think = verdicts({letter: [words[row.aspect]] for letter in picked}, sorted(shown.values()))
    return completions.written(think, picked)


def description(row: PoolRow, shown: Mapping[str, str], words: Mapping[str, str]) -> str:
    """What was planted in a scene under these aspects, candidate by candidate, aspects in the order of their keys."""
    planted = {
        letter: [words[aspect] for aspect in sorted(words) if row.severity(slot, aspect) in ("minor", "major")]
        for slot, letter in shown.items()
    }
    return verdicts(planted, sorted(shown.values()))


def pool_prompt(row: PoolRow, shown: Mapping[str, str], request: str = DESCRIBE) -> tuple[list[Message], list[str]]:
    """The prompt of a drawn scene and the picture paths in the order of the prompt."""
    slot_of = {letter: slot for slot, letter in shown.items()}
    labels = sorted(slot_of)
    paths = [row.original, *(row.candidates[slot_of[label]] for label in labels)]
    return [{"role": "user", "content": content(labels, request)}], paths


def corpus(aspects: Iterable[str], rationales: Iterable[str], *, most: int = 400) -> list[str]:
    """Texts from which a tokenizer learns: the fixed wording often, the release's rationales once."""
    words = defect_words(aspects)
    labels = letters.ALPHABET[:4]
    fixed = [f"user\nOriginal: A: B: C: D: E: F: G: H: {DESCRIBE}\nassistant\n"] * 200
    for aspect, word in words.items():
        every = verdicts({"A": [word], "B": [word, word]}, labels)
        fixed += [f"{aspect_words(aspect)}? {every} none, B"] * 60
    return fixed + [text for _, text in zip(range(most), rationales, strict=False)]
