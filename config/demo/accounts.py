"""The demo's project and people.

Belongs here: making them, again and again with the same result.
Does not: what fills the project (config.demo.fill).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from accounts.choices import Role
from accounts.selectors import projects as project_selectors
from accounts.services import people, projects
from config.base.errors import NotFound
from cot_generation.services import endpoints

SLUG = "demo"
NAME = "Product scenes"


@dataclass(frozen=True)
class Account:
    """One demo sign-in; `role` None is the instance administrator, who is no member."""

    key: str
    name: str
    role: Role | None


ACCOUNTS: tuple[Account, ...] = (
    Account("annotator", "Anna Otto", Role.ANNOTATOR),
    Account("annotator_2", "Ben Okafor", Role.ANNOTATOR),
    Account("newcomer", "Noa Lindqvist", Role.ANNOTATOR),
    Account("reviewer", "Rui Chen", Role.REVIEWER),
    Account("lead", "Mara Lind", Role.LEAD),
    Account("administrator", "Ada Stein", None),
)


@transaction.atomic
def make(passwords: Mapping[str, str]) -> None:
    """The project `demo` and its people, with these passwords by account key (which is the user name too)."""
    try:
        project_id = project_selectors.by_slug(SLUG).project_id
    except NotFound:
        project_id = projects.create(slug=SLUG, name=NAME).pk
    for account in ACCOUNTS:
        user = people.ensure(
            username=account.key,
            name=account.name,
            password=passwords[account.key],
            is_administrator=account.role is None,
        )
        if account.role is not None:
            projects.add_member(project_id=project_id, user_id=user.pk, role=account.role)
    endpoints.follow_sandbox()
