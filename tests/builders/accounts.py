"""The smallest valid person, project and membership."""

from __future__ import annotations

import itertools

from accounts.choices import Role
from accounts.models import Project, User
from accounts.services import people, projects

_count = itertools.count(1)
PASSWORD = "correct horse battery"


def user(*, username: str = "", password: str = PASSWORD, is_administrator: bool = False) -> User:
    """A person who can sign in."""
    return people.create(
        username=username or f"person-{next(_count)}", password=password, is_administrator=is_administrator
    )


def project(*, slug: str = "", name: str = "") -> Project:
    """A project without members, as its founders leave it."""
    return projects.create(slug=slug or f"project-{next(_count)}", name=name)


def member(of: Project, role: Role) -> User:
    """A new person with this role in the project."""
    person = user()
    projects.add_member(project_id=of.pk, user_id=person.pk, role=role)
    return person
