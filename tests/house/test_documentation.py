"""What the reference says is what the code has: every variable, every command, every word, every link."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.core.management import find_commands

from config.env import VARIABLES
from config.launcher.main import HELP

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
ROW = re.compile(r"^\| `(?P<first>[^`]+)`(?P<rest>.*)\|$", re.M)
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|#)(?P<to>[^)#]+)")


def section(page: str, heading: str) -> str:
    """The part of a reference page below a heading."""
    text = (REFERENCE / page).read_text(encoding="utf-8")
    return text.partition(f"{heading}\n")[2].partition("\n## ")[0]


def first_words(text: str) -> set[str]:
    return {found["first"].split()[0] for found in ROW.finditer(text)}


def test_every_variable_is_described_and_no_other() -> None:
    table = section("settings.md", "# Settings")

    assert first_words(table) == {variable.name for variable in VARIABLES}


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_a_variable_is_described_with_its_default_and_whether_it_is_secret(variable: object) -> None:
    name, default, secret = variable.name, variable.default, variable.secret  # type: ignore[attr-defined]  # parametrize's ids need no type
    (row,) = [found for found in ROW.finditer(section("settings.md", "# Settings")) if found["first"] == name]
    described = row["rest"].split("|")[1]

    assert ("*secret*" in described) is secret
    if default is None:
        assert "required" in described
    elif default == "":
        assert "empty" in described
    else:
        given = described.split("`")[1]
        assert default == given or unquote(default.removeprefix("file://")) == str(ROOT / given)


def test_every_word_of_loupe_is_described_and_no_other() -> None:
    words = set(re.findall(r"^  (\w+)", HELP, re.M))

    assert first_words(section("commands.md", "## `./loupe`")) == words


def test_every_management_command_is_described_and_no_other() -> None:
    ours = {
        command
        for app in apps.get_app_configs()
        if Path(app.path).is_relative_to(ROOT) and not Path(app.path).is_relative_to(ROOT / ".venv")
        for command in find_commands(str(Path(app.path) / "management"))
    }

    assert first_words(section("commands.md", "## Management commands")) == ours


@pytest.mark.parametrize(
    "file",
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))],
    ids=lambda file: str(file.relative_to(ROOT)),
)
def test_links_lead_somewhere(file: Path) -> None:
    missing = [
        found["to"]
        for found in LINK.finditer(file.read_text(encoding="utf-8"))
        if not (file.parent / found["to"]).exists()
    ]

    assert missing == []


def test_the_index_names_every_page() -> None:
    index = {found["to"] for found in LINK.finditer((ROOT / "docs" / "index.md").read_text(encoding="utf-8"))}
    pages = {
        str(page.relative_to(ROOT / "docs"))
        for kind in ("guide", "reference")
        for page in (ROOT / "docs" / kind).iterdir()
        if page.suffix in {".md", ".json"}
    }

    assert pages <= index
