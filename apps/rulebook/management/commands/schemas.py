"""Writes the JSON Schemas of the formats, made from what the readers go by."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from apps.rulebook.domain.schemas import SCHEMAS
from apps.rulebook.domain.shipped import FIXTURES


class Command(BaseCommand):
    """Run it when a format has grown; a test tells when that was forgotten."""

    help = "Write the JSON Schemas of facts, golden cases, rules and outputs."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--path."""
        parser.add_argument("--path", type=Path, default=FIXTURES / "schemas", help="folder")

    def handle(self, *, path: Path, **_options: object) -> None:
        """One file for each format."""
        for name, build in SCHEMAS.items():
            text = json.dumps(build(), indent=1, sort_keys=True) + "\n"
            (path / f"{name}.json").write_text(text, encoding="utf-8")
            self.stdout.write(f"{name}.json")
