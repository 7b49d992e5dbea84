"""What comes along with a row lands in the apps that own it, letter for letter."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from annotation.models import Annotation, Consensus
from catalog.models import Sample
from catalog.services import imports
from cot_generation.models import Rationale
from tests.builders import accounts, catalog

NOW = datetime(2030, 1, 1, tzinfo=UTC)
AWKWARD = 'In B the "shadow"\tbends\\N.\nIt lies on C:\\temp, 影子不对。'


@pytest.mark.django_db
def test_answers_verdicts_regions_and_rationales_come_along(tmp_path: Path) -> None:
    project = accounts.project(slug="p")
    row = catalog.row(
        tmp_path,
        "s-1",
        answers={"physical_shadow": ["C", "B"], "placement_layout": []},
        verdicts={"A": {"physical_shadow": "none"}, "B": {"physical_shadow": "major"}},
        regions=[{"slot": "B", "aspect": "physical_shadow", "box": [1, 2, 3, 4], "note": AWKWARD}],
        rationales=[
            {"aspect": "physical_shadow", "text": AWKWARD},
            {"aspect": "placement_layout", "text": "By the given answer nothing is wrong.", "way": "answer_driven"},
        ],
        group="back\\slash",
        shop=AWKWARD,
    )

    imports.read_manifest(
        project_id=project.pk, manifest=catalog.manifest(tmp_path, [row]), actor_id=None, now=NOW, processes=1
    )

    sample = Sample.objects.get()
    assert (sample.group, sample.metadata) == ("back\\slash", {"shop": AWKWARD})
    opinion = Annotation.objects.get()
    assert (opinion.sample_id, opinion.counts, opinion.origin) == (sample.pk, False, "imported")
    assert opinion.cells == row["verdicts"]
    assert [(each.box, each.note) for each in opinion.regions] == [((1, 2, 3, 4), AWKWARD)]
    assert set(Consensus.objects.values_list("aspect__key", "answer", "source")) == {
        ("physical_shadow", "BC", "imported"),
        ("placement_layout", "", "imported"),
    }
    free, driven = Rationale.objects.order_by("aspect__key")
    assert [sentence.text for sentence in free.sentences] == [
        'In {{B}} the "shadow"\tbends\\N.',
        "It lies on {{C}}:\\temp, 影子不对。",
    ]
    assert (free.answer, free.concluded, free.answer_visible) == (["B", "C"], None, False)
    assert (free.origin, free.stage, free.locale, free.cost) == ("imported", "plain", "en", Decimal(0))
    assert free.created_at is not None
    assert (driven.answer, driven.answer_visible, driven.passed, driven.failed) == ([], True, False, ["leak"])


@pytest.mark.django_db
def test_a_row_without_opinions_leaves_the_upper_apps_alone(tmp_path: Path) -> None:
    project = accounts.project(slug="p")
    manifest = catalog.manifest(tmp_path, [catalog.row(tmp_path, "s-1")])

    imports.read_manifest(project_id=project.pk, manifest=manifest, actor_id=None, now=NOW, processes=1)

    assert Sample.objects.count() == 1
    assert not Annotation.objects.exists()
    assert not Consensus.objects.exists()
    assert not Rationale.objects.exists()
