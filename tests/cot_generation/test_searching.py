"""Searching in texts of rationales: any language, parts of words, whoever or whatever wrote them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import pytest
from django.db import connection

from accounts.choices import Role
from cot_generation.models import Rationale, SearchText
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
MakeWorld = Callable[..., World]
TEXTS = {
    "outline": 'The outline of {{B}} follows, its Shadow says "no" to 100% of the light.',
    "contact": "{{A}} floats: no contact.\n\\o/",
    "shadow": "候选图 {{A}} 的阴影落向光源一侧。",
    "plane": "候选图 {{C}} 悬浮在桌面之上，影子缺失。",
}


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    world = make_world(len(TEXTS))
    for sample, text in zip(world.samples, TEXTS.values(), strict=True):
        build.rationale(world.project.pk, sample_id=sample.pk, aspect_id=world.aspect_id, text=text)
    return world


@pytest.fixture
def find(api: Callable[[], ApiClient], world: World) -> Callable[[str], set[str]]:
    reviewer = api().signed_in_as(world.member(Role.REVIEWER))
    names = {sample.external_id: name for sample, name in zip(world.samples, TEXTS, strict=True)}

    def find(text: str) -> set[str]:
        got = reviewer.get(f"/projects/{world.project.slug}/rationales", text=text)
        assert got.status_code == 200, got.content
        return {names[row["question"]["sample"]] for row in got.json()["results"]}

    return find


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("outline", {"outline"}),
        ("SHADOW", {"outline"}),
        ("utlin", {"outline"}),  # within a word
        ("light outl", {"outline"}),  # parts in any order
        ("outline contact", set()),  # all of them
        ("阴影", {"shadow"}),
        ("影", {"shadow", "plane"}),
        ("光源 候选", {"shadow"}),
        ("影阴", set()),
        ("outline of b", {"outline"}),  # slots as people read them
        ("{{A}} floats", {"contact"}),
        ("shadow\x00", {"outline"}),  # which no text can hold
        ("100%", {"outline"}),
        ("1%0", set()),  # no wildcard
        ("c_ntact", set()),
        ('"no"', {"outline"}),
        ("\\o/", {"contact"}),
        ("physical_shadow", set()),  # texts, not what else a sentence carries
        ("defect", set()),
        ("", set(TEXTS)),
        (" {} ", set(TEXTS)),
    ],
)
def test_words_and_their_parts_are_found_in_any_language(
    find: Callable[[str], set[str]], text: str, found: set[str]
) -> None:
    assert find(text) == found


def test_a_text_is_looked_for_in_its_newest_version_only(world: World, find: Callable[[str], set[str]]) -> None:
    first = Rationale.objects.order_by("pk").first()
    assert first is not None
    again = build.rationale(
        world.project.pk, sample_id=first.sample_id, aspect_id=world.aspect_id, text="The rim of {{B}} leans."
    )
    assert find("rim") == {"outline"}

    Rationale.objects.filter(pk=again.pk).update(revises=first)

    assert (find("rim"), find("outline")) == ({"outline"}, set())


def test_search_stays_in_its_project_and_narrows_with_the_other_filters(
    world: World, make_world: MakeWorld, api: Callable[[], ApiClient]
) -> None:
    theirs = make_world(1)
    build.rationale(theirs.project.pk, sample_id=theirs.samples[0].pk, aspect_id=theirs.aspect_id, text="An outline.")
    reviewer = api().signed_in_as(world.member(Role.REVIEWER))

    def count(**query: str) -> int:
        return len(reviewer.get(f"/projects/{world.project.slug}/rationales", **query).json()["results"])

    assert count(text="outline") == 1
    assert count(text="outline", way="manual") == 1
    assert count(text="outline", way="automated") == 0


def test_what_was_there_before_is_searched_after_the_migration(world: World, find: Callable[[str], set[str]]) -> None:
    SearchText.objects.all().delete()
    assert find("outline") == set()

    migration = import_module("cot_generation.migrations.0018_search_texts")
    with connection.cursor() as cursor:
        cursor.execute(migration.FILL)

    assert find("outline") == {"outline"}
    assert find("阴影") == {"shadow"}


def test_a_rationale_without_a_sentence_is_written_and_found_by_no_word(
    world: World, find: Callable[[str], set[str]]
) -> None:
    written = Rationale.objects.order_by("pk").first()
    assert written is not None
    written.pk, written.sentences = None, ()
    written.save(force_insert=True)

    assert SearchText.objects.get(pk=written.pk).text == ""
    assert find("outline") == {"outline"}
