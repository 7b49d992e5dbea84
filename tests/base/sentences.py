"""Every sentence that the platform's code may say to a person, read from its source.

Belongs here: finding the templates of refusals and of texts that are kept and told again later.
Does not: judging them (test_words.py).
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from config.base import words
from cot_generation.choices import Outcome, PauseReason, RunState, Stage, Way

ROOT = Path(__file__).resolve().parents[2]
APPS = ("config", "accounts", "catalog", "annotation", "cot_generation", "curation", "training_bridge")
# Callables whose argument at this place is a sentence, beside the refusals: what fills it are its keywords.
MARKED = {"noted": 0, "told": 0, "Refused": 0, "gettext": 0, "_": 0}
# The same where the sentence is whole, or was marked inside the call.
WHOLE = {"Finding": 1, "Gate": 1, "TestLine": 0, "Part": 1}
# Stored codes that sentences name, by the labels they are named with.
LABELS = [
    *(str(label) for choices in (Outcome, PauseReason) for label in choices.labels),
    *(str(label).lower() for choices in (RunState, Way, Stage) for label in choices.labels),
]


@dataclass(frozen=True)
class Said:
    """A template, the line that says it, and what that line gives to fill it; None: not to be seen there."""

    template: str | None
    where: str
    given: frozenset[str] | None = None


def places(template: str) -> set[str]:
    """The names of what fills it."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def all_said() -> list[Said]:
    """Everything, in the order of the files. A `template` of None stands where the source says no literal."""
    files = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(_files())}
    refusals = _refusals(files.values())
    found = [Said(each, "msgspec") for each in words.OF_MSGSPEC] + [Said(each, "a label") for each in LABELS]
    for path, tree in files.items():
        found += _in_file(tree, refusals, str(path.relative_to(ROOT)))
    return found


def _files() -> Iterator[Path]:
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            if not {"migrations", "trainer", "launcher"} & set(path.parts):
                yield path


def _refusals(trees: Iterable[ast.Module]) -> frozenset[str]:
    """Names of DomainError and of all that inherit from it."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    names, before = {"DomainError"}, 0
    while len(names) > before:
        before = len(names)
        names |= {each.name for each in classes if {_name(base) for base in each.bases} & names}
    return frozenset(names)


def _in_file(tree: ast.Module, refusals: frozenset[str], file: str) -> Iterator[Said]:
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name in refusals:
            yield from _class_sentence(node, file)
        if not isinstance(node, ast.Call):
            continue
        called, where = _name(node.func), f"{file}:{node.lineno}"
        if called in refusals and node.args:
            yield Said(_literal(node.args[0], constants), where, _given(node))
        elif called in MARKED and node.args and (called != "Refused" or file.endswith("decoder.py")):
            yield Said(_literal(node.args[MARKED[called]], constants), where, _given(node))
        elif called in WHOLE and len(node.args) > WHOLE[called]:
            whole = _literal(node.args[WHOLE[called]], constants)
            if whole is not None:
                yield Said(whole, where, frozenset())


def _class_sentence(node: ast.ClassDef, file: str) -> Iterator[Said]:
    for each in node.body:
        if isinstance(each, ast.Assign | ast.AnnAssign) and isinstance(each.value, ast.Constant):
            target = each.targets[0] if isinstance(each, ast.Assign) else each.target
            if _name(target) == "sentence":
                yield Said(str(each.value.value), f"{file}:{each.lineno}", frozenset())


def _name(node: ast.expr) -> str:
    return str(getattr(node, "id", None) or getattr(node, "attr", ""))


def _literal(node: ast.expr, constants: Mapping[str, object]) -> str | None:
    value = constants.get(node.id) if isinstance(node, ast.Name) else getattr(node, "value", None)
    return value if isinstance(value, str) else None


def _given(node: ast.Call) -> frozenset[str] | None:
    if _name(node.func) == "told":
        return None  # what fills it is a mapping
    names = [each.arg for each in node.keywords]
    return None if None in names else frozenset(name for name in names if name is not None)
