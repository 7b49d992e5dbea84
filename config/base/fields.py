"""Columns that all apps use: JSON owned by a msgspec Struct, and keys that PostgreSQL draws.

Belongs here: field types without a domain word.
Does not: the Structs themselves, which live beside the model that owns them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
from django.db import models
from django.db.models.expressions import Func

if TYPE_CHECKING:
    JSONColumn = models.JSONField[Any, Any]
else:
    JSONColumn = models.JSONField  # generic to the type checker only


class UUIDv7(Func):
    """PostgreSQL 18's `uuidv7()`: unique, and sorted by the time it was drawn."""

    function = "uuidv7"
    output_field = models.UUIDField()


def uuid7_key() -> models.UUIDField[Any, Any]:
    """Primary key for what people name or link to; drawn by the database."""
    return models.UUIDField(primary_key=True, db_default=UUIDv7(), editable=False)


class StructField(JSONColumn):
    """A JSONB column whose shape a msgspec type owns both ways.

    Reads give an instance of `shape`; writes accept one (or what converts to one). A row that no longer fits
    raises `msgspec.ValidationError` rather than handing out something half right.
    """

    def __init__(self, shape: Any = Any, **options: Any) -> None:  # the default serves migrations, which clone fields
        self.shape = shape
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        # Migrations keep plain JSON: they must not import our Structs, which change.
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def clone(self) -> StructField:
        # Django clones by what deconstruct() says, which names no shape; the migration's state needs none either.
        _, _, args, kwargs = super().deconstruct()
        return type(self)(self.shape, *args, **kwargs)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        if value is None:
            return None
        return msgspec.json.decode(value, type=self.shape)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        # Here and not in get_prep_value: lookups below a key (`checks__schema__passed=True`) pass through that too.
        if value is not None and not hasattr(value, "resolve_expression"):
            value = msgspec.to_builtins(msgspec.convert(value, self.shape, from_attributes=True))
        return super().get_db_prep_save(value, connection)

    def value_to_string(self, obj: models.Model) -> str:
        return json.dumps(msgspec.to_builtins(self.value_from_object(obj)))
