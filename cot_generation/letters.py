"""Which letter a model saw for which slot, and letters inside a text.

Belongs here: drawing an order, mapping both ways, finding the letters that a sentence names.
Does not: deciding whether a reply is right (checks/). Pure functions.

A text that we store names slots as `{{A}}`. Models are asked to write letters so; `mark` also finds the common ways in
which people and models name a candidate without braces, in English and Chinese.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

TOKEN = re.compile(r"\{\{\s*([A-H])\s*\}\}")
_NOUN = r"(?:candidates?|pictures?|images?|options?|versions?|choices?|候选|图片?|选项)"
_LIST = r"(?:\s*(?:,|and|or|&|、|和|与|或|/)+\s*[A-H](?![A-Za-z0-9}]))"
# After such a noun every letter of a list is a name, an article-like A included.
_NAMED = re.compile(rf"(?i:\b|(?<=[\u4e00-\u9fff])|^){_NOUN}\s*([A-H])(?![A-Za-z0-9}}])({_LIST}*)")
# The letter stands first and its surroundings behind it, so that the search can skip from letter to letter.
_LONE = re.compile(r"[B-H](?<![A-Za-z0-9{'’\-].)(?![A-Za-z0-9}\-])")
# A alone is mostly the article: it is a name before a verb or a mark, or after a preposition.
_BEFORE_A = (
    r"(?:(?<=\bin A)|(?<=\bof A)|(?<=\bto A)|(?<=\bfor A)|(?<=\bwith A)|(?<=\bonly A)|(?<=\bthan A)|(?<=[在与和、]A))"
)
_VERB = r"(?:is|has|shows|keeps|and|or|does|lacks|looks|appears)"
_AFTER_A = rf"(?:'s|’s|\s*[,;:.)、,。]|\s+{_VERB}\b)|[\u4e00-\u9fff]"
_LONE_A = re.compile(rf"A(?:{_BEFORE_A}(?![A-Za-z0-9}}])|(?<![A-Za-z0-9{{'’\-]A)(?={_AFTER_A}))")
# Without one of these nothing is marked, and without a noun no list: two quick looks that save most texts the rest.
_LETTER = re.compile(r"[A-H](?![A-Za-z0-9}])")
_NOUNS = ("candidate", "picture", "image", "option", "version", "choice", "候选", "图", "选项")
_SINGLE = re.compile(r"[A-H]")


def shuffled(slots: Sequence[str], *, draw: random.Random) -> str:
    """The slots in the order in which they will be shown: the first is letter A."""
    order = list(slots)
    draw.shuffle(order)
    return "".join(order)


def shown(order: str) -> dict[str, str]:
    """Letter -> slot."""
    return {chr(ord("A") + place): slot for place, slot in enumerate(order)}


def by_slot(order: str) -> dict[str, str]:
    """Slot -> letter."""
    return {slot: letter for letter, slot in shown(order).items()}


def mark(text: str) -> str:
    """Every letter that names a candidate, put into double braces."""

    def brace(match: re.Match[str]) -> str:
        return _SINGLE.sub(lambda letter: "{{" + letter.group() + "}}", match.group())

    def brace_named(match: re.Match[str]) -> str:
        start, end = match.start(1) - match.start(), match.end() - match.start()
        whole = match.group()
        return whole[:start] + _SINGLE.sub(lambda letter: "{{" + letter.group() + "}}", whole[start:end])

    if _LETTER.search(text) is None:
        return text
    lowered = text.lower()
    marked = _NAMED.sub(brace_named, text) if any(noun in lowered for noun in _NOUNS) else text
    marked = _LONE.sub(brace, marked)
    return _LONE_A.sub(brace, marked)


def rename(text: str, names: Mapping[str, str]) -> str:
    """Rewrite the marked names by `names`; a name that is not in it stays as it is."""
    return TOKEN.sub(lambda match: "{{" + names.get(match.group(1), match.group(1)) + "}}", text)


def plain(text: str, names: Mapping[str, str] | None = None) -> str:
    """For reading: the marks taken off, renamed when `names` are given."""
    if "{{" not in text:
        return text
    return TOKEN.sub(lambda match: (names or {}).get(match.group(1), match.group(1)), text)


def named(text: str) -> list[str]:
    """The marked names in the order of their first appearance."""
    return list(dict.fromkeys(TOKEN.findall(text))) if "{{" in text else []
