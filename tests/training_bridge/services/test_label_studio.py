"""Out to Label Studio and back: its own validators take the tasks, and what comes back is what went out."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from label_studio_sdk.label_interface.interface import LabelInterface

from accounts.choices import Role
from accounts.models import Project
from annotation.models import Annotation, Consensus
from annotation.services import prelabels
from catalog.imports import sources
from catalog.ingestion.run import ingest_due
from catalog.models import Sample
from catalog.services import imports
from cot_generation.selectors import rationales
from tests.builders import accounts, catalog
from tests.builders import annotation as build
from tests.builders import training_bridge as release_build
from training_bridge.exports import label_studio
from training_bridge.exports.label_studio import Judged, Marked, Shown
from training_bridge.services import label_studio as service

NOW = datetime(2020, 1, 1, tzinfo=UTC)
SHADOW, PLACE = "physical_shadow", "placement_layout"
SEVERITIES = ("none", "minor", "major", "unsure")
REGIONS = [
    {"slot": "B", "aspect": SHADOW, "box": [4, 6, 20, 12], "note": "too long"},
    {"slot": "A", "aspect": PLACE, "point": [32, 24]},
    {"slot": "B", "aspect": PLACE, "polygon": [[0, 0], [32, 0], [32, 24]]},
]


def judged(**more: Any) -> Judged:
    shown = {slot: Shown(f"images/{slot}.jpg", slot * 64, 64, 48) for slot in "OAB"}
    given: dict[str, Any] = {
        "answers": {SHADOW: ["B"], PLACE: []},
        "cells": {"A": {SHADOW: "none"}, "B": {SHADOW: "major"}},
        "regions": [Marked("B", SHADOW, box=(4, 6, 20, 12), note="too long")],
        "rationales": {SHADOW: ["B has no shadow."]},
    }
    return Judged(sample="s-17", group="g", pictures=shown, **{**given, **more})


def rows(project: Project) -> set[tuple[str, str, str | None]]:
    found = Consensus.objects.filter(project=project)
    return set(found.values_list("sample__external_id", "aspect__key", "answer"))


def imported(project: Project, source: str) -> None:
    keys = set(build.aspect_ids(project))
    imports.read_source(
        project_id=project.pk, source=sources.find(source, aspects=keys), actor_id=None, now=NOW, processes=1
    )
    ingest_due(until=datetime(2999, 1, 1, tzinfo=UTC), clock=lambda: datetime.now(UTC))


def test_label_studios_own_validators_take_configuration_and_task() -> None:
    config = label_studio.config({SHADOW: SEVERITIES, PLACE: SEVERITIES}, ["A", "B"])
    interface: Any = LabelInterface(config)
    task = label_studio.task(judged(), address=lambda path: f"/data/local-files/?d={path}")

    interface.validate()
    assert interface.validate_task({"data": task["data"]})
    (annotation,) = task["annotations"]
    assert interface.validate_annotation(annotation)
    assert len(annotation["result"]) == 6
    assert not interface.validate_task({"data": {"original": "x"}})


def test_pixels_become_percent() -> None:
    task = label_studio.task(judged(), address=str)
    (box,) = [each for each in task["annotations"][0]["result"] if each["type"] == "rectanglelabels"]

    assert box["value"] == {
        "x": 6.25, "y": 12.5, "width": 31.25, "height": 25.0, "rotation": 0, "rectanglelabels": [SHADOW]
    }  # fmt: skip
    assert (box["original_width"], box["original_height"], box["meta"]) == (64, 48, {"text": ["too long"]})


def test_a_sample_that_nobody_judged_is_a_task_without_annotation() -> None:
    plain = judged(answers={}, cells={}, regions=[], rationales={})

    assert label_studio.task(plain, address=str)["annotations"] == []


@pytest.mark.django_db
def test_a_project_goes_out_and_comes_back_as_it_was(tmp_path: Path) -> None:
    first, second = accounts.project(slug="first"), accounts.project(slug="second")
    given = [
        catalog.row(
            tmp_path,
            f"s-{number}",
            slots="AB",
            group="g-1",
            answers={SHADOW: ["B"], PLACE: []},
            verdicts={"A": {SHADOW: "none"}, "B": {SHADOW: "major", PLACE: "minor"}},
            regions=REGIONS,
            rationales=[{"aspect": SHADOW, "text": "B has no shadow."}, {"aspect": SHADOW, "text": "It floats."}],
        )
        for number in (1, 2)
    ]
    imported(first, str(catalog.manifest(tmp_path, given)))

    call_command("export_label_studio", project="first", out=tmp_path / "out", verbosity=0)
    interface: Any = LabelInterface((tmp_path / "out" / "config.xml").read_text())
    tasks = json.loads((tmp_path / "out" / "tasks.json").read_text())
    assert [interface.validate_annotation(task["annotations"][0]) for task in tasks] == [True, True]
    imported(second, str(tmp_path / "out" / "tasks.json"))

    assert rows(second) == rows(first) != set()
    assert set(Sample.objects.filter(project=second).values_list("external_id", "group", "state")) == {
        ("s-1", "g-1", "ready"),
        ("s-2", "g-1", "ready"),
    }
    there, here = (Annotation.objects.filter(sample__project=each).order_by("pk")[0] for each in (first, second))
    assert (here.cells, here.regions) == (there.cells, there.regions)
    texts = [sorted(row.text for row in rationales_of(each)) for each in (first, second)]
    assert texts[0] == texts[1]
    assert len(texts[0]) == 4


def rationales_of(project: Project) -> list[Any]:
    ids = list(Sample.objects.filter(project=project).values_list("pk", flat=True))
    return [each for found in rationales.for_samples(ids).values() for each in found]


@pytest.mark.django_db
def test_a_batch_is_its_samples_with_what_people_said(tmp_path: Path) -> None:
    project = accounts.project(slug="p")
    sample, _ = catalog.stored(project.pk, tmp_path, external_id="s-1"), catalog.stored(project.pk, tmp_path)
    batch = build.batch(project, [sample])
    build.opinion(batch, accounts.member(project, Role.ANNOTATOR), build.verdicts({"B/physical_shadow": "major"}))

    written = service.to_folder(
        service.of_project(project.pk, batch=batch.number),
        aspects=service.severities(project.pk),
        out=tmp_path / "out",
        root="shop/here",
    )

    assert (written.tasks, written.judged, written.pictures) == (1, 1, 5)
    (task,) = json.loads((tmp_path / "out" / "tasks.json").read_text())
    assert task["data"]["sample_id"] == "s-1"
    assert task["data"]["original"].startswith("/data/local-files/?d=shop/here/images/")
    chosen = {each["from_name"]: each["value"].get("choices") for each in task["annotations"][0]["result"]}
    assert (chosen[SHADOW], chosen[PLACE], chosen["physical_shadow_b"]) == (["B"], ["none"], ["major"])
    assert len(list((tmp_path / "out" / "images").iterdir())) == 5


@pytest.mark.django_db
def test_what_a_model_said_beforehand_is_not_exported_as_judged(tmp_path: Path) -> None:
    project = accounts.project(slug="p")
    catalog.stored(project.pk, tmp_path, external_id="s-1")
    prelabels.store(
        project_id=project.pk,
        source="model",
        prelabels=[prelabels.Prelabel("s-1", {SHADOW: ["A"]}, {}, [])],
        actor_id=accounts.member(project, Role.LEAD).pk,
        now=NOW,
    )

    (found,) = service.of_project(project.pk)

    assert (found.answers, found.cells) == ({}, {})


@pytest.mark.django_db
def test_samples_of_different_shape_do_not_fit_one_configuration(tmp_path: Path) -> None:
    project = accounts.project(slug="p")
    catalog.stored(project.pk, tmp_path, slots="AB")
    catalog.stored(project.pk, tmp_path, slots="ABC")

    with pytest.raises(CommandError, match="equally many candidates"):
        call_command("export_label_studio", project="p", out=tmp_path / "out")
    assert not (tmp_path / "out").exists()
    with pytest.raises(CommandError, match="no batch 9"):
        call_command("export_label_studio", project="p", batch=9, out=tmp_path / "out")
    with pytest.raises(CommandError, match="label-studio:https"):
        call_command("export_label_studio", project="p", to="https://x")


@pytest.mark.django_db
def test_a_release_goes_out_as_it_was_frozen(tmp_path: Path) -> None:
    project = accounts.project(slug="p")
    frozen = release_build.release(
        project.pk,
        [
            release_build.release_row(
                "s-1",
                cells={"B": {SHADOW: "major"}},
                regions=[{"id": "r1", "slot": "B", "aspect": SHADOW, "box": [1, 2, 3, 4]}],
            ),
            release_build.release_row("s-1", aspect=PLACE, answer=(), texts=()),
            release_build.release_row("s-1", aspect="overall"),
        ],
    )

    (found,) = service.of_release(frozen)

    assert (found.sample, found.answers, found.cells) == (
        "s-1",
        {SHADOW: ["B"], PLACE: []},
        {"B": {SHADOW: "major"}},
    )
    assert found.rationales == {SHADOW: ["B has no shadow, unlike A."], PLACE: []}
    call_command("export_label_studio", project="p", release="v1", out=tmp_path / "out", verbosity=0)
    assert len(json.loads((tmp_path / "out" / "tasks.json").read_text())) == 1
