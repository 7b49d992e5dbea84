"""What changed between two versions, and which defaults are offered to a project that is older than they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accounts.choices import Role
from config.base.errors import Conflict
from cot_generation.choices import Stage, Way
from cot_generation.models import Prompt
from cot_generation.prompts import defaults, diffing
from cot_generation.selectors import prompts as selectors
from cot_generation.services import prompts
from cot_generation.shapes import PromptStep
from tests.builders import accounts
from tests.platform import ApiClient


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("Look at the shadow.", "Look first at the shadow.", [("added", " first")]),
        ("Look at the shadow.", "Look at the light.", [("removed", "shadow"), ("added", "light")]),
        ("请看影子。", "请先看影子。", [("added", "先")]),
        ("Same.", "Same.", []),
    ],
)
def test_a_difference_is_told_in_words_and_gives_both_texts_back(
    before: str, after: str, changed: list[tuple[str, str]]
) -> None:
    found = diffing.segments(before, after)

    assert [(each.kind, each.text) for each in found if each.kind != "same"] == changed
    assert "".join(each.text for each in found if each.kind != "added") == before
    assert "".join(each.text for each in found if each.kind != "removed") == after


def test_a_step_that_only_one_version_has_is_all_removed_or_all_added() -> None:
    found = diffing.steps([PromptStep("told", "s", "old")], [PromptStep("explain", "s", "new")])

    assert [(each.step, each.part, [(part.kind, part.text) for part in each.segments]) for each in found] == [
        ("explain", "system", [("added", "s")]),
        ("explain", "text", [("added", "new")]),
        ("told", "system", [("removed", "s")]),
        ("told", "text", [("removed", "old")]),
    ]


@pytest.mark.django_db
def test_a_new_project_is_offered_nothing_and_an_edited_prompt_is_left_alone() -> None:
    project = accounts.project()
    mine = Prompt.objects.get(project=project, name="Judge", locale="en")

    prompts.save(
        project_id=project.pk,
        name="Judge",
        locale="en",
        way=Way.AUTOMATED,
        stage=Stage.JUDGE,
        steps=(PromptStep("judge", "Mine.", mine.steps[0].text),),
        actor_id=None,
    )

    assert selectors.offers(project.pk) == []


@pytest.mark.django_db
def test_a_better_default_is_offered_to_an_older_project_and_changes_nothing_until_taken() -> None:
    project = accounts.project()
    lead = accounts.user()
    old = Prompt.objects.get(project=project, name="Judge", locale="en")
    Prompt.objects.filter(pk=old.pk).update(steps=[{"name": "judge", "system": "Old.", "text": "Old."}])
    Prompt.objects.filter(project=project, name="Read back", locale="zh-CN").delete()

    offered = selectors.offers(project.pk)

    assert [(each.default.name, each.default.locale, each.next_version) for each in offered] == [
        ("Read back", "zh-CN", 1),
        ("Judge", "en", 2),
    ]
    assert any(part.changed for part in offered[1].parts)
    assert Prompt.objects.get(pk=old.pk).steps[0].text == "Old."
    taken = prompts.take_offer(project_id=project.pk, name="Judge", locale="en", actor_id=lead.pk)
    default = next(each for each in defaults.DEFAULTS if (each.name, each.locale) == ("Judge", "en"))
    assert (taken.version, tuple(taken.steps)) == (2, default.steps)
    assert [each.default.name for each in selectors.offers(project.pk)] == ["Read back"]
    with pytest.raises(Conflict, match="not offered"):
        prompts.decline_offer(project_id=project.pk, name="Judge", locale="en", actor_id=lead.pk)
    with pytest.raises(Conflict, match="not offered"):
        prompts.take_offer(project_id=project.pk, name="Judge", locale="en", actor_id=lead.pk)


@pytest.mark.django_db
def test_a_declined_default_is_offered_again_once_its_texts_change(monkeypatch: pytest.MonkeyPatch) -> None:
    project = accounts.project(slug="p")
    lead = accounts.member(project, Role.LEAD)
    Prompt.objects.filter(project=project, name="Judge", locale="en").delete()
    browser = ApiClient().signed_in_as(lead)

    declined = browser.post("/projects/p/prompts/offers/decline", {"name": "Judge", "locale": "en"})

    assert (declined.status_code, selectors.offers(project.pk)) == (204, [])
    assert not Prompt.objects.filter(project=project, name="Judge", locale="en").exists()
    default = next(each for each in defaults.DEFAULTS if (each.name, each.locale) == ("Judge", "en"))
    better = replace(default, steps=(PromptStep("judge", "Better.", default.steps[0].text),))
    monkeypatch.setattr(defaults, "DEFAULTS", (better,))
    assert [each.default.steps[0].system for each in selectors.offers(project.pk)] == ["Better."]
