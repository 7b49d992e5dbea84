"""How a question, a scene and a rationale become the texts that a model reads and writes.

Belongs here: wording, picture order, the reduction of a rationale to a training target.
Does not: the answer format itself (completions.py), the draw of letters (letters.py).

A rationale is free text by a person or an endpoint. Two targets can be made of it:
- `text`: the rationale as written, slot marks like {{B}} replaced by the letters shown, then the answer;
- `compact`: one word for every candidate in the order shown, by what the rationale concludes, then the answer.
`compact` keeps only what the rationale decides and drops how it says it: a model of a million parameters that learns
from a few hundred rationales can learn to judge, not to write prose. Which one a recipe uses is its setting.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from training_bridge.trainer import completions, letters
from training_bridge.trainer.contract.rows import PoolRow, QuestionRow, RationaleRow

FINE, DEFECT = "ok", "defect"
TARGETS = ("compact", "text")
DESCRIBE = "Describe."
_SLOT = re.compile(r"\{\{\s*([A-H])\s*\}\}")

Message = dict[str, Any]


def aspect_words(aspect: str) -> str:
    return aspect.replace("_", " ")


def content(labels: Sequence[str], request: str) -> list[Message]:
    """The user's turn: the original, every candidate under its letter, then what is asked."""
    parts: list[Message] = [{"type": "text", "text": "Original:"}, {"type": "image"}]
    for label in labels:
        parts += [{"type": "text", "text": f" {label}:"}, {"type": "image"}]
    return [*parts, {"type": "text", "text": f" {request}"}]


def question(row: QuestionRow, shown: Mapping[str, str], *, wording: str) -> tuple[list[Message], list[str]]:
    """The prompt of a question and the picture paths in the order of the prompt."""
    request = f"{aspect_words(row.aspect)}?" if wording == "short" else row.instruction or aspect_words(row.aspect)
    path_of = {candidate.slot: candidate.path for candidate in row.candidates}
    slot_of = {letter: slot for slot, letter in shown.items()}
    labels = sorted(slot_of)
    return [{"role": "user", "content": content(labels, request)}], [
        row.original,
        *(path_of[slot_of[label]] for label in labels),
    ]


def verdicts(defective: frozenset[str], labels: Sequence[str]) -> str:
    return " ".join(f"{label} {DEFECT if label in defective else FINE}." for label in labels)


def target(row: QuestionRow, rationale: RationaleRow | None, shown: Mapping[str, str], *, kind: str) -> str:
    """What the model should have written: from the rationale, or from the answer where there is none."""
    concluded = row.answer if rationale is None else rationale.concluded
    picked = frozenset(shown[slot] for slot in concluded)
    if kind == "text" and rationale is not None:
        think = _SLOT.sub(lambda found: shown.get(found[1], found[1]), rationale.text).strip()
        for mark in ("<think>", "</think>", "<answer>", "</answer>"):
            think = think.replace(mark, "")
    else:
        think = verdicts(picked, sorted(shown.values()))
    return completions.written(think, picked)


def description(row: PoolRow, shown: Mapping[str, str], aspects: Sequence[str], *, turn: int) -> str:
    """Everything that was planted in a scene, aspect by aspect, in an order drawn for this scene and turn."""
    order = sorted(aspects, key=lambda aspect: hashlib.sha256(f"{row.id}/{turn}/{aspect}".encode()).digest())
    lines = []
    for aspect in order:
        planted = frozenset(
            letter for slot, letter in shown.items() if row.severity(slot, aspect) in ("minor", "major")
        )
        lines.append(f"{aspect_words(aspect)}? {verdicts(planted, sorted(shown.values()))}")
    return "\n".join(lines)


def pool_prompt(row: PoolRow, shown: Mapping[str, str]) -> tuple[list[Message], list[str]]:
    slot_of = {letter: slot for slot, letter in shown.items()}
    labels = sorted(slot_of)
    return [{"role": "user", "content": content(labels, DESCRIBE)}], [
        row.original,
        *(row.candidates[slot_of[label]] for label in labels),
    ]


def corpus(aspects: Iterable[str], rationales: Iterable[str], *, most: int = 400) -> list[str]:
    """Texts from which a tokenizer learns: the fixed wording often, the release's rationales once."""
    labels = letters.ALPHABET[:4]
    fixed = ["user\nOriginal: A: B: C: D: E: F: G: H: Describe.\nassistant\n"] * 200
    for aspect in aspects:
        for picked in (frozenset(), frozenset("A"), frozenset("BCD")):
            fixed += [f"{aspect_words(aspect)}? {verdicts(picked, labels)} {', '.join(picked) or 'none'}"] * 60
    return fixed + [text for _, text in zip(range(most), rationales, strict=False)]
