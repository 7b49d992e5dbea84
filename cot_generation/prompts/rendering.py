"""From a prompt's text and one question to the messages of a request.

Belongs here: filling placeholders, letters for slots, the reply's JSON schema, the order of pictures.
Does not: reading pictures (services.asking). Pure functions.

Pictures and the system text come first and are the same for every aspect of a sample, so that servers with a prefix
cache can use it; what differs comes last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import Template
from typing import Any

from cot_generation import letters
from cot_generation.choices import ReplyFormat
from cot_generation.shapes import Observation, PromptStep

PLACEHOLDERS = frozenset(
    {"aspect", "description", "letters", "count", "answer", "verdicts", "regions", "observations", "rationale"}
)
_NONE = {"en": "none", "zh-CN": "无"}
_SEVERITIES = {
    "en": {"none": "no defect", "minor": "a minor defect", "major": "a major defect", "unsure": "not settled"},
    "zh-CN": {"none": "无缺陷", "minor": "轻微缺陷", "major": "严重缺陷", "unsure": "未定"},
}


@dataclass(frozen=True)
class OfferedRegion:
    """A region a model may refer to by its id; the box in shares of the picture."""

    id: str
    slot: str
    box: tuple[float, float, float, float]
    note: str = ""


@dataclass(frozen=True)
class Question:
    """What a prompt is filled with. `answer` stays None where the model must not know it."""

    aspect_key: str
    aspect_name: str
    description: str
    order: str
    answer: tuple[str, ...] | None = None
    severities: Mapping[str, str] = field(default_factory=dict)
    regions: tuple[OfferedRegion, ...] = ()
    observations: tuple[Observation, ...] = ()
    rationale: str = ""  # names slots as `{{A}}`


def placeholders(text: str) -> set[str]:
    """Names after a `$` in the text."""
    return set(Template(text).get_identifiers())


def unknown_placeholders(text: str) -> set[str]:
    """Names after a `$` that nothing will fill; a prompt with any is refused when it is saved."""
    return placeholders(text) - PLACEHOLDERS if Template(text).is_valid() else {"$"}


def text_of(step: PromptStep, question: Question, *, locale: str) -> str:
    """The user's text of this step, candidates by the letters they are shown with."""
    names = letters.by_slot(question.order)
    words = _SEVERITIES.get(locale, _SEVERITIES["en"])
    braced = {slot: "{{" + letter + "}}" for slot, letter in names.items()}
    answer = [
        braced[slot] for slot in sorted(question.answer or (), key=lambda slot: names.get(slot, slot)) if slot in names
    ]
    verdicts = [
        f"{braced[slot]} {words.get(question.severities[slot], question.severities[slot])}"
        for slot in question.order
        if slot in question.severities
    ]
    noted = [
        f"- {braced.get(each.slot, '') if each.slot else ''} {letters.rename(each.text, names)}".replace("-  ", "- ")
        for each in question.observations
    ]
    return Template(step.text).substitute(
        aspect=question.aspect_name,
        description=question.description,
        letters=", ".join(sorted(names.values())),
        count=len(names),
        answer=", ".join(answer) or _NONE.get(locale, _NONE["en"]),
        verdicts="; ".join(verdicts) or _NONE.get(locale, _NONE["en"]),
        regions=_regions(question, braced, locale),
        observations="\n".join(noted) or "-",
        rationale=letters.rename(question.rationale, names) or "-",
    )


def _regions(question: Question, braced: Mapping[str, str], locale: str) -> str:
    if not question.regions:
        return ""
    lines = [
        f"{each.id} in {braced.get(each.slot, each.slot)}: "
        + ", ".join(f"{share:.2f}" for share in each.box)
        + (f" ({each.note})" if each.note else "")
        for each in question.regions
    ]
    head = (
        '\nMarked regions (x, y, width, height in shares of the picture); refer to them in "regions" by id:\n'
        if locale == "en"
        else '\n标出的区域(x、y、宽、高,按图片比例);在 "regions" 中用编号引用:\n'
    )
    return head + "\n".join(lines)


def messages(step: PromptStep, text: str, pictures: Sequence[str], *, locale: str) -> list[dict[str, Any]]:
    """`pictures` are data URLs: the original, then the candidates in the order shown."""
    original, candidate = ("Original:", "Candidate {}:") if locale == "en" else ("原图:", "候选图 {}:")
    parts: list[dict[str, Any]] = []
    for place, url in enumerate(pictures):
        name = original if place == 0 else candidate.format(chr(ord("A") + place - 1))
        parts.append({"type": "text", "text": name})
        parts.append({"type": "image_url", "image_url": {"url": url}})
    parts.append({"type": "text", "text": text})
    return [{"role": "system", "content": step.system}, {"role": "user", "content": parts}]


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def reply_schema(step: PromptStep, order: str) -> dict[str, Any]:
    """The JSON schema of the reply, with the letters that were shown."""
    letter = {"type": "string", "enum": sorted(letters.shown(order))}
    text = {"type": "string"}
    if step.name in ("derive", "derive_again"):
        return _object(answer={"type": "array", "items": letter})
    if step.name == "judge":
        return _object(reason=text, sound={"type": "boolean"})
    if step.name == "observe":
        return _object(observations={"type": "array", "items": _object(candidate=letter, text=text)})
    sentence = _object(
        candidate=letter,
        text=text,
        defect={"type": "boolean"},
        regions={"type": "array", "items": {"type": "string"}},
    )
    return _object(sentences={"type": "array", "items": sentence}, answer={"type": "array", "items": letter})


def response_format(reply: ReplyFormat, step: PromptStep, order: str) -> dict[str, Any] | None:
    """As the endpoint understands it; None for those that take text only."""
    if reply == ReplyFormat.JSON_SCHEMA:
        schema = {"name": step.name, "strict": True, "schema": reply_schema(step, order)}
        return {"type": "json_schema", "json_schema": schema}
    return {"type": "json_object"} if reply == ReplyFormat.JSON_OBJECT else None
