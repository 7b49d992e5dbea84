"""OpenAPI from our views: msgspec Structs beside DRF serializers, operation names from the view's own."""

from __future__ import annotations

import json
import re
import sys
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent


def _describe(kind: type) -> dict[str, Any]:
    if kind is object:
        return {"description": "Any JSON value."}
    if issubclass(kind, Enum):  # Django's choices have a metaclass of their own, which msgspec does not recognise here
        values = [member.value for member in kind]
        return {"type": "string" if issubclass(kind, str) else "integer", "enum": values}
    raise TypeError(f"{kind} has no JSON schema; give it one or use another type in the reply")


def _named(kind: Any, found: dict[str, type]) -> dict[str, type]:
    """Every class that a Struct refers to, by name: drf-spectacular tells components apart by their class."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct | Enum) and kind.__name__ not in found:
        found[kind.__name__] = kind
        if issubclass(kind, msgspec.Struct):
            for hint in get_type_hints(kind).values():
                _named(hint, found)
    for argument in get_args(kind):
        _named(argument, found)
    return found


@cache
def _examples(module: str) -> dict[str, Any]:
    """The file `examples.json` beside a module of bodies: an example by the body's name. A test reads each of them."""
    beside = Path(sys.modules[module].__file__ or "").with_name("examples.json")
    if not beside.exists():
        return {}
    found: dict[str, Any] = json.loads(beside.read_text(encoding="utf-8"))
    return found


class LoupeSchema(AutoSchema):
    """`SampleDetailView.get` becomes `sampleDetailGet`; everything else is drf-spectacular's."""

    def get_operation_id(self) -> str:
        name = re.sub(r"View$", "", type(self.view).__name__)
        return name[0].lower() + name[1:] + self.method.capitalize()

    def get_tags(self) -> list[str]:
        return [type(self.view).__module__.split(".")[0]]


class StructExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]  # drf-spectacular types its hooks loosely
    """Describes a msgspec Struct given to `extend_schema` as request or response."""

    target_class = "msgspec.Struct"
    match_subclasses = True

    @classmethod
    def _matches(cls, target: Any) -> bool:
        kind = target if isinstance(target, type) else type(target)
        return issubclass(kind, msgspec.Struct)

    def get_name(self, *_: Any, **__: Any) -> str:
        kind = self.target if isinstance(self.target, type) else type(self.target)
        return str(kind.__name__)

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        kind = self.target if isinstance(self.target, type) else type(self.target)
        # The root is registered by drf-spectacular under get_name; the Structs it refers to are registered here.
        (root,), components = msgspec.json.schema_components(
            [kind], schema_hook=_describe, ref_template="#/components/schemas/{name}"
        )
        classes = _named(kind, {})
        for name, schema in components.items():
            if name == kind.__name__:
                continue
            component = ResolvedComponent(  # type: ignore[no-untyped-call]  # as above
                name=name, type=ResolvedComponent.SCHEMA, schema=schema, object=classes.get(name, name)
            )
            auto_schema.registry.register_on_missing(component)
        described = dict(components.get(kind.__name__, root))
        if example := _examples(kind.__module__).get(kind.__name__):
            described["example"] = example
        return described
