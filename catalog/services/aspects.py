"""A project's aspects, guideline and answer rule: what a new project starts with, and every later version.

Belongs here: writing versions.
Does not: what follows for answers (annotation, called through settings.SETTINGS_FOLLOWERS in the same transaction).

The four aspects are those of arXiv 2511.10055; their texts and severities are ours (the paper publishes no guideline).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.module_loading import import_string

from accounts.services import audit_log
from catalog.choices import OVERALL, Severity
from catalog.errors import (
    AspectExists,
    ExampleUnknown,
    GuidelineUnchanged,
    LastAspect,
    RuleUnchanged,
    ThresholdUnreachable,
    UnknownAspect,
)
from catalog.models import AnswerRule, Aspect, AspectRevision, Guideline
from catalog.selectors import aspects as aspect_selectors
from catalog.selectors import guidelines, rules, samples
from catalog.shapes import GuidelineText, Names
from config.base.errors import InvalidInput
from config.base.words import noted

KEY = re.compile(r"[a-z][a-z0-9_]{0,47}")


@dataclass(frozen=True)
class AspectWords:
    """What people read of an aspect, and which verdicts it knows."""

    names: Names
    description: Names
    severities: tuple[str, ...] = tuple(Severity.values)


DEFAULTS: tuple[tuple[str, Names, Names, GuidelineText], ...] = (
    (
        "appearance_deformation",
        Names("Appearance deformation", "外观变形"),
        Names("The product's shape, texture or print differs from the original.", "商品的形状、纹理或印刷与原图不同。"),
        GuidelineText(
            Names(
                "Compare outline, proportions and print with the original. A change of light or of the background is "
                "no deformation; a bent, stretched, squeezed or melted body is.",
                "将轮廓、比例和印刷与原图对比。光线或背景的变化不算变形;弯曲、拉伸、挤压或融化的主体算。",
            ),
            Names(
                "Which candidates deform the product, compared with the original?",
                "与原图相比,哪些候选图使商品变形?",
            ),
        ),
    ),
    (
        "physical_shadow",
        Names("Physical shadow", "物理阴影"),
        Names(
            "The cast shadow contradicts the light or the contact with the ground.", "投影与光线或与地面的接触相矛盾。"
        ),
        GuidelineText(
            Names(
                "The cast shadow starts where the object touches the ground and points away from the brightest light. "
                "Judge the direction first, then the contact, then the softness.",
                "投影应从物体接触地面处开始,并背离最亮的光源。先判断方向,再判断接触,最后判断柔和程度。",
            ),
            Names("Which candidates have an implausible shadow?", "哪些候选图的阴影不合理?"),
        ),
    ),
    (
        "placement_layout",
        Names("Placement layout", "摆放布局"),
        Names("The product floats, sinks, tilts or has the wrong scale.", "商品悬浮、下陷、倾斜或比例错误。"),
        GuidelineText(
            Names(
                "The product stands on something that can carry it, upright, at a size that fits what is around it.",
                "商品应直立放置在可承载它的物体上,大小与周围环境相称。",
            ),
            Names("Which candidates place the product implausibly?", "哪些候选图的商品摆放不合理?"),
        ),
    ),
    (
        "extension_rationality",
        Names("Extension rationality", "延展合理性"),
        Names("What was added around the product makes no sense.", "商品周围新增的内容不合理。"),
        GuidelineText(
            Names(
                "Look at everything that the original does not show: parts that grow out of the product, broken or "
                "repeated ground, props cut in half.",
                "查看原图中没有的一切:从商品中长出的部件、断裂或重复的地面、被截断的道具。",
            ),
            Names(
                "Which candidates add something implausible around the product?",
                "哪些候选图在商品周围添加了不合理的内容?",
            ),
        ),
    ),
)


@transaction.atomic
def set_up(project_id: UUID) -> None:
    """The four aspects of the reference task, guideline 1 and rule 1. Does nothing for a project that has aspects."""
    if Aspect.objects.filter(project_id=project_id).exists():
        return
    Aspect.objects.bulk_create(
        Aspect(project_id=project_id, key=key, names=names, description=description, position=position)
        for position, (key, names, description, _) in enumerate(DEFAULTS)
    )
    Guideline.objects.create(project_id=project_id, version=1, texts={key: text for key, _, _, text in DEFAULTS})
    AnswerRule.objects.create(project_id=project_id, version=1, threshold=Severity.MINOR)


@transaction.atomic
def publish_guideline(
    *, project_id: UUID, texts: dict[str, GuidelineText], note: str, actor_id: int
) -> guidelines.GuidelineInfo:
    """The next version. Raises UnknownAspect, InvalidInput, ExampleUnknown, or GuidelineUnchanged: nothing differs."""
    known = {aspect.key: aspect for aspect in aspect_selectors.of_project(project_id)}
    if unknown := sorted(set(texts) - known.keys()):
        raise UnknownAspect(
            "Nothing was published: this project has no aspect {unknown}, only {known}.",
            unknown=unknown,
            known=list(known),
        )
    for key, text in texts.items():
        _check_question(text, of=known[key].names["en"])
    _check_examples(project_id, texts, known)
    _lock(project_id)
    present = guidelines.current(project_id)
    merged = {**present.texts, **texts}
    if msgspec.json.encode(merged) == msgspec.json.encode(present.texts):
        raise GuidelineUnchanged
    Guideline.objects.create(
        project_id=project_id, version=present.version + 1, texts=merged, note=note, created_by_id=actor_id
    )
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="guideline.published",
        subject=f"guideline {present.version + 1}",
    )
    return guidelines.current(project_id)


def _check_question(text: GuidelineText, *, of: str) -> None:
    if not text.question.en.strip():
        raise InvalidInput("{of} needs its question in English: people and models are asked it.", of=of)


def _check_examples(
    project_id: UUID, texts: Mapping[str, GuidelineText], known: Mapping[str, aspect_selectors.AspectInfo]
) -> None:
    named = [(key, example) for key, text in texts.items() for example in text.examples]
    found = samples.by_external_ids(project_id, [example.sample for _, example in named])
    slots = samples.infos(found.values())
    faults = []
    for key, example in named:
        sample_id = found.get(example.sample)
        severities = known[key].severities
        if sample_id is None:
            faults.append((example, noted("there is no sample {sample!r} in this project", sample=example.sample)))
        elif example.slot not in slots[sample_id].slots:
            has = ", ".join(slots[sample_id].slots)
            fault = noted(
                "{sample} has no candidate {slot!r}, only {has}", sample=example.sample, slot=example.slot, has=has
            )
            faults.append((example, fault))
        elif example.severity not in severities:
            has = ", ".join(severities)
            fault = noted("{key} has no verdict {verdict!r}, only {has}", key=key, verdict=example.severity, has=has)
            faults.append((example, fault))
    if faults:
        raise ExampleUnknown(
            "Nothing was published: {faults!t}. Remove such an example, or add it again as it is right.",
            faults=[fault for _, fault in faults[:5]],
            samples=[example.sample for example, _ in faults],
        )


@transaction.atomic
def add(*, project_id: UUID, key: str, words: AspectWords, text: GuidelineText, actor_id: int) -> None:
    """A further aspect, last in order. Its text makes the next guideline version; what is judged already stays.

    Raises AspectExists, InvalidInput, ThresholdUnreachable, ExampleUnknown.
    """
    if not KEY.fullmatch(key) or key == OVERALL:
        raise InvalidInput(
            "A key starts with a letter and has small letters, digits and _ only, 48 at most, and is not overall."
        )
    severities = _checked(words, rules.current(project_id).threshold)
    _lock(project_id)
    if Aspect.objects.filter(project_id=project_id, key=key).exists():
        raise AspectExists(key=key)
    _check_question(text, of=words.names.en)
    last = Aspect.objects.filter(project_id=project_id).aggregate(last=Max("position"))["last"]
    Aspect.objects.create(
        project_id=project_id,
        key=key,
        names=words.names,
        description=words.description,
        severities=severities,
        position=0 if last is None else last + 1,
    )
    audit_log.record(actor_id=actor_id, project_id=project_id, action="aspect.added", subject=key)
    note = f"New aspect: {words.names.en}"[:200]
    publish_guideline(project_id=project_id, texts={key: text}, note=note, actor_id=actor_id)


@transaction.atomic
def change(*, project_id: UUID, key: str, words: AspectWords, actor_id: int, now: datetime) -> None:
    """An aspect's words and severities; what it was stays as a revision.

    Its key stays: questions, releases and models name it. Verdicts with a severity that it no longer has stay too.
    Raises UnknownAspect, InvalidInput, ThresholdUnreachable.
    """
    severities = _checked(words, rules.current(project_id).threshold)
    _lock(project_id)
    aspect = _aspect(project_id, key)
    _keep(aspect, actor_id=actor_id, now=now)
    aspect.names, aspect.description, aspect.severities = words.names, words.description, severities
    aspect.save(update_fields=["names", "description", "severities", "revision"])
    audit_log.record(actor_id=actor_id, project_id=project_id, action="aspect.changed", subject=key)


@transaction.atomic
def reorder(*, project_id: UUID, keys: Sequence[str], actor_id: int, now: datetime) -> None:
    """The order of the verdict matrix. Raises UnknownAspect unless all of the project's aspects are named, once."""
    _lock(project_id)
    aspects = {row.key: row for row in Aspect.objects.filter(project_id=project_id, retired_at__isnull=True)}
    if sorted(keys) != sorted(aspects):
        raise UnknownAspect("Name every aspect of the project once.", expected=sorted(aspects))
    for position, key in enumerate(keys):
        if aspects[key].position != position:
            _keep(aspects[key], actor_id=actor_id, now=now)
            aspects[key].position = position
            aspects[key].save(update_fields=["position", "revision"])
    audit_log.record(actor_id=actor_id, project_id=project_id, action="aspect.reordered", subject=", ".join(keys)[:160])


