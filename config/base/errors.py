"""What we may refuse, by what the caller should do about it.

Belongs here: the kinds. Each app subclasses one of them per case in its own `errors.py`.
Does not: HTTP status codes (config.base.api.problems) and task behaviour (config.base.work).
"""

from __future__ import annotations

from typing import ClassVar, Self

from config.base import words


class DomainError(Exception):
    """A refusal: a stable `code`, one sentence for a person with the remedy, and structured details.

    The sentence is a template that the details fill (config.base.words); `message` is it in English, for logs.
    Survives pickling with its details, since workers pass errors between processes.
    """

    code: ClassVar[str] = "refused"
    sentence: ClassVar[str] = "This was refused."

    def __init__(self, sentence: str | None = None, /, **details: object) -> None:
        self.template = sentence if sentence is not None else self.sentence
        self.details = details
        self.message = words.filled(self.template, details)
        super().__init__(self.message)

    def told(self) -> str:
        """The sentence in the active language."""
        return words.told(self.template, self.details)

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.template, self.details))

    @classmethod
    def from_parts(cls, template: str, details: dict[str, object]) -> Self:
        """The same refusal again, on the other side of a process border."""
        return cls(template, **details)


def _rebuild(kind: type[DomainError], template: str, details: dict[str, object]) -> DomainError:
    return kind.from_parts(template, details)


class NotFound(DomainError):
    """Stop. What one may not see is not found either."""

    code = "not_found"
    sentence = "There is no such thing here, or it is not yours to see."


class Forbidden(DomainError):
    """Stop, or ask someone with the right."""

    code = "forbidden"
    sentence = "Your role does not allow this; ask a lead of the project."


class InvalidInput(DomainError):
    """Change the request."""

    code = "invalid_input"
    sentence = "The request does not make sense as it stands."


class Conflict(DomainError):
    """Reload and decide again."""

    code = "conflict"
    sentence = "This has changed meanwhile; reload and decide again."


class KeyReused(Conflict):
    """An idempotency key came again with another body."""

    code = "idempotency_key_reused"
    sentence = "This key was used for a different request; send the new one under a new key."


class LimitReached(DomainError):
    """Wait, or raise the budget."""

    code = "limit_reached"
    sentence = "A limit was reached; wait or raise it."


class UpstreamUnavailable(DomainError):
    """Try later; `retry_after` (seconds) is among the details when it is known."""

    code = "upstream_unavailable"
    sentence = "A service that this needs does not answer now; try again later."


class UpstreamRefused(DomainError):
    """Do not repeat it unchanged."""

    code = "upstream_refused"
    sentence = "The other side refused this request."
