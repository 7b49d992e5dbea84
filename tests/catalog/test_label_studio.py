"""Label Studio's exports and live projects: its own validators say that the tasks are such, then they come in whole."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from label_studio_sdk.label_interface.interface import LabelInterface
from pytest_django.fixtures import Settings

from annotation.models import Annotation, Consensus
from catalog.errors import ManifestUnreadable
from catalog.imports import sources
from catalog.imports.manifest import Parsed, Refusal, Rules, parse
from catalog.imports.sources import label_studio
from catalog.ingestion.run import ingest_due
from catalog.models import Sample
from catalog.services import imports
from cot_generation.models import Rationale
from tests.builders import accounts, catalog

NOW = datetime(2020, 1, 1, tzinfo=UTC)
ASPECTS = frozenset({"appearance_deformation", "physical_shadow", "placement_layout", "extension_rationality"})
CONFIG = """
<View>
  <Image name="original" value="$original"/>
  <Image name="img_a" value="$cand_a"/>
  <Image name="img_b" value="$cand_b"/>
  <RectangleLabels name="box_b" toName="img_b">
    <Label value="physical_shadow"/><Label value="defect"/>
  </RectangleLabels>
  <PolygonLabels name="polygon_b" toName="img_b"><Label value="defect"/></PolygonLabels>
  <KeyPointLabels name="point_a" toName="img_a"><Label value="placement_layout"/></KeyPointLabels>
  <Choices name="physical_shadow" toName="original" choice="multiple">
    <Choice value="A"/><Choice value="B"/><Choice value="none"/>
  </Choices>
  <Choices name="placement_layout" toName="original" choice="multiple">
    <Choice value="A"/><Choice value="B"/><Choice value="none"/>
  </Choices>
  <Choices name="physical_shadow_b" toName="img_b"><Choice value="none"/><Choice value="major"/></Choices>
  <Choices name="answer" toName="original" choice="multiple"><Choice value="A"/><Choice value="B"/></Choices>
  <TextArea name="physical_shadow_why" toName="original"/>
  <TextArea name="remark" toName="original"/>
