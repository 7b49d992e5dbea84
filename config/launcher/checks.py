"""`check`, `fix` and `types`: what needs no service, the same for a person and for CI.

Belongs here: which static checks there are; the generated files and whether they are current.
Does not: the checks' own rules (pyproject.toml, frontend/biome.json); tests (testing.py).
"""

from __future__ import annotations

import json

from config.launcher import node, paths, say
from config.launcher.report import Outcome, Report, tool
from config.launcher.say import Problem

BIN = paths.VENV / "bin"
SCHEMA = paths.ROOT / "docs" / "reference" / "openapi.json"
GENERATED = paths.FRONTEND / "src" / "api" / "generated"
CHINESE = paths.ROOT / "config" / "base" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def check() -> int:
    """`./loupe check`."""
    report = Report()
    static(report)
    return report.close()


def static(report: Report) -> None:
    """Everything that needs no service and changes nothing."""
    report.add("format (ruff)", lambda: venv("ruff", "format", "--check", "."))
    report.add("lint (ruff)", lambda: venv("ruff", "check", "."))
    report.add("types (mypy)", lambda: venv("mypy", "."))
    report.add("borders (import-linter)", lambda: venv("lint-imports", "--no-cache"))
    report.add("models and migrations agree", lambda: django("makemigrations", "--check", "--dry-run"))
    report.add("OpenAPI file is current", _schema_is_current)
    report.add("Chinese sentences are compiled", _sentences_are_current)
    node.install()
    report.add("frontend lint (Biome)", lambda: npm("lint"))
    report.add("frontend types (tsc)", lambda: npm("typecheck"))
    report.add("TypeScript types are current", _types_are_current)


def venv(name: str, *words: str) -> Outcome:
    """A tool of our environment."""
    return tool(str(BIN / name), *words)


def npm(script: str, *, live: bool = False, env: dict[str, str] | None = None) -> Outcome:
    """A script of frontend/package.json."""
    environment = {**node.environment(), "NO_COLOR": "1", **(env or {})}
    return tool(*node.npm(), "run", "--silent", script, cwd=paths.FRONTEND, env=environment, live=live)


def django(*words: str) -> Outcome:
    """A management command that asks no service."""
    env = {**paths.contained(), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    return tool(str(BIN / "python"), "-W", "ignore", "manage.py", *words, env=env)


def _schema() -> str:
    """The OpenAPI file as it should stand: sorted and with a closing newline, so that a change reads as a change."""
    paths.make_folders()
    fresh = paths.TMP / "openapi.json"
    made = django("spectacular", "--format", "openapi-json", "--file", str(fresh), "--fail-on-warn")
    if made.code:
        raise Problem(f"The OpenAPI file cannot be written:\n{made.output[-2000:]}")
    return json.dumps(json.loads(fresh.read_text()), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def types() -> int:
    """`./loupe types`: the OpenAPI file, the TypeScript types made from it, and the compiled Chinese sentences."""
    with say.step("Chinese sentences"):
        CHINESE.with_suffix(".mo").write_bytes(_sentences())
    with say.step("OpenAPI file"):
        SCHEMA.write_text(_schema())
    node.install()
    with say.step("TypeScript types"):
        made = npm("types")
        if made.code:
            raise Problem(f"The TypeScript types cannot be written:\n{made.output[-2000:]}")
    return 0


def _schema_is_current() -> Outcome:
    try:
        fresh = _schema()
    except Problem as problem:
        return Outcome(1, str(problem))
    if SCHEMA.exists() and SCHEMA.read_text() == fresh:
        return Outcome(0, "")
    return Outcome(1, "docs/reference/openapi.json is out of date: run ./loupe types and commit what it wrote.")


def _sentences() -> bytes:
    """The catalogue as gettext reads it: committed, since an instance has neither msgfmt nor this package."""
    import polib  # of the dev environment, which this process has entered

    return bytes(polib.pofile(str(CHINESE)).to_binary())


def _sentences_are_current() -> Outcome:
    compiled = CHINESE.with_suffix(".mo")
    if compiled.exists() and compiled.read_bytes() == _sentences():
        return Outcome(0, "")
    return Outcome(1, f"{compiled.relative_to(paths.ROOT)} is out of date: run ./loupe types and commit what it wrote.")


def _types_are_current() -> Outcome:
    def written() -> dict[str, bytes]:
        return {str(file): file.read_bytes() for file in GENERATED.rglob("*") if file.is_file()}

    kept = written()
    made = npm("types")
    fresh = written()
    for file, content in kept.items():
        if fresh.get(file) != content:
            with open(file, "wb") as out:
                out.write(content)
    if made.code or kept == fresh:
        return made
    return Outcome(1, "frontend/src/api/generated is out of date: run ./loupe types and commit what it wrote.")


def fix() -> int:
    """`./loupe fix`: formatters and what linters mend by themselves."""
    node.install()
    done = [venv("ruff", "check", "--fix", "."), venv("ruff", "format", "."), npm("fix")]
    for outcome in done:
        print(outcome.output, end="")
    return max(outcome.code for outcome in done)
