"""Django's database sessions on our own table, which knows whose session it is."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from accounts.models import Session


class SessionStore(DatabaseStore):
    """Writes the user's id beside the signed data."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]  # built from get_model_class
        user_id = data.get(SESSION_KEY)
        row.user_id = int(user_id) if user_id else None
        row.user_agent = str(data.get("user_agent", ""))[:200]
        return row