</View>
"""


def result(name: str, to: str, kind: str, **value: object) -> dict[str, Any]:
    sizes = {"original_width": 200, "original_height": 100, "image_rotation": 0} if to.startswith("img") else {}
    return {"id": f"r-{name}", "from_name": name, "to_name": to, "type": kind, "value": value, **sizes}


def results() -> list[dict[str, Any]]:
    return [
        result("physical_shadow", "original", "choices", choices=["B"]),
        result("placement_layout", "original", "choices", choices=["none"]),
        result("physical_shadow_b", "img_b", "choices", choices=["major"]),
        result("answer", "original", "choices", choices=["B"]),
        result("physical_shadow_why", "original", "textarea", text=["The shadow of B is gone."]),
        result("remark", "original", "textarea", text=["late"]),
        result(
            "box_b", "img_b", "rectanglelabels", x=10, y=20, width=30, height=40, rotation=0, rectanglelabels=["defect"]
        ),
        result("polygon_b", "img_b", "polygonlabels", points=[[0, 0], [50, 0], [50, 50]], polygonlabels=["defect"]),
        result("point_a", "img_a", "keypointlabels", x=50, y=50, width=1, keypointlabels=["placement_layout"]),
    ]


def task(number: int, folder: str = "s") -> dict[str, Any]:
    names = {"original": "o", "cand_a": "A", "cand_b": "B"}
    data = {key: f"/data/local-files/?d={folder}-{number}/{file}.jpg" for key, file in names.items()}
    return {
        "id": number,
        "data": {"sample_id": f"{folder}-{number}", "shop": "north", **data},
        "annotations": [
            {"id": 1, "result": results(), "was_cancelled": False, "updated_at": "2026-01-02"},
            {"id": 2, "result": [], "was_cancelled": True, "updated_at": "2026-01-03"},
        ],
        "predictions": [],
    }


def row(given: object) -> dict[str, Any]:
    raw = label_studio.row_of(1, given, ASPECTS)
    assert isinstance(raw, bytes), raw
    found: dict[str, Any] = json.loads(raw)
    return found


def test_the_tasks_here_are_what_label_studio_takes() -> None:
    interface: Any = LabelInterface(CONFIG)

    assert interface.validate_task({"data": task(1)["data"]})
    assert interface.validate_annotation({"result": results()})
    assert not interface.validate_annotation({"result": [result("nobody", "original", "choices", choices=["B"])]})


def test_a_task_becomes_a_row_with_pixels_for_percents() -> None:
    found = row(task(1))

    assert (found["id"], found["original"]) == ("s-1", "s-1/o.jpg")
    assert found["candidates"] == {"A": "s-1/A.jpg", "B": "s-1/B.jpg"}
    assert found["answers"] == {"physical_shadow": ["B"], "placement_layout": []}
    assert found["verdicts"] == {"B": {"physical_shadow": "major"}}
    assert found["rationales"] == [{"aspect": "physical_shadow", "text": "The shadow of B is gone."}]
    box, polygon, point = found["regions"]
    assert box == {"slot": "B", "aspect": "physical_shadow", "note": "defect", "box": [20.0, 20.0, 60.0, 40.0]}
    assert polygon["polygon"] == [[0.0, 0.0], [100.0, 0.0], [100.0, 50.0]]
    assert (point["slot"], point["aspect"], point["point"]) == ("A", "placement_layout", [100.0, 50.0])
    kept = found["metadata"]["label_studio"]
    assert [each["from_name"] for each in kept["results"]] == ["answer", "remark"]
    assert (kept["data"], kept["task"], kept["annotations"]) == ({"shop": "north"}, 1, 1)


def test_what_label_studio_draws_itself_is_understood_or_kept() -> None:
    """Its own generator fills every control with something; whatever that is, the row passes our contract."""
    interface: Any = LabelInterface(CONFIG)
    drawn = interface.generate_sample_annotation()
    assert drawn is not None
    given = {**task(1), "annotations": [{"id": 1, "result": drawn["result"]}]}
    raw = label_studio.row_of(1, given, ASPECTS)
    assert isinstance(raw, bytes), raw

    assert isinstance(parse(1, raw, Rules(aspects=ASPECTS)), Parsed)


def test_a_turned_rectangle_becomes_a_polygon() -> None:
    turned = result(
        "box_b",
        "img_b",
        "rectanglelabels",
        x=50,
        y=50,
        width=10,
        height=10,
        rotation=90,
        rectanglelabels=["physical_shadow"],
    )

    found = row({**task(1), "annotations": [{"id": 1, "result": [turned]}]})

    corners = [[round(x, 6), round(y, 6)] for x, y in found["regions"][0]["polygon"]]
    assert corners == [[100, 50], [100, 70], [90, 70], [90, 50]]


def test_a_region_whose_aspect_nothing_tells_is_kept_and_not_guessed() -> None:
    both = [
        result("physical_shadow", "original", "choices", choices=["B"]),
        result("placement_layout", "original", "choices", choices=["B"]),
        results()[6],
    ]

    found = row({**task(1), "annotations": [{"id": 1, "result": both}]})

    assert "regions" not in found
    assert [each["from_name"] for each in found["metadata"]["label_studio"]["results"]] == ["box_b"]


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/data/local-files/?d=shop/a%20b.jpg", "shop/a b.jpg"),
        ("/data/upload/3/x.jpg", "upload/3/x.jpg"),
        ("s3://shop/x.jpg", "s3://shop/x.jpg"),
        ("https://pictures.example/x.jpg", "https://pictures.example/x.jpg"),
        ("/data/local-files/?d=../../etc/passwd", "../../etc/passwd"),  # refused as any such path is
    ],
)
def test_addresses_of_pictures(address: str, path: str) -> None:
    assert label_studio.path_of(address) == path


@pytest.mark.parametrize("given", [[], {"data": 1}, {**task(1), "annotations": [{"result": [{"type": "choices"}]}]}])
def test_what_is_no_task_is_refused(given: object) -> None:
    assert isinstance(label_studio.row_of(4, given, ASPECTS), Refusal)


@pytest.mark.django_db
def test_an_export_lands_with_all_that_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_studio, "BLOCK", 700)  # tasks lie across several blocks
    for number in (1, 2, 3):
        catalog.row(tmp_path, f"s-{number}", slots="AB")
    export = tmp_path / "project-1.json"
    export.write_text(json.dumps([task(1), task(2), task(3), 7], indent=1))
    project = accounts.project(slug="p")
    source = sources.find(str(export), aspects=ASPECTS)

    outcome = imports.read_source(project_id=project.pk, source=source, actor_id=None, now=NOW, processes=1)

    assert (outcome.landed.new, outcome.landed.refused) == (3, 1)
    ingest_due(until=datetime(2999, 1, 1, tzinfo=UTC), clock=lambda: datetime.now(UTC))
    assert set(Sample.objects.values_list("external_id", "state")) == {(f"s-{n}", "ready") for n in (1, 2, 3)}
    assert set(Consensus.objects.values_list("aspect__key", "answer")) == {
        ("physical_shadow", "B"),
        ("placement_layout", ""),
    }
    assert len(Annotation.objects.all()[0].regions) == 3
    assert Rationale.objects.count() == 3


@pytest.mark.parametrize("content", ["{}", "[1,", '[{"data": {"', "", "[]x"])
def test_what_is_no_export_says_so_or_has_no_task(tmp_path: Path, content: str) -> None:
    export = tmp_path / "x.json"
    export.write_text(content)
    source = sources.find(str(export), aspects=ASPECTS)

    if content == "[]x":
        assert list(source.lines()) == []
    else:
        with pytest.raises(ManifestUnreadable):
            list(source.lines())


class FakeServer(BaseHTTPRequestHandler):
    """As much of Label Studio's API as reading a project needs: pages of tasks for who has the key."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        asked = {key: values[-1] for key, values in parse_qs(url.query).items()}
        if self.headers.get("Authorization") != "Token secret":
            return self.answer(401, {"detail": "Invalid token."})
        if not url.path.startswith("/api/tasks"):
            return self.answer(404, {"detail": "Not found."})
        page, size = int(asked.get("page", 1)), 2
        tasks = [task(number) for number in range(1, 6)]
        shown = tasks[(page - 1) * size : page * size]
        if not shown:
            return self.answer(404, {"detail": "Invalid page."})
        return self.answer(200, {"tasks": shown, "total": 5, "total_annotations": 5, "total_predictions": 0})

    def answer(self, status: int, body: object) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[str]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), FakeServer)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


def test_a_live_project_is_read_page_by_page(server: str, settings: Settings) -> None:
    settings.LABEL_STUDIO_API_KEY = "secret"
    source = sources.find(f"label-studio:{server}/projects/7/data?tab=3", aspects=ASPECTS)

    found = [json.loads(raw) for _, raw in source.lines() if isinstance(raw, bytes)]

    assert [each["id"] for each in found] == [f"s-{number}" for number in range(1, 6)]
    assert found[0]["answers"] == {"physical_shadow": ["B"], "placement_layout": []}


def test_a_live_project_without_or_with_a_wrong_key_says_so(server: str, settings: Settings) -> None:
    source = sources.find(f"label-studio:{server}/projects/7", aspects=ASPECTS)
    settings.LABEL_STUDIO_API_KEY = ""
    with pytest.raises(ManifestUnreadable, match="LABEL_STUDIO_API_KEY"):
        list(source.lines())
    settings.LABEL_STUDIO_API_KEY = "wrong"
    with pytest.raises(ManifestUnreadable, match="401"):
        list(source.lines())


def test_an_address_without_a_project_is_refused() -> None:
    with pytest.raises(ManifestUnreadable, match="label-studio:https"):
        sources.find("label-studio:http://x", aspects=ASPECTS)
