"""A project's aspects, guideline and answer rule: what a new project starts with, and every later version.

Belongs here: writing versions.
Does not: recomputing answers under a new rule (annotation follows `rule_changed` when it asks for the current one).

The four aspects are those of arXiv 2511.10055; their texts and severities are ours (the paper publishes no guideline).
"""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.db import transaction

from accounts.services import audit_log
from catalog.choices import Severity
from catalog.errors import GuidelineUnchanged, UnknownAspect
from catalog.models import AnswerRule, Aspect, Guideline
from catalog.selectors import aspects as aspect_selectors
from catalog.selectors import guidelines
from catalog.shapes import GuidelineText, Names

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
    """The next version. Raises UnknownAspect, or GuidelineUnchanged when nothing differs."""
    known = {aspect.key for aspect in aspect_selectors.of_project(project_id)}
    if unknown := sorted(set(texts) - known):
        raise UnknownAspect(f"This project has no aspect {', '.join(unknown)}.", unknown=unknown)
    Guideline.objects.select_for_update().filter(project_id=project_id).order_by("-version").first()
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


@transaction.atomic
def change_names(*, project_id: UUID, key: str, names: Names, description: Names, actor_id: int) -> None:
    """An aspect's words. Its key stays: questions, releases and models name it. Raises UnknownAspect."""
    changed = Aspect.objects.filter(project_id=project_id, key=key).update(names=names, description=description)
    if not changed:
        raise UnknownAspect(aspect=key)
    audit_log.record(actor_id=actor_id, project_id=project_id, action="aspect.renamed", subject=key)
