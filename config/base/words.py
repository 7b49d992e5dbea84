"""Sentences for people: written in English, said in the language of the request.

Belongs here: filling a template, saying it in the active language, finding the template again behind a stored text.
Does not: the Chinese (locale/zh_Hans/LC_MESSAGES/django.po), which language a request wants (middleware.Language).

A template is an English sentence with `{named}` places; a list fills its place item by item, and `{why!t}` is filled
with a text, or a list of texts, that is itself such a sentence. One that starts with a small letter says something
about what stands before it (`is not there`), with which it is kept.
"""

from __future__ import annotations

import gettext as standard
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from django.utils import translation

LOCALE = Path(__file__).parent / "locale"
# What msgspec says about a body or a manifest's line that does not fit; ours to translate, not ours to write.
PLACED = "{what!t} - at `{place}`"
OF_MSGSPEC = (
    PLACED,
    "Object missing required field `{field}`",
    "Object contains unknown field `{field}`",
    "Expected `{wanted}`, got `{given}`",
    "Expected `{wanted}`",
    "Expected `{wanted}` {bound}",
    "Expected `{wanted}` of length {bound}",
    "Expected `{wanted}` of length {bound}, got {given}",
    "Invalid enum value {given}",
    "Invalid UUID",
    "JSON is malformed: {why}",
    "Input data was truncated",
)


class _English(Formatter):
    comma = ", "

    def retold(self, text: str) -> str:
        return text

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        if conversion == "t":
            return [self.retold(each) for each in value] if isinstance(value, list) else self.retold(str(value))
        return super().convert_field(value, conversion)

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, list | tuple):
            texts = [str(each) for each in value]
            return (" " if texts and texts[0].endswith((".", "。")) else self.comma).join(texts)
        if isinstance(value, str):
            return value  # found behind a stored text, where it was formatted already
        return str(super().format_field(value, format_spec))


class _Chinese(_English):
    comma = "、"

    def retold(self, text: str) -> str:
        return retold(text)


def noted(template: str, /, **values: object) -> str:
    """English, for a text that is kept and told again later; marks the template as one that has a translation."""
    return filled(template, values)


def filled(template: str, values: Mapping[str, object]) -> str:
    """The template in English. Raises KeyError where a place has no value."""
    return _English().vformat(template, (), values)


def told(template: str, values: Mapping[str, object]) -> str:
    """The template in the active language. Raises KeyError where a place has no value."""
    if _locale() is None:
        return filled(template, values)
    return _Chinese().vformat(translation.gettext(template), (), values)


def retold(text: str) -> str:
    """A stored English text in the active language; as it is where no template fits."""
    locale = _locale()
    return text if locale is None or not text else _retold(text, locale)


@lru_cache(maxsize=4096)
def _retold(text: str, locale: str) -> str:
    known = _catalogue(locale)
    if text in known:
        return known[text]
    what, at, place = text.rpartition(" - at `")
    if at and text.endswith("`"):
        return _Chinese().vformat(known[PLACED], (), {"what": what, "place": place[:-1]})
    for pattern, template in _patterns(locale):
        if found := pattern.fullmatch(text):
            values = found.groupdict()
            subject = values.pop("_subject", None)
            said = _Chinese().vformat(known[template], (), values)
            return said if subject is None else f"{subject} {said}"
    return text


def _locale() -> str | None:
    """The active language's folder; None for English, in which everything is written."""
    language = translation.get_language() or "en"
    return None if language.startswith("en") else translation.to_locale(language)


@cache
def _catalogue(locale: str) -> Mapping[str, str]:
    found = standard.translation("django", LOCALE, [locale])
    # Its public side looks one message up; which there are it keeps in this attribute, since Python 2.
    return {msgid: said for msgid, said in vars(found)["_catalog"].items() if msgid}


@cache
def _patterns(locale: str) -> list[tuple[re.Pattern[str], str]]:
    """What each template looks like when it is filled; those that say most themselves come first."""
    made = []
    for template in _catalogue(locale):
        parts = list(Formatter().parse(template))
        letters, predicate = sum(map(str.isalpha, "".join(literal for literal, *_ in parts))), template[0].islower()
        whole = not predicate and all(name is None for _, name, *_ in parts)  # looked up as it is
        if whole or letters < 4 or template == PLACED:
            continue  # that of few letters is nearly all value, and would fit anything
        made.append((letters, re.compile(_shape(parts, predicate=predicate), re.DOTALL), template))
    return [(pattern, template) for _, pattern, template in sorted(made, key=lambda each: -each[0])]


def _shape(parts: list[Any], *, predicate: bool) -> str:
    shape, seen = ("(?:(?P<_subject>.+) )?" if predicate else ""), set()
    for literal, name, _, conversion in parts:
        shape += re.escape(literal)
        if name is None:
            continue
        value = f"(?P={name})" if name in seen else f"(?P<{name}>.*)"
        seen.add(name)
        shape += f"['\"]{value}['\"]" if conversion == "r" else value
    return shape
