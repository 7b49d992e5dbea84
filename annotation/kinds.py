"""The kinds of human work a batch can be of.

Belongs here: the registry. Each app registers its own kinds from `AppConfig.ready()`; annotation knows its three only.
Does not: what a kind's result is (its owner writes that and calls `annotation.services.assignments.complete`).
"""

from __future__ import annotations

from dataclasses import dataclass

from accounts.choices import Role
from annotation.errors import UnknownKind


@dataclass(frozen=True)
class Kind:
    """One kind. `independent`: who gave an opinion on the sample is not handed the piece (referees, not players)."""

    code: str
    label: str
    minimum_role: Role
    independent: bool = False


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Raises ValueError when another kind has this code; registering the same one again is harmless."""
    present = _KINDS.setdefault(kind.code, kind)
    if present != kind:
        raise ValueError(f"two kinds are called {kind.code!r}")


def by_code(code: str) -> Kind:
    """Raises UnknownKind."""
    try:
        return _KINDS[code]
    except KeyError:
        raise UnknownKind("There is no kind of work called {code!r}.", code=code, known=sorted(_KINDS)) from None


def open_to(role: Role) -> list[Kind]:
    """What somebody with this role may work on."""
    return [kind for kind in _KINDS.values() if role.covers(kind.minimum_role)]


def independent() -> list[str]:
    """Codes of the kinds whose people must not have given an opinion on the sample."""
    return [kind.code for kind in _KINDS.values() if kind.independent]
