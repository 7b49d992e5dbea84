"""What this app refuses."""

from config.base.errors import Conflict, Forbidden, InvalidInput, LimitReached, NotFound


class WrongCredentials(InvalidInput):
    code = "wrong_credentials"
    sentence = (
        "This user name and password do not belong together. Ask an administrator for a reset link if you forgot yours."
    )


class TooManyAttempts(LimitReached):
    code = "too_many_attempts"
    sentence = "Too many attempts to sign in. Wait five minutes, then try again."


class PasswordTooWeak(InvalidInput):
    code = "password_too_weak"
    sentence = "This password is too easy to guess."


class UsernameTaken(Conflict):
    code = "username_taken"
    sentence = "This user name is taken; choose another."


class SlugTaken(Conflict):
    code = "slug_taken"
    sentence = "A project with this short name exists; choose another."


class LinkSpent(NotFound):
    code = "link_spent"
    sentence = "This link was used, has run out or never existed. Ask the person who sent it for a new one."


class ProjectArchived(Forbidden):
    code = "project_archived"
    sentence = "This project is archived; a lead or an administrator can restore it."


class LastLead(Conflict):
    code = "last_lead"
    sentence = "A project needs a lead; make somebody else lead first."


class LastAdministrator(Conflict):
    code = "last_administrator"
    sentence = "This is the last administrator; make somebody else one first."


class KeyTaken(Conflict):
    code = "key_taken"
    sentence = "One key, one meaning on a page. Nothing has changed."


class KeyReserved(InvalidInput):
    code = "key_reserved"
    sentence = "This key cannot be moved, nor anything moved to it."


class TeamNameTaken(Conflict):
    code = "team_name_taken"
    sentence = "This project has a team of that name already; choose another."