@transaction.atomic
def retire(*, project_id: UUID, key: str, actor_id: int, now: datetime) -> None:
    """Ask no more about it. Verdicts, answers, rationales and releases keep it. Raises UnknownAspect, LastAspect."""
    _lock(project_id)
    aspect = _aspect(project_id, key)
    if not Aspect.objects.filter(project_id=project_id, retired_at__isnull=True).exclude(pk=aspect.pk).exists():
        raise LastAspect(key=key)
    _keep(aspect, actor_id=actor_id, now=now)
    aspect.retired_at = now
    aspect.save(update_fields=["retired_at", "revision"])
    audit_log.record(actor_id=actor_id, project_id=project_id, action="aspect.retired", subject=key)
    _tell(project_id, now)


@transaction.atomic
def restore(*, project_id: UUID, key: str, actor_id: int, now: datetime) -> None:
    """Ask about a retired aspect again, last in order. Raises UnknownAspect."""
    _lock(project_id)
    aspect = Aspect.objects.filter(project_id=project_id, key=key, retired_at__isnull=False).first()
    if aspect is None:
        raise UnknownAspect("This project has no retired aspect {aspect!r}.", aspect=key)
    _keep(aspect, actor_id=actor_id, now=now)
    last = Aspect.objects.filter(project_id=project_id).aggregate(last=Max("position"))["last"]
    aspect.retired_at, aspect.position = None, last + 1
    aspect.save(update_fields=["retired_at", "position", "revision"])
    audit_log.record(actor_id=actor_id, project_id=project_id, action="aspect.restored", subject=key)
    _tell(project_id, now)


