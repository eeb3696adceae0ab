"""Compare the committed OpenAPI document with the endpoints, or write it anew."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.api.snapshot import SNAPSHOT, drift, written


class Command(BaseCommand):
    """`manage.py api_schema [--write] [--file FILE]`: exit 1 when the file is out of step."""

    help = "Compare apps/api/schema.yaml with the endpoints; --write brings it in step."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to write."""
        parser.add_argument("--write", action="store_true", help="write the file anew")
        parser.add_argument("--file", type=Path, default=SNAPSHOT, help="another file")

    def handle(self, *args: Any, file: Path, write: bool, **options: Any) -> None:
        """Say where the two differ."""
        if write:
            file.write_text(written(), encoding="utf-8")
        if found := drift(file):
            self.stderr.write(f"{file.name} is out of step, {found}. Run api_schema --write.")
            sys.exit(1)
        self.stdout.write(f"{file.name} is in step with the endpoints.")
