"""The first administrator of an instance; later ones are made on the administration page."""

from __future__ import annotations

import getpass
import sys

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.services import people
from config.base.errors import DomainError


class Command(BaseCommand):
    """Asks for the password, or reads it from standard input when that is no terminal."""

    help = "Make an instance administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="")

    def handle(self, *args: object, username: str, name: str, **options: object) -> None:
        password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            people.create(username=username, name=name, password=password, is_administrator=True)
        except DomainError as error:
            raise CommandError(error.message) from None
        self.stdout.write(f"Administrator {username} can sign in now.")
