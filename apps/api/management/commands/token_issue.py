"""Issue an API token for a person from the terminal; the secret is printed once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from apps.api.domain.tokens import issue_from_terminal
from apps.engine.refusal import Refusal


class Command(BaseCommand):
    """`manage.py token_issue EMAIL NAME [--days N]`."""

    help = "Issue an API token for a person; its secret is printed once and cannot be read again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, what for, how long."""
        parser.add_argument("email", help="e-mail address of the person")
        parser.add_argument("name", help="what the token is for")
        parser.add_argument("--days", type=int, default=90, help="how long it lives (1 to 366)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the secret on standard output and nothing else there."""
        at = timezone.now()
        try:
            issued = issue_from_terminal(
                options["email"],
                name=options["name"],
                at=at,
                until=at + timedelta(days=options["days"]),
            )
        except Refusal as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        self.stdout.write(issued.secret)
        self.stderr.write(
            f"It ends on {issued.token.until:%Y-%m-%d}; DELETE /api/v1/tokens/ID ends it sooner."
        )
