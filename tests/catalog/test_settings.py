"""What a lead may set: aspects, their order, the rule, the guideline with examples. Every change keeps what was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.choices import Role
from accounts.models import AuditLogEntry
from catalog.models import AspectRevision
from tests.builders import accounts, catalog
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db
NAMES = {"en": "Colour cast", "zh": "偏色"}
WORDS = {"names": NAMES, "description": {"en": "The light has the wrong colour."}}
TEXT = {"text": {"en": "Compare whites."}, "question": {"en": "Which candidates have a colour cast?"}}
NEW = {"key": "colour_cast", **WORDS, "text": TEXT}
ALL = ["appearance_deformation", "physical_shadow", "placement_layout", "extension_rationality"]


class Project:
    """A project with its lead's client."""

    def __init__(self, api: Callable[[], ApiClient]) -> None:
        self.row = accounts.project(slug="p")
        self.lead = api().signed_in_as(accounts.member(self.row, Role.LEAD))

    def aspects(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.lead.get("/projects/p/aspects").json()["results"]
        return found

    def keys(self) -> list[str]:
        return [each["key"] for each in self.aspects()]


@pytest.fixture
def project(api: Callable[[], ApiClient]) -> Project:
    return Project(api)


def test_a_new_aspect_comes_last_with_its_guideline(project: Project) -> None:
    reply = project.lead.post("/projects/p/aspects", NEW)

    assert reply.status_code == 201
    assert project.keys() == [*ALL, "colour_cast"]
    newest = project.lead.get("/projects/p/guidelines").json()["results"][0]
    assert (newest["version"], newest["note"]) == (2, "New aspect: Colour cast")
    assert newest["texts"]["colour_cast"]["question"]["en"] == "Which candidates have a colour cast?"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"key": "physical_shadow"}, "aspect_exists"),
        ({"key": "Colour Cast"}, "invalid_input"),
        ({"names": {"en": " "}}, "invalid_input"),
        ({"severities": ["minor", "major"]}, "invalid_input"),
        ({"severities": ["none", "unsure"]}, "threshold_unreachable"),
        ({"severities": ["none", "dreadful"]}, "invalid_input"),
        ({"text": {"text": {"en": "x"}, "question": {"en": ""}}}, "invalid_input"),
    ],
)
def test_an_aspect_that_could_not_be_judged_is_refused(project: Project, change: dict[str, Any], code: str) -> None:
    reply = project.lead.post("/projects/p/aspects", {**NEW, **change})

    assert (reply.status_code // 100, reply.json()["code"]) == (4, code)
    assert project.keys() == ALL


def test_a_guideline_that_asks_nothing_is_refused(project: Project) -> None:
    text = {"text": {"en": "Compare whites."}, "question": {"en": " ", "zh": "哪些?"}}

    reply = project.lead.post("/projects/p/guidelines", {"texts": {"physical_shadow": text}, "note": ""})

    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_input")
    assert "Physical shadow" in reply.json()["title"]
    assert len(project.lead.get("/projects/p/guidelines").json()["results"]) == 1


def test_changing_an_aspect_keeps_what_it_was(project: Project) -> None:
    reply = project.lead.patch("/projects/p/aspects/physical_shadow", {**WORDS, "severities": ["major", "none"]})

    assert reply.status_code == 204
    changed = next(each for each in project.aspects() if each["key"] == "physical_shadow")
    assert (changed["names"]["zh"], changed["severities"], changed["revision"]) == ("偏色", ["none", "major"], 2)
    former = project.lead.get("/projects/p/settings/history").json()["aspects"][0]
    assert (former["key"], former["revision"], former["names"]["en"]) == ("physical_shadow", 1, "Physical shadow")
    assert former["by"]


def test_words_alone_leave_the_severities(project: Project) -> None:
    project.lead.patch("/projects/p/aspects/physical_shadow", {**WORDS, "severities": ["major", "none"]})

    project.lead.patch("/projects/p/aspects/physical_shadow", WORDS)

    changed = next(each for each in project.aspects() if each["key"] == "physical_shadow")
    assert changed["severities"] == ["none", "major"]


def test_the_order_is_all_of_them_once(project: Project) -> None:
    turned = ALL[::-1]
    assert project.lead.put("/projects/p/aspects", {"keys": turned}).status_code == 200
    assert project.keys() == turned
    assert project.lead.put("/projects/p/aspects", {"keys": turned[:3]}).json()["code"] == "unknown_aspect"
    assert project.lead.put("/projects/p/aspects", {"keys": [*turned, turned[0]]}).json()["code"] == "unknown_aspect"
    assert AspectRevision.objects.count() == 4


def test_retired_aspects_are_listed_apart_and_come_back_last(project: Project) -> None:
    assert project.lead.delete("/projects/p/aspects/physical_shadow").status_code == 204
    listed = project.lead.get("/projects/p/aspects").json()
    assert [each["key"] for each in listed["retired"]] == ["physical_shadow"]
    assert "physical_shadow" not in [each["key"] for each in listed["results"]]

    assert project.lead.post("/projects/p/aspects/physical_shadow/restore").status_code == 204

    assert project.keys()[-1] == "physical_shadow"
    assert project.lead.post("/projects/p/aspects/physical_shadow/restore").json()["code"] == "unknown_aspect"
    done = set(AuditLogEntry.objects.filter(action__startswith="aspect.").values_list("action", flat=True))
    assert done == {"aspect.retired", "aspect.restored"}


def test_the_last_aspect_stays(project: Project) -> None:
    for key in ALL[:3]:
        project.lead.delete(f"/projects/p/aspects/{key}")

    assert project.lead.delete(f"/projects/p/aspects/{ALL[3]}").json()["code"] == "last_aspect"


def test_every_example_that_is_wrong_is_named_at_once(project: Project) -> None:
    catalog.sample(project.row.pk, external_id="s-17")
    names = ["s-17", "s-18", "s-19"]
    examples = [{"sample": name, "slot": "A", "severity": "major", "note": {"en": "It floats."}} for name in names]

    refused = project.lead.post(
        "/projects/p/guidelines", {"texts": {"physical_shadow": {**TEXT, "examples": examples}}}
    )

    assert (refused.status_code, refused.json()["details"]["samples"]) == (400, ["s-18", "s-19"])
    assert "'s-18'" in refused.json()["title"]
    assert "'s-19'" in refused.json()["title"]


def test_a_guideline_of_an_aspect_that_is_not_there_is_refused_with_those_that_are(project: Project) -> None:
    refused = project.lead.post("/projects/p/guidelines", {"texts": {"weather": TEXT}}).json()

    assert refused["code"] == "unknown_aspect"
    assert f"no aspect weather, only {', '.join(ALL)}" in refused["title"]


def test_a_rule_that_an_aspect_could_never_meet_is_refused(project: Project) -> None:
    project.lead.patch("/projects/p/aspects/physical_shadow", {**WORDS, "severities": ["none", "minor"]})

    reply = project.lead.put("/projects/p/rule", {"threshold": "major"})

    assert (reply.status_code, reply.json()["code"]) == (400, "threshold_unreachable")
    rules = project.lead.get("/projects/p/settings/history").json()["rules"]
    assert [each["version"] for each in rules] == [1]


def test_examples_are_samples_of_the_project(project: Project) -> None:
    catalog.sample(project.row.pk, external_id="s-17", slots="AB")
    example = {"sample": "s-17", "slot": "B", "severity": "major", "note": {"en": "It floats."}}

    def publish(**change: str) -> Any:
        texts = {"physical_shadow": {**TEXT, "examples": [{**example, **change}]}}
        return project.lead.post("/projects/p/guidelines", {"texts": texts})

    for change, why in (
        ({"sample": "s-18"}, "there is no sample 's-18' in this project"),
        ({"slot": "C"}, "s-17 has no candidate 'C', only A, B"),
        ({"slot": "O"}, "s-17 has no candidate 'O', only A, B"),
        ({"severity": "dreadful"}, "physical_shadow has no verdict 'dreadful', only none, minor, major, unsure"),
    ):
        refused = publish(**change).json()
        assert refused["code"] == "example_unknown"
        assert refused["title"] == (
            f"Nothing was published: {why}. Remove such an example, or add it again as it is right."
        )
    assert [each["version"] for each in project.lead.get("/projects/p/guidelines").json()["results"]] == [1]
    assert publish().json()["texts"]["physical_shadow"]["examples"] == [
        {"sample": "s-17", "slot": "B", "severity": "major", "note": {"en": "It floats.", "zh": ""}}
    ]
