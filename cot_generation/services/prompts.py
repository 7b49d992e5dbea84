"""Prompts and their versions.

Belongs here: saving a text as the next version, the defaults of a new project.
Does not: filling them in (prompts/rendering.py). A version is never changed: runs point at what they used.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Max

from accounts.services import audit_log
from catalog.services import assets
from config.base.errors import Conflict, InvalidInput
from cot_generation.choices import Stage, Way
from cot_generation.models import DeclinedDefault, Prompt
from cot_generation.prompts import defaults, rendering
from cot_generation.prompts.defaults import Default
from cot_generation.selectors import prompts as selectors
from cot_generation.services.asking import tells_answer
from cot_generation.shapes import PromptStep

STEPS = {
    Stage.PLAIN: ("explain",),
    Stage.SKELETON_FIRST: ("observe", "explain"),
    Stage.BLIND_FIRST: ("explain", "told"),
    Stage.REGION_GROUNDED: ("explain",),
    Stage.READ_BACK: ("derive", "derive_again"),
    Stage.JUDGE: ("judge",),
}
OF_WAY = {
    Way.AUTOMATED: {Stage.PLAIN, Stage.READ_BACK, Stage.JUDGE},
    Way.ANSWER_DRIVEN: {Stage.PLAIN, Stage.SKELETON_FIRST, Stage.BLIND_FIRST, Stage.REGION_GROUNDED},
}
# What a step may be told: the answer and what rests on it only where the model is meant to know it.
TELLING = frozenset({"answer", "verdicts", "regions"})


def check_steps(steps: tuple[PromptStep, ...], *, way: Way, stage: Stage) -> None:
    """Raises InvalidInput naming the step and what is wrong with it."""
    wanted = STEPS[stage]
    if stage not in OF_WAY.get(way, set()):
        raise InvalidInput(
            "There are no prompts for {way!t}, {stage!t}.", way=way.label.lower(), stage=Stage(stage).label.lower()
        )
    if tuple(step.name for step in steps) != wanted:
        raise InvalidInput("A prompt of this stage has the steps {steps}, in this order.", steps=list(wanted))
    for step in steps:
        if not step.text.strip():
            raise InvalidInput("The step {step} has no text.", step=step.name)
        if len(step.text) + len(step.system) > 20_000:
            raise InvalidInput("The step {step} is longer than 20,000 characters.", step=step.name)
        unknown = rendering.unknown_placeholders(step.text)
        if unknown:
            raise InvalidInput(
                "Nothing will fill ${unknown} in the step {step}; known are {known}. "
                "A plain dollar sign is written $$.",
                unknown=sorted(unknown)[0],
                known=[f"${name}" for name in sorted(rendering.PLACEHOLDERS)],
                step=step.name,
            )
        tells = tells_answer(way, stage, step.name)
        # Grounded in regions: the evidence is told and the answer is not, so that it has to be argued for.
        withheld = TELLING if not tells else {"answer"} if stage == Stage.REGION_GROUNDED else set()
        leaked = rendering.placeholders(step.text) & withheld
        if leaked:
            raise InvalidInput(
                "The step {step} must not be told the answer, but its text has ${leaked}.",
                leaked=sorted(leaked)[0],
                step=step.name,
            )


@transaction.atomic
def save(
    *,
    project_id: UUID,
    name: str,
    locale: str,
    way: Way,
    stage: Stage,
    steps: tuple[PromptStep, ...],
    picture_side: int = 512,
    max_tokens: int = 900,
    temperature: float = 0.7,
    actor_id: int | None,
) -> Prompt:
    """The next version of the prompt with this name and language; version 1 of a new one."""
    if not name.strip():
        raise InvalidInput("A prompt needs a name.")
    if locale not in defaults.LOCALES:
        raise InvalidInput("A prompt is written in one of {known}.", known=list(defaults.LOCALES))
    if picture_side not in assets.SIDES:
        raise InvalidInput("Pictures are sent with a longer side of {sides} pixels.", sides=list(assets.SIDES))
    if not (16 <= max_tokens <= 16_384 and 0 <= temperature <= 2):
        raise InvalidInput("A reply has 16 to 16,384 tokens, the temperature is 0 to 2.")
    check_steps(steps, way=way, stage=stage)
    # Two who save at once must not get the same number: the project's prompts are numbered under one lock.
    versions = Prompt.objects.in_project(project_id).filter(name=name.strip(), locale=locale)
    list(versions.select_for_update().values_list("pk", flat=True))
    version = (versions.aggregate(last=Max("version"))["last"] or 0) + 1
    prompt = Prompt.objects.create(
        project_id=project_id,
        name=name.strip(),
        locale=locale,
        version=version,
        way=way,
        stage=stage,
        steps=steps,
        picture_side=picture_side,
        max_tokens=max_tokens,
        temperature=temperature,
        created_by_id=actor_id,
    )
    audit_log.record(
        actor_id=actor_id, project_id=project_id, action="prompt.saved", subject=f"{prompt.name} {locale} {version}"
    )
    return prompt


def take_offer(*, project_id: UUID, name: str, locale: str, actor_id: int) -> Prompt:
    """Save an offered default as the project's next version of its name. Raises Conflict when it is not offered."""
    default = _offered(project_id, name, locale)
    return save(
        project_id=project_id,
        name=default.name,
        locale=default.locale,
        way=default.way,
        stage=default.stage,
        steps=default.steps,
        actor_id=actor_id,
    )


@transaction.atomic
def decline_offer(*, project_id: UUID, name: str, locale: str, actor_id: int) -> None:
    """Offer this default no more until its texts change. Raises Conflict when it is not offered."""
    default = _offered(project_id, name, locale)
    DeclinedDefault.objects.get_or_create(
        project_id=project_id,
        name=name,
        locale=locale,
        texts_sha256=default.texts_sha256,
        defaults={"declined_by_id": actor_id},
    )
    audit_log.record(
        actor_id=actor_id, project_id=project_id, action="prompt.default_declined", subject=f"{name} {locale}"
    )


def _offered(project_id: UUID, name: str, locale: str) -> Default:
    for each in selectors.offers(project_id):
        if (each.default.name, each.default.locale) == (name, locale):
            return each.default
    raise Conflict("This prompt is not offered any more: somebody took or declined it. Reload the page.")


def found_defaults(*, project_id: UUID) -> None:
    """What a new project starts with; called in the transaction that makes it."""
    Prompt.objects.bulk_create(
        Prompt(
            project_id=project_id,
            name=each.name,
            locale=each.locale,
            version=1,
            way=each.way,
            stage=each.stage,
            steps=each.steps,
        )
        for each in defaults.DEFAULTS
    )
