"""Teams: members of a project under one name.

Belongs here: making, changing and dissolving them. Who leaves the project leaves its teams by the database's cascade.
Does not: what a team may do (nothing: a batch keeps the people it was made for).
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.errors import TeamNameTaken
from accounts.models import Membership, Team
from accounts.services import audit_log
from config.base.errors import InvalidInput, NotFound


@transaction.atomic
def create(*, project_id: UUID, name: str, user_ids: Iterable[int], actor_id: int) -> Team:
    """Raises InvalidInput (no name, or somebody who is no member), TeamNameTaken."""
    team = Team(project_id=project_id)
    _write(team, name=name, user_ids=user_ids)
    audit_log.record(actor_id=actor_id, project_id=project_id, action="team.created", subject=team.name)
    return team


@transaction.atomic
def change(*, project_id: UUID, team_id: UUID, name: str, user_ids: Iterable[int], actor_id: int) -> Team:
    """Batches made before keep their people. Raises NotFound and what `create` raises."""
    team = Team.objects.select_for_update().filter(project_id=project_id, pk=team_id).first()
    if team is None:
        raise NotFound
    _write(team, name=name, user_ids=user_ids)
    audit_log.record(actor_id=actor_id, project_id=project_id, action="team.changed", subject=team.name)
    return team


@transaction.atomic
def dissolve(*, project_id: UUID, team_id: UUID, actor_id: int) -> None:
    """Its people stay members. Raises NotFound."""
    team = Team.objects.filter(project_id=project_id, pk=team_id).first()
    if team is None:
        raise NotFound
    team.delete()
    audit_log.record(actor_id=actor_id, project_id=project_id, action="team.dissolved", subject=team.name)


def _write(team: Team, *, name: str, user_ids: Iterable[int]) -> None:
    team.name = name.strip()[:80]
    if not team.name:
        raise InvalidInput("A team needs a name.")
    wanted = set(user_ids)
    memberships = list(Membership.objects.filter(project_id=team.project_id, user_id__in=wanted))
    if strangers := wanted - {each.user_id for each in memberships}:
        raise InvalidInput("Only members of the project can be in a team.", people=sorted(strangers))
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError:
        raise TeamNameTaken(name=team.name) from None
    team.members.set(memberships)
