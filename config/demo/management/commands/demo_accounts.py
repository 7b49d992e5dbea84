"""Makes the demo's project and sign-ins; `./loupe demo` runs it before it prints them."""

from __future__ import annotations

import json
import sys

from django.core.management.base import BaseCommand, CommandError

from config.demo import accounts


class Command(BaseCommand):
    """Standard input: one JSON object, account name to password."""

    help = "Make the demo's project and sign-ins; reads {account: password} as JSON from standard input."

    def handle(self, *args: object, **options: object) -> None:
        passwords = json.load(sys.stdin)
        missing = [account.key for account in accounts.ACCOUNTS if account.key not in passwords]
        if missing:
            raise CommandError(f"Passwords are missing for: {', '.join(missing)}.")
        accounts.make(passwords)
        self.stdout.write(f"The project {accounts.SLUG} has {len(accounts.ACCOUNTS)} sign-ins.")