@transaction.atomic
def change_rule(*, project_id: UUID, threshold: str, actor_id: int, now: datetime) -> rules.RuleInfo:
    """The next version of the answer rule; answers follow in the background.

    Raises RuleUnchanged, ThresholdUnreachable.
    """
    _lock(project_id)
    present = rules.current(project_id)
    if threshold == present.threshold:
        raise RuleUnchanged(threshold=threshold)
    for aspect in aspect_selectors.of_project(project_id):
        _reachable(aspect.key, aspect.severities, threshold)
    AnswerRule.objects.create(
        project_id=project_id, version=present.version + 1, threshold=threshold, created_by_id=actor_id
    )
    audit_log.record(
        actor_id=actor_id,
        project_id=project_id,
        action="rule.changed",
        subject=f"rule {present.version + 1}",
        details={"from": present.threshold, "to": threshold},
    )
    _tell(project_id, now)
    return rules.current(project_id)


def _tell(project_id: UUID, now: datetime) -> None:
    for dotted in settings.SETTINGS_FOLLOWERS:
        import_string(dotted)(project_id=project_id, now=now)


def _lock(project_id: UUID) -> None:
    """One change of a project's settings at a time."""
    list(Guideline.objects.select_for_update().filter(project_id=project_id, version=1))


def _aspect(project_id: UUID, key: str) -> Aspect:
    found = Aspect.objects.filter(project_id=project_id, key=key, retired_at__isnull=True).first()
    if found is None:
        raise UnknownAspect("This project has no aspect {aspect!r}.", aspect=key)
    return found


def _keep(aspect: Aspect, *, actor_id: int, now: datetime) -> None:
    """What the aspect is stays as a revision; the caller changes and saves it."""
    AspectRevision.objects.create(
        aspect=aspect,
        revision=aspect.revision,
        names=aspect.names,
        description=aspect.description,
        severities=aspect.severities,
        position=aspect.position,
        retired_at=aspect.retired_at,
        replaced_by_id=actor_id,
        replaced_at=now,
    )
    aspect.revision += 1


def _checked(words: AspectWords, threshold: str) -> list[str]:
    """The severities in their order."""
    if not words.names.en.strip():
        raise InvalidInput("An aspect needs an English name.")
    if unknown := set(words.severities) - set(Severity.values):
        raise InvalidInput("There is no severity {unknown}.", unknown=sorted(unknown))
    if Severity.NONE not in words.severities:
        raise InvalidInput("An aspect needs the severity none: most candidates have no defect.")
    _reachable(words.names.en, words.severities, threshold)
    return [severity for severity in Severity.values if severity in words.severities]


def _reachable(aspect: str, severities: Sequence[str], threshold: str) -> None:
    if not any(rules.ORDER.get(Severity(each), -1) >= rules.ORDER[Severity(threshold)] for each in severities):
        raise ThresholdUnreachable(
            "{aspect} has no severity at or above {threshold}, so it could never have a defect.",
            threshold=threshold,
            aspect=aspect,
        )
