"""Compare the committed OpenAPI document with the endpoints, or write it anew."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.api.snapshot import SNAPSHOT, drift, written


class Command(BaseCommand):
    """`manage.py api_schema [--write]`: exit 1 when the file is out of step."""

    help = "Compare apps/api/schema.yaml with the endpoints; --write brings it in step."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to write."""
        parser.add_argument("--write", action="store_true", help="write the file anew")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say where the two differ."""
        if options["write"]:
            SNAPSHOT.write_text(written(), encoding="utf-8")
        if found := drift():
            self.stderr.write(f"{SNAPSHOT.name} is out of step, {found}. Run api_schema --write.")
            sys.exit(1)
        self.stdout.write(f"{SNAPSHOT.name} is in step with the endpoints.")
