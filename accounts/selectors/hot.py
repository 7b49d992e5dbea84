"""Who asks and what they may, in one statement, for the two requests that annotators pay for all day."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from accounts.choices import Role

STATEMENT = """
select u.id, p.id, p.state, m.role
from accounts_session s
join accounts_user u on u.id = s.user_id and u.is_active
join accounts_project p on p.slug = %s
join accounts_membership m on m.project_id = p.id and m.user_id = u.id
where s.session_key = %s and s.expire_date > now()
"""


@dataclass(frozen=True)
class HotAccess:
    """The least that claim and submit need to know of their caller."""

    user_id: int
    project_id: UUID
    archived: bool
    role: Role


def access(*, session_key: str | None, slug: str) -> HotAccess | None:
    """None: not signed in, no such project, or no member. Ending a session or deactivating a person acts at once."""
    if not session_key:
        return None
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, [slug, session_key])
        row = cursor.fetchone()
    if row is None:
        return None
    return HotAccess(user_id=row[0], project_id=row[1], archived=row[2] == "archived", role=Role(row[3]))


def signed_in(*, session_key: str | None) -> bool:
    """Tells 401 from 404 after `access` found nothing; asked only then."""
    if not session_key:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "select 1 from accounts_session s join accounts_user u on u.id = s.user_id and u.is_active "
            "where s.session_key = %s and s.expire_date > now()",
            [session_key],
        )
        return cursor.fetchone() is not None
