"""A rationale as running text: sentences joined, where each lies in it, and cutting a text into sentences.

Belongs here: joining and cutting. Does not: judging (checks/). Pure functions.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cot_generation import letters
from cot_generation.shapes import Sentence

# Behind it a sentence ends. The mark stands first and its surroundings behind it, so that the search skips to marks.
_END = re.compile(r"[.!?。!?](?:(?<=[。!?])|(?=\s))")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Joined:
    """`spans[i]` is where sentence i begins and ends in `text`, in characters."""

    text: str
    spans: tuple[tuple[int, int], ...]


def join(sentences: Sequence[Sentence]) -> Joined:
    """One text; Chinese sentences follow each other without a space."""
    text, spans = "", list[tuple[int, int]]()
    for sentence in sentences:
        if text and not (_CHINESE.search(sentence.text) and _CHINESE.search(text[-1:] + text[-2:-1])):
            text += " "
        start = len(text)
        text += sentence.text
        spans.append((start, len(text)))
    return Joined(text, tuple(spans))


def cut(text: str, *, aspect: str) -> tuple[Sentence, ...]:
    """Free text as sentences, each with the slot it names when it names exactly one."""
    marked = letters.mark(text)
    if "{{" not in marked:  # it names nobody
        return tuple([Sentence(text=part, aspect=aspect) for part in _sentences(marked)])
    found = []
    for part in _sentences(marked):
        names = letters.named(part)
        found.append(Sentence(text=part, slot=names[0] if len(names) == 1 else None, aspect=aspect))
    return tuple(found)


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if part := text[start:end].strip():
            yield part
        start = end
    if part := text[start:].strip():
        yield part


def is_chinese(text: str) -> bool:
    """Whether at least a fifth of the letters are Chinese characters."""
    return not text.isascii() and len(_CHINESE.findall(text)) * 5 >= len(text)


def weight(text: str) -> int:
    """Length as it reads: a Chinese character counts for two letters."""
    return len(text) + (0 if text.isascii() else len(_CHINESE.findall(text)))


def words(text: str, *, chinese: bool) -> list[str]:
    """What edits are counted in: words and marks, or the characters of a Chinese text."""
    return list(text) if chinese else re.findall(r"\w+|[^\w\s]", text)


def edit_distance(before: str, after: str) -> int:
    """The fewest words (Chinese: characters) to put in, take out or replace (Levenshtein), row by row."""
    chinese = is_chinese(before)
    old, new = words(before, chinese=chinese), words(after, chinese=chinese)
    row = list(range(len(new) + 1))
    for place, word in enumerate(old, start=1):
        above, row = row, [place]
        for column, other in enumerate(new, start=1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (word != other)))
    return row[-1]


def kept_share(before: str, after: str) -> float:
    """How much of `before` survived in `after`, 0 to 1, by matching runs of words or characters."""
    if not before:
        return 0.0
    chinese = is_chinese(before)
    old, new = words(before, chinese=chinese), words(after, chinese=chinese)
    matched = sum(block.size for block in difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks())
    return matched / len(old)
