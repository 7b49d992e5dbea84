"""What comes along with an import."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from accounts.choices import Role
from annotation.models import Annotation, Consensus
from annotation.selectors import evidence
from catalog.models import Sample
from tests.builders import accounts, catalog
from tests.builders import annotation as build

SHADOW = "physical_shadow"


def imported(project_slug: str, folder: Path, **row: Any) -> Sample:
    manifest = catalog.manifest(folder, [catalog.row(folder, "s-1", **row)])
    call_command("import_samples", str(manifest), "--project", project_slug, "--no-wait", verbosity=0)
    return Sample.objects.get(external_id="s-1")


@pytest.mark.django_db(transaction=True)
def test_verdicts_regions_and_answers_come_along_uncounted(tmp_path: Path) -> None:
    project = accounts.project(slug="p")

    sample = imported(
        "p",
        tmp_path,
        answers={SHADOW: ["B"], "placement_layout": []},
        verdicts={"B": {SHADOW: "major"}},
        regions=[{"slot": "B", "aspect": SHADOW, "box": [1, 2, 30, 20], "note": "too\tlong"}],
    )

    (annotation,) = Annotation.objects.all()
    assert (annotation.origin, annotation.counts, annotation.assignment_id) == ("imported", False, None)
    keys = build.aspect_ids(project)
    answers = dict(Consensus.objects.filter(sample=sample).values_list("aspect_id", "answer"))
    assert answers == {keys[SHADOW]: "B", keys["placement_layout"]: ""}
    assert set(Consensus.objects.values_list("source", "opinions")) == {("imported", 0)}
    found = evidence.for_samples([sample.pk])[sample.pk]
    assert found.cells == {"B": {SHADOW: "major"}}
    assert (found.regions[0].box, found.regions[0].note, found.opinions) == ((1, 2, 30, 20), "too\tlong", 0)


@pytest.mark.django_db(transaction=True)
def test_complete_verdicts_without_answers_are_read_under_the_rule(tmp_path: Path) -> None:
    project = accounts.project(slug="p")
    complete = {slot: {SHADOW: "minor" if slot == "C" else "none", "placement_layout": "none"} for slot in "ABCD"}
    del complete["D"]["placement_layout"]

    sample = imported("p", tmp_path, verdicts=complete)

    keys = build.aspect_ids(project)
    assert list(Consensus.objects.filter(sample=sample).values_list("aspect_id", "answer")) == [(keys[SHADOW], "C")]


@pytest.mark.django_db(transaction=True)
def test_the_first_opinion_of_a_person_replaces_an_imported_answer(tmp_path: Path) -> None:
    project = accounts.project(slug="p")
    sample = imported("p", tmp_path, answers={SHADOW: ["B"]})
    for slot in "OABCD":
        sample.pictures.create(slot=slot, asset=catalog.asset())
    batch = build.batch(project, [sample])

    build.opinion(batch, accounts.member(project, Role.ANNOTATOR), build.verdicts({"D/physical_shadow": "minor"}))

    shadow = Consensus.objects.get(sample=sample, aspect_id=build.aspect_ids(project)[SHADOW])
    assert (shadow.answer, shadow.source, shadow.opinions, shadow.revision) == ("D", "single", 1, 2)
