"""What a model would see of a prompt on a real question; nothing is sent and nothing stored."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from catalog.selectors import aspects as aspect_selectors
from catalog.selectors import samples as sample_selectors
from config.base.errors import InvalidInput
from cot_generation import letters, money
from cot_generation.choices import Stage, Way
from cot_generation.prompts import rendering
from cot_generation.selectors import questions
from cot_generation.services.asking import as_asked, tells_answer
from cot_generation.services.facts import gather
from cot_generation.services.prompts import check_steps
from cot_generation.shapes import PromptStep


@dataclass(frozen=True)
class Preview:
    """`pictures` are (letter, slot, sha256), the original first; `steps` (name, system, text, tells answer, tokens)."""

    sample: str
    aspect: str
    pictures: tuple[tuple[str, str, str], ...]
    steps: tuple[tuple[str, str, str, bool, int], ...]


def preview(
    *, project_id: UUID, way: Way, stage: Stage, locale: str, steps: tuple[PromptStep, ...], aspect: str, sample: str
) -> Preview:
    """Letters in slot order here; a call shuffles them. Raises InvalidInput for a text that could not be saved."""
    check_steps(steps, way=way, stage=stage)
    known = {each.key: each.id for each in aspect_selectors.of_project(project_id)}
    if aspect and aspect not in known:
        raise InvalidInput("There is no aspect {aspect!r} in this project.", aspect=aspect)
    if sample:
        sample_id = sample_selectors.by_external_id(project_id, sample).id
        chosen = [(sample_id, known[aspect] if aspect else next(iter(known.values())))]
    else:
        scope = questions.Scope(
            aspect_ids=[known[aspect]] if aspect else [], only_settled=False, only_without=False, limit=1
        )
        chosen = questions.open_for(project_id, way=way, scope=scope)
    found = next(iter(gather(project_id, chosen).values()), None)
    if found is None or found.original is None:
        raise InvalidInput("There is no question with pictures to look at; import samples first.")
    order = "".join(found.slots)
    pictures = [("", found.original.slot, found.original.sha256)]
    names = letters.by_slot(order)
    pictures += [(names[each.slot], each.slot, each.sha256) for each in found.candidates]
    rendered = []
    for step in steps:
        tells = tells_answer(way, stage, step.name)
        asked = as_asked(found, order=order, locale=locale, visible=tells, question=None)
        text = rendering.text_of(step, asked, locale=locale)
        tokens = money.text_tokens(step.system + text)
        rendered.append((step.name, step.system, text, tells, tokens))
    return Preview(found.external_id, found.aspect_key, tuple(pictures), tuple(rendered))
