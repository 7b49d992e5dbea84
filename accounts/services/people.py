"""Making people, their passwords, their sessions and tokens."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.authentication import hash_secret
from accounts.errors import LastAdministrator, LinkSpent, PasswordTooWeak, UsernameTaken
from accounts.models import ResetLink, Session, Token, User
from accounts.services import audit_log
from config.base.errors import InvalidInput, NotFound

RESET_LINK_LASTS = timedelta(hours=24)


def check_password_strength(password: str, user: User) -> None:
    """Raises PasswordTooWeak with every reason."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise PasswordTooWeak("{reasons}", reasons=" ".join(error.messages)) from None


@transaction.atomic
def create(
    *, username: str, password: str, name: str = "", is_administrator: bool = False, actor_id: int | None = None
) -> User:
    """A new person. Raises UsernameTaken, PasswordTooWeak or InvalidInput."""
    user = User(username=username, name=name, is_administrator=is_administrator)
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as error:
        raise InvalidInput("{reasons}", reasons=" ".join(error.messages)) from None
    check_password_strength(password, user)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise UsernameTaken(username=username) from None
    audit_log.record(actor_id=actor_id, action="person.created", subject=username)
    return user


@transaction.atomic
def ensure(*, username: str, password: str, name: str, is_administrator: bool) -> User:
    """The person with this user name and password, made where missing. For set-up, which may run again."""
    user = User.objects.select_for_update().filter(username=username).first()
    if user is None:
        return create(username=username, password=password, name=name, is_administrator=is_administrator)
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    return user


@transaction.atomic
def set_active(*, user_id: int, active: bool, actor_id: int) -> None:
    """Deactivating ends every session at once; the person's work stays."""
    user = _locked(user_id)
    if not active and user.is_administrator:
        _refuse_last_administrator(user)
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        end_sessions(user_id=user_id)
    audit_log.record(
        actor_id=actor_id, action="person.activated" if active else "person.deactivated", subject=user.username
    )


@transaction.atomic
def set_administrator(*, user_id: int, administrator: bool, actor_id: int) -> None:
    """Raises LastAdministrator."""
    user = _locked(user_id)
    if not administrator:
        _refuse_last_administrator(user)
    user.is_administrator = administrator
    user.save(update_fields=["is_administrator"])
    action = "person.made_administrator" if administrator else "person.administrator_withdrawn"
    audit_log.record(actor_id=actor_id, action=action, subject=user.username)


@transaction.atomic
def change_password(*, user: User, old: str, new: str, keep_session: str | None) -> None:
    """Ends all other sessions of the person. Raises InvalidInput when the old password is wrong."""
    if not user.check_password(old):
        raise InvalidInput("The present password is not right.")
    check_password_strength(new, user)
    user.set_password(new)
    user.save(update_fields=["password"])
    Session.objects.filter(user=user).exclude(session_key=keep_session or "").delete()
    audit_log.record(actor_id=user.pk, action="person.password_changed", subject=user.username)


@transaction.atomic
def make_reset_link(*, user_id: int, actor_id: int, now: datetime) -> str:
    """The secret part of a link that an administrator copies; it lasts a day and works once."""
    user = _locked(user_id)
    secret = secrets.token_urlsafe(32)
    ResetLink.objects.create(
        user=user, made_by_id=actor_id, token_hash=hash_secret(secret), expires_at=now + RESET_LINK_LASTS
    )
    audit_log.record(actor_id=actor_id, action="person.reset_link_made", subject=user.username)
    return secret


@transaction.atomic
def reset_password(*, secret: str, password: str, now: datetime) -> User:
    """Raises LinkSpent or PasswordTooWeak. Ends every session of the person."""
    link = ResetLink.objects.open(at=now).select_for_update().filter(token_hash=hash_secret(secret)).first()
    if link is None:
        raise LinkSpent
    user = _locked(link.user_id)
    check_password_strength(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    link.used_at = now
    link.save(update_fields=["used_at"])
    end_sessions(user_id=user.pk)
    audit_log.record(actor_id=user.pk, action="person.password_reset", subject=user.username)
    return user


def end_sessions(*, user_id: int) -> None:
    """Sign the person out everywhere, now."""
    Session.objects.filter(user_id=user_id).delete()


def end_session(*, user_id: int, session_key: str) -> None:
    """Sign one browser of the person out. Raises NotFound."""
    if not Session.objects.filter(user_id=user_id, session_key=session_key).delete()[0]:
        raise NotFound


@transaction.atomic
def create_token(*, user: User, name: str) -> tuple[Token, str]:
    """A token for programs, and its secret, which is shown this once."""
    secret = f"lpt_{secrets.token_urlsafe(32)}"
    token = Token.objects.create(user=user, name=name, token_hash=hash_secret(secret))
    audit_log.record(actor_id=user.pk, action="token.created", subject=name)
    return token, secret


@transaction.atomic
def revoke_token(*, user: User, token_id: str, now: datetime) -> None:
    """Raises NotFound for somebody else's token."""
    if not Token.objects.filter(user=user, pk=token_id, revoked_at__isnull=True).update(revoked_at=now):
        raise NotFound
    audit_log.record(actor_id=user.pk, action="token.revoked", subject=str(token_id))


def _locked(user_id: int) -> User:
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotFound
    return user


def _refuse_last_administrator(user: User) -> None:
    others = User.objects.select_for_update().filter(is_administrator=True, is_active=True).exclude(pk=user.pk)
    if not others.exists():
        raise LastAdministrator
