"""Keys of endpoints, encrypted at rest.

Belongs here: sealing and opening one secret with ENCRYPTION_KEY.
Does not: who may set it (services.endpoints). Nothing here is ever shown or logged.
"""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from cot_generation.errors import SecretUnreadable


def seal(secret: str) -> bytes:
    return Fernet(settings.ENCRYPTION_KEY).encrypt(secret.encode())


def open_(sealed: bytes) -> str:
    """Raises SecretUnreadable when it was sealed with another key."""
    try:
        return Fernet(settings.ENCRYPTION_KEY).decrypt(bytes(sealed)).decode()
    except InvalidToken:
        raise SecretUnreadable from None
