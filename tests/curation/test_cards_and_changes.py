"""What a release says of itself, and what changed since another one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.test import Client

from accounts.choices import Role
from accounts.models import Project
from curation.errors import ReleaseDamaged
from curation.releases.card import CardTally, markdown
from curation.selectors import differences
from curation.selectors import releases as selectors
from curation.services import releases, verifying
from tests.builders import accounts, annotation, catalog
from tests.curation.test_releases import judged, names_in_train


@pytest.fixture
def project() -> Project:
    return accounts.project(slug="p")


@pytest.fixture(autouse=True)
def _thumbnails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    blank = catalog.picture(tmp_path / "blank.jpg").read_bytes()
    monkeypatch.setattr("curation.services.releases.assets.fitted_by_hash", lambda *_: blank)


def row(sample: str, aspect: str = "shadow", **part: object) -> bytes:
    """A canonical row as far as a card reads it."""
    return json.dumps(
        {
            "split": "train",
            "sample_id": sample,
            "family_id": f"f-{sample}",
            "aspect": aspect,
            "answer": [],
            "quality": {"source": "majority", "opinions": 2, "agreement": 1.0},
            "rationales": [],
            "candidates": [{"slot": "A", "generator": "flux"}, {"slot": "B", "generator": None}],
            "metadata": {},
        }
        | part
    ).encode()


def test_a_card_counts_samples_once_and_questions_by_aspect_and_split() -> None:
    tally = CardTally()
    text = {"way": "automated", "stage": "plain", "sandbox": True}
    tally.add(row("s-1", answer=["B"], metadata={"source": "shop", "license": "CC-BY-4.0"}))
    tally.add(row("s-1", "layout", rationales=[text], metadata={"source": "shop", "license": "CC-BY-4.0"}))
    tally.add(row("s-2", split="test", quality={"source": "single", "opinions": 1, "agreement": None}))

    card = tally.card(release="v1", locale="en", guideline=3, seed=1, left_out={"disputed questions": 4})

    assert (card.questions, card.samples) == (
        {"train": 2, "validation": 0, "test": 1},
        {"train": 1, "validation": 0, "test": 1},
    )
    shadow, layout = card.aspects
    assert (shadow.aspect, shadow.with_defect["train"], shadow.questions["test"], shadow.agreement) == (
        "shadow",
        1,
        1,
        1.0,
    )
    assert layout.with_defect["train"] == 0
    assert card.generators == {"": 2, "flux": 2}
    assert (card.origins, card.licences) == ({"": 1, "shop": 1}, {"": 1, "CC-BY-4.0": 1})
    assert [(each.way, each.rationales, each.sandbox) for each in card.ways] == [("automated", 1, 1)]
    assert {each.gate: each.state for each in card.gates} == {
        "no_answers": "passed",
        "empty_train": "passed",
        "family_split": "passed",
        "sandbox": "waived",
    }
    assert {each.limit: (each.count, each.total) for each in card.limits} == {
        "sandbox_rationales": (1, 1),
        "single_opinion": (1, 3),
        "licence_unknown": (1, 2),
        "generator_unknown": (2, 4),
    }
    text_of = markdown(card)
    assert "**Sandbox" in text_of
    assert "| shadow | 1 of 1 | 0 of 0 | 0 of 1 | 1.00 |" in text_of
    assert "1 of 2 samples came without a licence" in text_of


def test_a_family_on_two_sides_fails_its_gate() -> None:
    tally = CardTally()
    tally.add(row("s-1", family_id="f-1"))
    tally.add(row("s-2", family_id="f-1", split="test"))

    gates = tally.card(release="v1", locale="en", guideline=1, seed=1, left_out={}).gates

    assert [(each.state, each.count) for each in gates if each.gate == "family_split"] == [("failed", 1)]


@pytest.mark.django_db
def test_the_card_is_frozen_with_the_release_and_a_changed_one_is_found(project: Project) -> None:
    judged(project, 2)
    release = releases.cut(project_id=project.pk, name="v1")
    media, key = storages["media"], f"{release.folder}/card.md"

    card = selectors.data_card(release)

    assert sum(card.questions.values()) == sum(release.split_counts.values()) == 10
    assert media.open(key).read().decode() == markdown(card)
    assert selectors.file_paths(release)[:3] == ["release.json", "card.json", "card.md"]
    media.delete(key)
    with pytest.raises(ReleaseDamaged, match=r"card\.md is missing"):
        verifying.verify(project_id=project.pk, name="v1")
    with media.open(key, "wb") as file:
        file.write(b"All is well.")
    with pytest.raises(ReleaseDamaged, match=r"card\.md differs"):
        verifying.verify(project_id=project.pk, name="v1")


@pytest.mark.django_db
def test_a_release_without_a_card_is_counted_from_its_rows(project: Project) -> None:
    judged(project, 2)
    release = releases.cut(project_id=project.pk, name="v1")
    frozen = selectors.data_card(release)
    for name in ("card.json", "card.md"):
        storages["media"].delete(f"{release.folder}/{name}")

    assert selectors.data_card(release) == frozen
    assert "card.json" not in selectors.file_paths(release)


@pytest.mark.django_db
def test_a_difference_tells_new_samples_and_changed_answers(project: Project) -> None:
    first, second = names_in_train(2)
    person = accounts.member(project, Role.ANNOTATOR)
    sample = catalog.sample(project.pk, external_id=first)
    annotation.opinion(annotation.batch(project, [sample]), person, annotation.verdicts({"B/physical_shadow": "major"}))
    before = releases.cut(project_id=project.pk, name="v1")
    other = catalog.sample(project.pk, external_id=second)
    annotation.opinion(annotation.batch(project, [other]), person, annotation.verdicts({}))
    after = releases.cut(project_id=project.pk, name="v2")

    there, back = differences.difference(before, after), differences.difference(after, before)

    assert (there.added, there.added_samples, there.removed, there.changed, there.same) == (5, 5, 0, 0, 5)
    assert (back.removed, back.removed_samples, back.added, back.same) == (5, 5, 0, 5)
    listed = differences.listed(before, after, kind="added", limit=2)
    assert [each.question.split("/")[0] for each in listed] == [second, second]
    assert (listed[0].before, listed[0].after) == (None, ())
    rest = differences.listed(before, after, kind="added", limit=9, after_question=listed[-1].question)
    assert len(rest) == 3


def test_reasons_name_what_differs_and_nothing_that_follows_from_it() -> None:
    was = {"answer": ["B"], "cells": {"B": "major"}, "quality": {"agreement": 1.0}, "split": "train"}

    assert differences.reasons(was, was | {"answer": [], "cells": {}, "quality": {}}) == ("answer", "cells")
    assert differences.reasons(was, was | {"split": "test"}) == ("split",)
    assert differences.reasons(was, was | {"quality": {"agreement": 0.5}}) == ("other",)
    assert differences.reasons(was, dict(was)) == ()


@pytest.mark.django_db
def test_pages_get_card_and_changes_and_the_first_release_has_none(project: Project) -> None:
    judged(project, 1)
    releases.cut(project_id=project.pk, name="v1")
    lead, annotator = Client(), Client()
    lead.force_login(accounts.member(project, Role.LEAD))
    annotator.force_login(accounts.member(project, Role.ANNOTATOR))
    url = "/api/v1/projects/p/releases"

    assert lead.get(f"{url}/v1/card").json()["questions"] == {"train": 5, "validation": 0, "test": 0}
    assert annotator.get(f"{url}/v1/card").status_code == 403
    first = lead.get(f"{url}/v1/changes")
    assert (first.status_code, first.json()["code"]) == (404, "release_unknown")

    releases.cut(project_id=project.pk, name="v2")

    assert lead.get(f"{url}/v2/changes").json() | {"reasons": {}} == {
        "before": "v1",
        "after": "v2",
        "added": 0,
        "added_samples": 0,
        "removed": 0,
        "removed_samples": 0,
        "changed": 0,
        "same": 5,
        "reasons": {},
        "read": 0,
    }
    assert lead.get(f"{url}/v2/changes/rows?kind=removed").json() == {"results": [], "after": None}
    assert lead.get(f"{url}/v2/changes/rows?kind=moved").status_code == 400
    assert lead.get(f"{url}/v2/changes?against=v9").status_code == 404
