"""Refusals survive the way between processes, and each kind has one HTTP status."""

from __future__ import annotations

import importlib
import importlib.util
import pickle
from collections.abc import Iterator

import pytest

from config.base import errors
from config.base.api.problems import STATUS, status_of

APPS = ("accounts", "catalog", "annotation", "cot_generation", "curation", "training_bridge")


def every_refusal() -> Iterator[type[errors.DomainError]]:
    for app in APPS:
        if importlib.util.find_spec(f"{app}.errors"):
            importlib.import_module(f"{app}.errors")

    def below(kind: type[errors.DomainError]) -> Iterator[type[errors.DomainError]]:
        for sub in kind.__subclasses__():
            yield sub
            yield from below(sub)

    yield from below(errors.DomainError)


def test_every_refusal_survives_pickling_with_its_details() -> None:
    for kind in every_refusal():
        again = pickle.loads(pickle.dumps(kind("Because.", piece=7)))  # noqa: S301  (our own bytes)

        assert (type(again), again.message, again.details, again.code) == (kind, "Because.", {"piece": 7}, kind.code)


def test_every_refusal_has_a_status_and_a_code_of_its_own() -> None:
    seen: dict[str, type[errors.DomainError]] = {}
    for kind in every_refusal():
        assert status_of(kind()) in STATUS.values()
        assert "code" in vars(kind), f"{kind.__name__} needs a code of its own"
        assert kind.code not in seen, f"{kind.__name__} and {seen[kind.code].__name__} share the code {kind.code}"
        seen[kind.code] = kind


def test_a_refusal_of_no_kind_is_a_bug() -> None:
    with pytest.raises(TypeError):
        status_of(errors.DomainError())
