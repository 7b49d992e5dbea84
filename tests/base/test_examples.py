"""Every example in the OpenAPI file is a body that the server would read."""

from __future__ import annotations

import importlib
import json
from typing import Any

import pytest

from config.base.api.requests import StructRequest
from config.launcher.paths import ROOT

FILES = sorted(ROOT.glob("*/api/examples.json"))
EXAMPLES = [
    (file.parent.parent.name, name, body) for file in FILES for name, body in json.loads(file.read_text()).items()
]


def test_every_app_with_bodies_has_examples() -> None:
    assert {file.parent.parent.name for file in FILES} == {
        file.parent.parent.name for file in ROOT.glob("*/api/requests.py") if file.parent.parent.name != "base"
    }


@pytest.mark.parametrize(("app", "name", "body"), EXAMPLES, ids=[f"{app}.{name}" for app, name, _ in EXAMPLES])
def test_an_example_is_a_body_of_its_kind(app: str, name: str, body: dict[str, Any]) -> None:
    kind = getattr(importlib.import_module(f"{app}.api.requests"), name)

    assert issubclass(kind, StructRequest)
    kind.parse(body)


def test_the_openapi_file_has_them() -> None:
    described = json.loads((ROOT / "docs" / "reference" / "openapi.json").read_text())["components"]["schemas"]

    assert described["PrelabelRequest"]["example"]["prelabels"][0]["sample"] == "s-17"
    assert [name for _, name, _ in EXAMPLES if "example" not in described[name]] == []
