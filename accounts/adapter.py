"""allauth checks passwords and slows guessing down; nobody signs up without an invitation."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Closed sign-up: accounts come by invitation or from an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
